import { isAddressEqual, type Address } from 'viem'
import { BATCH_STATUS } from '../../chain/book/batchState'
import type { MarketState } from '../../chain/book/marketState'
import { feeOf } from '../../protocol/clearing/margin'
import { SubrosaError } from '../../protocol/errors'
import type { ProvenAccount } from '../chain/provenMarket'
import type { MarketHistory } from './marketHistory'
import type { BatchSettled } from './standing'

/** What events come to: a trader's margin and his waiting withdrawal, as the contract would store them. */
type Sums = { base: bigint; quote: bigint; asked: { base: bigint; quote: bigint; batchId: bigint } }

/**
 * Holds what events say of some traders' money against what storage has: every deposit, request, payment and fill of
 * theirs must be there, and nothing else. PROTOCOL.md section 11.
 *
 * @param settled Settlements that stand, by batch.
 * @throws SubrosaError HISTORY_MISMATCH
 */
export function requireSums(
  history: MarketHistory & { market: MarketState },
  settled: ReadonlyMap<bigint, BatchSettled>,
  accounts: ReadonlyMap<Address, ProvenAccount>,
): void {
  const sums = new Map([...accounts.keys()].map((trader) => [trader, emptySums()]))
  addMoney(history, sums)
  for (const [batchId, { settlement, fills }] of settled) {
    if (history.batches.get(batchId)?.state.status !== BATCH_STATUS.FINAL) continue
    for (const fill of fills) addFill(history.market, settlement.price, fill, sums.get(fill.trader))
  }
  for (const [trader, { margin, withdrawal }] of accounts) {
    const { base, quote, asked } = sums.get(trader) ?? emptySums()
    const isSame =
      margin.base === base &&
      margin.quote === quote &&
      withdrawal.base === asked.base &&
      withdrawal.quote === asked.quote &&
      (withdrawal.batchId === null ? asked.batchId === 0n : withdrawal.batchId === asked.batchId)
    if (!isSame) {
      throw new SubrosaError('HISTORY_MISMATCH', {
        details: `what came and went of ${trader} is not what is in storage`,
      })
    }
  }
}

/** Traders who asked for money and were not paid yet, as events tell. */
export function waitingTraders({ events }: MarketHistory): Set<Address> {
  const waiting = new Set<Address>()
  for (const event of events) {
    if (event.type === 'WithdrawalRequested') waiting.add(event.trader)
    if (event.type === 'MarginWithdrawn') waiting.delete(event.trader)
  }
  return waiting
}

const emptySums = (): Sums => ({ base: 0n, quote: 0n, asked: { base: 0n, quote: 0n, batchId: 0n } })

function addMoney({ events, market }: MarketHistory & { market: MarketState }, sums: Map<Address, Sums>): void {
  for (const event of events) {
    if (event.type === 'BatchSettled') continue
    const sum = sums.get(event.trader)
    if (!sum) continue
    switch (event.type) {
      case 'MarginDeposited':
        if (isAddressEqual(event.token, market.base)) sum.base += event.amount
        else sum.quote += event.amount
        break
      case 'WithdrawalRequested':
        sum.asked = {
          base: sum.asked.base + event.base,
          quote: sum.asked.quote + event.quote,
          batchId: event.batchId,
        }
        break
      case 'MarginWithdrawn':
        sum.base -= event.base
        sum.quote -= event.quote
        // Paid by a request or by leaving: either way nothing waits any more.
        sum.asked = emptySums().asked
        break
    }
  }
}

function addFill(
  { tickSize, lotSize, feeBps }: MarketState,
  price: number,
  { sell, lots }: BatchSettled['fills'][number],
  sum: Sums | undefined,
): void {
  if (!sum) return
  const payment = BigInt(price) * tickSize * BigInt(lots)
  const fee = feeOf(payment, BigInt(feeBps))
  const base = lotSize * BigInt(lots)
  sum.base += sell ? -base : base
  sum.quote += sell ? payment - fee : -payment - fee
}
