import { isAddressEqual, recoverAddress } from 'viem/utils'
import { bandAround, bandWidth } from '../clearing/band'
import { ZERO_HASH } from '../constants'
import { check, type Check, type Finding } from '../proof/check'
import type { BatchEvidence } from './batchEvidence'
import { deadlineOf, endOfBatch } from './deadline'
import { marketIdOf, type MarketParams } from './market'
import type { ReplayedBatch } from './replayBatches'
import type { ReplayedSettlements, StandingBatch } from './replaySettlements'
import { fillsHash, hashBatchSettlement } from './settlement'

const PARAMS = [
  ...(['base', 'quote', 'tickSize', 'lotSize', 'batchLength', 'feeBps', 'bandBps', 'batchSettleBy'] as const),
  ...(['challengeWindow', 'operator', 'minLots', 'maxOrderAge'] as const),
] satisfies readonly (keyof MarketParams)[]
const STORED_FINAL = 1
const STORED_VOID = 2

/** The market is the one asked about, on the terms of its creation. PROTOCOL.md sections 5 and 11. */
export function wrongMarket({ domain, marketId, market, stored }: BatchEvidence): Finding {
  const { params, creator, nonce, startsAt } = market
  if (marketIdOf(domain, creator, nonce, params) !== marketId)
    return 'the market’s id does not follow from its creation and its terms'
  const other: string[] = PARAMS.filter((name) => params[name] !== stored.market.params[name])
  if (!isAddressEqual(creator, stored.market.creator)) other.push('creator')
  if (startsAt !== stored.market.startsAt) other.push('startsAt')
  return other.length === 0 ? null : `storage holds another ${other.join(', ')}`
}

/** The leaves fold to the accumulator that was signed. `standing` null: to the contract's. */
export function wrongLeaves({ stored }: BatchEvidence, batch: ReplayedBatch, standing: StandingBatch | null): Finding {
  const signed = standing?.log.settlement ?? stored.batch
  if (batch.count !== signed.count) return `${batch.count} leaves, where there should be ${signed.count}`
  return batch.acc === signed.acc ? null : `the leaves fold to ${batch.acc}, not to ${signed.acc}`
}

/** One key a batch, and the one that follows from the clock. */
export function wrongKey({ stored: { batch: stored } }: BatchEvidence, { orders }: ReplayedBatch): Finding {
  const other = orders.find(({ keyId }) => keyId.toLowerCase() !== stored.keyId.toLowerCase())
  if (other) return `${other.leaf} is sealed to ${other.keyId}, and the batch’s key is ${stored.keyId}`
  return stored.keyByClock.toLowerCase() === stored.keyId.toLowerCase()
    ? null
    : `storage holds another key than ${stored.keyByClock}, which serves the batch by the clock`
}

/** The contract's storage is what the events make it. */
export function wrongStorage(
  { domain, steps, stored: { batch: stored, market } }: BatchEvidence,
  batch: ReplayedBatch,
  { log, last }: StandingBatch,
): Finding {
  const { settlement, challengeUntil, signer } = log
  const strikes = steps.filter((step) => step.type === 'BatchStruck')
  const expected: [string, unknown, unknown][] = [
    ['acc', settlement.acc, stored.acc],
    ['count', settlement.count, stored.count],
    ['price', settlement.price, stored.price],
    ['settlement', hashBatchSettlement(domain, settlement), stored.settlementHash],
    ['challengeUntil', challengeUntil, stored.challengeUntil],
    ['signer', signer.toLowerCase(), stored.signer.toLowerCase()],
    ['priceBefore', last ?? 0, stored.priceBefore],
    ['strikes', strikes.length, market.strikes],
    ['moves', strikes.filter(({ movedUntil }) => movedUntil !== 0n).length, market.moves],
  ]
  const other = expected.filter(([, is, held]) => is !== held).map(([name]) => name)
  if (batch.acc !== stored.acc && !other.includes('acc')) other.push('acc')
  return other.length === 0 ? null : `storage holds another ${other.join(', ')}`
}

/** The enclave's signature over this very settlement. */
export async function signatureCheck(
  { domain, signature }: BatchEvidence,
  { log: { settlement, signer } }: StandingBatch,
): Promise<Check> {
  const name = 'signature'
  if (signature === null) {
    return { name, ok: true, detail: `not in the transaction's own data: the contract says that ${signer} signed` }
  }
  try {
    const recovered = await recoverAddress({ hash: hashBatchSettlement(domain, settlement), signature })
    const wrong = isAddressEqual(recovered, signer) ? null : `signed by ${recovered}, not by ${signer}`
    return check(name, wrong, `signed by ${signer}`)
  } catch {
    return { name, ok: false, detail: 'no signature' }
  }
}

