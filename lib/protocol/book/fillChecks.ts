import { isAddressEqual } from 'viem/utils'
import type { Hex } from 'viem'
import type { MarketUnits } from '../clearing/margin'
import { UINT32_MAX } from '../constants'
import type { Finding } from '../proof/check'
import type { BatchEvidence, MoneyLog } from './batchEvidence'
import { fillMoney, marginAt, moneyBefore, moneyByTrader, type PlacedMoney } from './marginAt'
import type { ReplayedOrder } from './replayBatches'
import type { ReplayedSettlements, StandingBatch } from './replaySettlements'
import { byLeaf } from './settlement'

/** Every fill is of a live order of its trader that is not too old, each at most once, with a lot at least. */
export function wrongFills(
  { batchId, stored, market: { params } }: BatchEvidence,
  orders: ReadonlyMap<Hex, ReplayedOrder>,
  { log: { fills } }: StandingBatch,
): Finding {
  const { maxFills } = stored.market
  if (fills.length > maxFills) return `${fills.length} fills, and a batch may have ${maxFills}`
  for (const [at, { leaf, trader, lots }] of fills.entries()) {
    const before = fills[at - 1]
    if (before && byLeaf(before, { leaf }) >= 0) return `${leaf} is filled twice, or out of order`
    const order = orders.get(leaf)
    if (!order || order.batchId > batchId) return `${leaf} is no order that was placed by then`
    if (order.cancelledIn !== null && order.cancelledIn <= batchId)
      return `${leaf} was cancelled in batch ${order.cancelledIn}`
    if (batchId - order.batchId > params.maxOrderAge)
      return `${leaf} was placed in batch ${order.batchId}, and is too old to trade`
    if (!isAddressEqual(order.trader, trader)) return `${leaf} is ${order.trader}’s, and ${trader} got its fill`
    if (lots < 1) return `${leaf} is filled with nothing`
    const held = stored.orders.get(leaf)
    const agrees =
      held &&
      isAddressEqual(held.trader, order.trader) &&
      held.placedIn === order.batchId &&
      held.cancelledIn === (order.cancelledAloneIn ?? 0n)
    if (!agrees) return `storage does not hold ${leaf} as the events have it`
  }
  return null
}

/** As much bought as sold, and nobody on both sides: his two orders would have crossed. Section 11, step 2. */
export function wrongSides({ log: { fills } }: StandingBatch): Finding {
  let [bought, sold] = [0n, 0n]
  const sides = new Map<string, boolean>()
  for (const { trader, sell, lots } of fills) {
    if (sell) sold += BigInt(lots)
    else bought += BigInt(lots)
    const key = trader.toLowerCase()
    if ((sides.get(key) ?? sell) !== sell) return `${trader} both bought and sold at one price`
    sides.set(key, sell)
  }
  return bought === sold ? null : `${bought} lots bought, ${sold} sold`
}

/** Storage has counted with each order of this batch what final batches gave it. */
export function wrongCounts(
  { stored }: BatchEvidence,
  { standing, finalized }: ReplayedSettlements,
  { log: { fills } }: StandingBatch,
): Finding {
  const counted = new Map<Hex, number>()
  for (const { log } of standing) {
    if (!finalized.has(log.batchId)) continue
    for (const { leaf, lots } of log.fills) counted.set(leaf, (counted.get(leaf) ?? 0) + lots)
  }
  const other = fills.find(({ leaf }) => (stored.orders.get(leaf)?.filled ?? 0) !== (counted.get(leaf) ?? 0))
  return other ? `storage has not counted what final batches gave ${other.leaf}` : null
}

/** No order got more, over all batches up to this one, than an order can be for. */
export function overfilled(standing: readonly StandingBatch[], until: bigint): Finding {
  const filled = new Map<Hex, number>()
  for (const { log } of standing) {
    if (log.batchId > until) break
    for (const { leaf, lots } of log.fills) {
      const sum = (filled.get(leaf) ?? 0) + lots
      if (sum > UINT32_MAX) return `${leaf} was filled with more than any order can be for`
      filled.set(leaf, sum)
    }
  }
  return null
}

/** What changes hands, in base units: neither token is made or lost, and fees are the rest. */
export function movedBy(
  units: MarketUnits,
  { log: { settlement, fills } }: StandingBatch,
): { lots: bigint; fees: bigint; base: bigint; quote: bigint } {
  const sums = { lots: 0n, fees: 0n, base: 0n, quote: 0n }
  for (const fill of fills) {
    const { base, quote, fee } = fillMoney(units, settlement.price, fill)
    if (!fill.sell) sums.lots += BigInt(fill.lots)
    sums.fees += fee
    sums.base += base
    sums.quote += quote
  }
  return sums
}

/** The market's money events as `marginAt` takes them. */
function placedMoney({ market: { params } }: BatchEvidence, logs: readonly MoneyLog[]): PlacedMoney[] {
  return logs.flatMap((log): PlacedMoney[] => {
    const { trader, blockNumber, logIndex } = log
    const place = { trader, blockNumber, logIndex }
    if (log.type === 'MarginWithdrawn') return [{ type: 'paid', base: log.base, quote: log.quote, ...place }]
    const { batchId } = log
    if (log.type === 'WithdrawalRequested') {
      return [{ type: 'request', batchId, base: log.base, quote: log.quote, ...place }]
    }
    if (isAddressEqual(log.token, params.base))
      return [{ type: 'deposit', batchId, base: log.amount, quote: 0n, ...place }]
    return [{ type: 'deposit', batchId, base: 0n, quote: log.amount, ...place }]
  })
}

/**
 * What each trader gives is covered by his margin in this batch: deposits before its end, less withdrawals asked for until
 * then, plus the fills of earlier batches. PROTOCOL.md section 11, step 3.
 */
export function uncovered(
  evidence: BatchEvidence,
  units: MarketUnits,
  standing: readonly StandingBatch[],
  batch: StandingBatch,
): Finding {
  const { batchId, log } = { batchId: evidence.batchId, log: batch.log }
  const earlier = standing
    .filter((one) => one.log.batchId < batchId)
    .map(({ log: { settlement, fills, blockNumber, logIndex, batchId: id } }) => {
      return { batchId: id, price: settlement.price, fills, blockNumber, logIndex }
    })
  const money = moneyByTrader(units, placedMoney(evidence, evidence.money), earlier)
  const given = new Map<string, { base: bigint; quote: bigint }>()
  for (const fill of log.fills) {
    const key = fill.trader.toLowerCase()
    const sum = given.get(key) ?? { base: 0n, quote: 0n }
    const { base, quote } = fillMoney(units, log.settlement.price, fill)
    if (fill.sell) sum.base -= base
    else sum.quote -= quote
    given.set(key, sum)
  }
  for (const [trader, sum] of given) {
    const margin = marginAt(moneyBefore(money.get(trader) ?? [], log), batchId)
    for (const token of ['base', 'quote'] as const) {
      if (sum[token] > margin[token]) {
        return `${trader} gives ${sum[token]} of ${token}, and his margin in this batch was ${margin[token]}`
      }
    }
  }
  return null
}
