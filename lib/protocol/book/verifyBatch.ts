import { isAddressEqual, recoverAddress } from 'viem/utils'
import type { Hex } from 'viem'
import { bandAround, bandWidth } from '../clearing/band'
import type { Check } from '../proof/chainChecks'
import { SubrosaError } from '../errors'
import type { BatchEvidence } from './batchEvidence'
import { lastAfter } from './batchOutcome'
import { fillMoney, marginAt, moneyBefore, moneyByTrader, unitsOf } from './marginAt'
import { marketIdOf } from './market'
import { replayBatches, type ReplayedBatch, type ReplayedOrder } from './replayBatches'
import { fillsHash, hashBatchSettlement } from './settlement'

/** What version 1 proves to nobody: it has no bundle for markets. PROTOCOL.md section 11. */
export const UNPROVEN = [
  /** That of the prices inside the band this one was right. */
  'which-price',
  /** That nobody paid more, or got less, than his limit. */
  'limits',
  /** That the lots were shared by the rule, minimum fills and fill-or-kill kept, and no order overfilled. */
  'allocation',
  /** Why each order was filled or not, and the list that carriedHash names. */
  'dispositions',
] as const

export interface BatchVerdict {
  /** Every check holds. What is `unproven` stays so. */
  ok: boolean
  checks: Check[]
  unproven: readonly (typeof UNPROVEN)[number][]
}

type Finding = string | null

/**
 * Whether a batch's settlement is what the chain allows, for an auditor without any opening. What each check means is in
 * its detail. Never throws for bad data. PROTOCOL.md section 11.
 */
export async function verifyBatch(evidence: BatchEvidence): Promise<BatchVerdict> {
  const checks: Check[] = []
  const add = (name: string, look: () => Finding, right: string) => {
    const wrong = finding(look)
    checks.push({ name, ok: wrong === null, detail: wrong ?? right })
  }
  const { settlement, fills, signer } = evidence
  const batches = replay(evidence)
  const orders = new Map(
    typeof batches === 'string' ? [] : batches.flatMap((one) => one.orders).map((o) => [o.leaf, o]),
  )
  add('market', () => wrongMarket(evidence), 'the market is the one that its creator opened')
  add('leaves', () => wrongLeaves(evidence, batches), `${settlement.count} leaves fold to the signed accumulator`)
  add('storage', () => wrongStorage(evidence), 'storage holds this accumulator and this outcome')
  const isRound = settlement.round === evidence.strikes + 1
  add('round', () => (isRound ? null : `round ${settlement.round} after ${evidence.strikes} strikes`), 'the round due')
  checks.push(await signatureCheck(evidence))
  const stranger = `${signer} was not admitted for the batch’s key`
  add('signer', () => (evidence.signerAdmitted ? null : stranger), `${signer} was admitted for the batch’s key`)
  const isHash = () => (fillsHash(fills) === settlement.fillsHash ? null : 'the fills do not hash to fillsHash')
  add('fills-hash', isHash, `${fills.length} fills hash to fillsHash`)
  add('once', () => wrongOrder(evidence), 'fills in ascending order of leaves: none twice')
  add(
    'orders',
    () => wrongFills(evidence, orders),
    'every fill is of an order that was live in the batch, and its trader’s',
  )
  add('balance', () => wrongBalance(evidence), 'as many lots bought as sold')
  add('price', () => wrongPrice(evidence), 'one price, inside the band around the last one')
  add('margin', () => wrongMargin(evidence), 'every trader’s margin in the batch covers what his fills take')
  add(
    'conservation',
    () => wrongSums(evidence),
    'nothing is made or lost: what buyers pay is what sellers get, and fees',
  )
  return { ok: checks.every(({ ok }) => ok), checks, unproven: UNPROVEN }
}

/** Data that cannot even be read is wrong. */
function finding(look: () => Finding): Finding {
  try {
    return look()
  } catch {
    return 'the data cannot be read'
  }
}

function replay({ domain, settlement, leaves }: BatchEvidence): ReplayedBatch[] | string {
  try {
    return replayBatches(domain, settlement.marketId, leaves)
  } catch (error) {
    return error instanceof SubrosaError && error.details !== undefined ? error.details : 'the leaves cannot be read'
  }
}

function wrongMarket({ domain, creator, creatorNonce, settlement }: BatchEvidence): Finding {
  return marketIdOf(domain, creator, creatorNonce) === settlement.marketId ? null : 'another market’s terms'
}

function wrongLeaves({ settlement }: BatchEvidence, batches: ReplayedBatch[] | string): Finding {
  if (typeof batches === 'string') return batches
  const batch = batches.find(({ batchId }) => batchId === settlement.batchId)
  if (!batch) return `nobody used batch ${settlement.batchId}`
  if (batch.acc === settlement.acc && batch.count === settlement.count) return null
  return `${batch.count} leaves fold to ${batch.acc}, the settlement has ${settlement.count} and ${settlement.acc}`
}