/** The signer was admitted for the batch's key, and none of those whose settlement in the market was struck. */
export function wrongSigner({ isSignerAdmitted }: BatchEvidence, { log, barred }: StandingBatch): Finding {
  const { signer } = log
  if (!isSignerAdmitted) return `${signer} was not admitted for the batch’s key`
  const isBarred = barred.some((struck) => isAddressEqual(struck, signer))
  return isBarred ? `a settlement by ${signer} in this market was struck before` : null
}

/** Of this market and batch, after as many strikes as its round says, after its end and in time. */
export function wrongTurn(
  { marketId, batchId, market: { params, startsAt } }: BatchEvidence,
  { log, strikes, moves }: StandingBatch,
): Finding {
  const { settlement, challengeUntil } = log
  const clock = { startsAt, ...params }
  if (settlement.marketId.toLowerCase() !== marketId || settlement.batchId !== batchId) return 'it is of another batch'
  if (settlement.round !== strikes + 1) return `its round is ${settlement.round}, after ${strikes} strikes`
  const settledAt = challengeUntil - BigInt(params.challengeWindow)
  const end = endOfBatch(clock, batchId)
  if (settledAt < end) return `settled at ${settledAt}, before the batch’s end at ${end}`
  const deadline = deadlineOf(clock, batchId, moves, true)
  return settledAt < deadline ? null : `settled at ${settledAt}, and void since ${deadline}`
}

/** The fills are those that were signed. */
export function wrongFillsHash({ log: { settlement, fills } }: StandingBatch): Finding {
  return fillsHash(fills) === settlement.fillsHash ? null : 'the fills do not hash to the signed fillsHash'
}

/**
 * One price for all, inside the band around the last one. Where nothing trades, the last price stays or moves to an edge
 * of the band. PROTOCOL.md section 11, step 4.
 */
export function wrongPrice({ market: { params } }: BatchEvidence, { log, last }: StandingBatch): Finding {
  const { price } = log.settlement
  const trades = log.fills.length > 0
  if (price === 0 && (trades || last !== null)) return 'a price of 0, which nobody’s limit is'
  if (last === null) return trades || price === 0 ? null : 'a price before any trade, though nothing traded'
  const { low, high } = bandAround(last, bandWidth(last, params.bandBps))
  if (price < low || price > high) return `${price} is outside ${low} to ${high}, the band around ${last}`
  if (trades || price === last || price === low || price === high) return null
  return `nothing traded, and the last price moved from ${last} to ${price}, which is no edge of ${low} to ${high}`
}

/** What the price was held against, in words. */
export function priceInWords({ market: { params } }: BatchEvidence, { log, last }: StandingBatch): string {
  const { price } = log.settlement
  if (last === null)
    return log.fills.length > 0 ? `${price}, the first trade: there is no band yet` : 'nothing traded yet'
  const { low, high } = bandAround(last, bandWidth(last, params.bandBps))
  return `${price}, inside ${low} to ${high}, the band around ${last}`
}

/** The contract says of the batch what its events do: final, or settled and neither. */
export function wrongStatus(
  { batchId, finalizedAt, stored: { batch, market } }: BatchEvidence,
  { finalized, voided }: ReplayedSettlements,
  { log }: StandingBatch,
): Finding {
  if (voided.has(batchId) || batch.status === STORED_VOID) return 'settled, and void too'
  if (finalized.has(batchId)) {
    if (batch.status !== STORED_FINAL) return 'made final by an event, not in storage'
    const isEarly = finalizedAt === null || finalizedAt < log.challengeUntil
    return isEarly ? `made final at ${finalizedAt}, before its challenge window ended at ${log.challengeUntil}` : null
  }
  if (batch.status !== 0) return 'final in storage, without an event'
  const isBetween =
    market.head !== 0n && batchId >= market.head && (market.toSettle === 0n || batchId < market.toSettle)
  return isBetween ? null : 'storage does not count it as settled'
}

/** Version 1 markets have no bundle: one that is named would be about something that nobody can check yet. */
export function namesBundle({ log: { settlement } }: StandingBatch): boolean {
  return settlement.proofHash !== ZERO_HASH
}