function wrongStorage({ settlement, stored }: BatchEvidence): Finding {
  const fields = ['acc', 'count', 'fillsHash', 'price'] as const
  const other = fields.filter((field) => settlement[field] !== stored[field])
  return other.length === 0 ? null : `storage holds another ${other.join(', ')}`
}

async function signatureCheck({ domain, settlement, signature, signer }: BatchEvidence): Promise<Check> {
  const name = 'signature'
  if (signature === null) {
    return { name, ok: true, detail: `not in the transaction's own data: the contract says that ${signer} signed` }
  }
  try {
    const recovered = await recoverAddress({ hash: hashBatchSettlement(domain, settlement), signature })
    const ok = isAddressEqual(recovered, signer)
    return { name, ok, detail: ok ? `signed by ${signer}` : `signed by ${recovered}, not by ${signer}` }
  } catch {
    return { name, ok: false, detail: 'no signature' }
  }
}

function wrongOrder({ fills }: BatchEvidence): Finding {
  const wrong = fills.find(({ leaf }, place) => BigInt(leaf) <= BigInt(fills[place - 1]?.leaf ?? -1))
  return wrong ? `the fill of ${wrong.leaf} is out of order, or there twice` : null
}

function wrongFills({ settlement, fills }: BatchEvidence, orders: ReadonlyMap<Hex, ReplayedOrder>): Finding {
  const { batchId } = settlement
  for (const { leaf, trader, lots } of fills) {
    const order = orders.get(leaf)
    if (!order || order.batchId > batchId) return `${leaf} is no order of this batch or an earlier one`
    if (order.cancelledIn !== null && order.cancelledIn <= batchId) return `${leaf} was cancelled`
    if (!isAddressEqual(order.trader, trader)) return `${leaf} is another trader’s`
    if (lots < 1) return `${leaf} is filled with nothing`
  }
  return null
}

function wrongBalance({ fills }: BatchEvidence): Finding {
  const lots = (sell: boolean) => fills.reduce((sum, fill) => (fill.sell === sell ? sum + BigInt(fill.lots) : sum), 0n)
  const [bought, sold] = [lots(false), lots(true)]
  return bought === sold ? null : `${bought} lots bought, ${sold} sold`
}

/** The last price follows from the earlier settlements, and storage must say the same. Section 11, step 4. */
function wrongPrice({ settlement, fills, earlier, params, stored }: BatchEvidence): Finding {
  let last: number | null = null
  for (const one of earlier) last = lastAfter(last, one)
  const found = stored.hadTraded ? stored.priceBefore : null
  if (last !== found) return `the last price was ${last ?? 'none'}, storage has ${found ?? 'none'}`
  const { price } = settlement
  if (fills.length > 0 && price === 0) return 'fills at a price of 0'
  if (last === null) return fills.length === 0 && price !== 0 ? 'a price before any trade' : null
  const { low, high } = bandAround(last, bandWidth(last, params.bandBps))
  return price < low || price > high ? `${price} is outside ${low} to ${high}` : null
}

/** What the fills take from each trader, what they bring left out of account. Section 11, step 3. */
function wrongMargin({ settlement, fills, params, money, earlier, at }: BatchEvidence): Finding {
  const units = unitsOf(params)
  const byTrader = moneyByTrader(units, money, earlier)
  const taken = new Map<string, { base: bigint; quote: bigint }>()
  for (const fill of fills) {
    const key = fill.trader.toLowerCase()
    const sum = taken.get(key) ?? { base: 0n, quote: 0n }
    const { base, quote } = fillMoney(units, settlement.price, fill)
    if (fill.sell) sum.base -= base
    else sum.quote -= quote
    taken.set(key, sum)
  }
  for (const [trader, { base, quote }] of taken) {
    const margin = marginAt(moneyBefore(byTrader.get(trader) ?? [], at), settlement.batchId)
    if (base > margin.base) return `the fills take ${base} of the base token from ${trader}, who has ${margin.base}`
    if (quote > margin.quote)
      return `the fills take ${quote} of the quote token from ${trader}, who has ${margin.quote}`
  }
  return null
}

function wrongSums({ settlement, fills, params, finalizedFees }: BatchEvidence): Finding {
  const units = unitsOf(params)
  let [base, quote, fees] = [0n, 0n, 0n]
  for (const fill of fills) {
    const moved = fillMoney(units, settlement.price, fill)
    base += moved.base
    quote += moved.quote
    fees += moved.fee
  }
  if (base !== 0n || quote + fees !== 0n) return `${base} of the base token and ${quote + fees} of quote from nowhere`
  return finalizedFees === null || finalizedFees === fees ? null : `fees of ${finalizedFees}, where ${fees} are due`
}
