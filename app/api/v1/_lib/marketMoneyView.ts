import type { MarketActivityRecord } from '../../../../lib/db/book/marketActivity'
import type { MarketMoneyRecord, MoneyRecord } from '../../../../lib/db/book/marketMoney'
import type { Margin, MarketActivity, MarketMoney } from '../_schemas/marketAccount'
import { toHash, toOrigin } from './hex'

/**
 * A trader's margin as answers show it. What settled batches will take can exceed what he has for a moment: the contract
 * strikes such a batch when it is to become final. Nobody can count on less than nothing.
 */
export function toMarginView({ final, pending, withdrawal }: MarketMoneyRecord): Omit<MarketMoney, 'balances'> {
  const free = {
    base: pending.base - (withdrawal?.base ?? 0n),
    quote: pending.quote - (withdrawal?.quote ?? 0n),
  }
  return {
    final: toMargin(final),
    pending: toMargin(pending),
    free: toMargin(free),
    withdrawal: withdrawal && {
      ...toMargin(withdrawal),
      batchId: Number(withdrawal.batchId),
      notBefore: Number(withdrawal.notBefore),
      due: withdrawal.due,
      origin: toOrigin(withdrawal.origin),
    },
  }
}

export function toMargin({ base, quote }: MoneyRecord): Margin {
  const atLeastZero = (amount: bigint) => (amount < 0n ? 0n : amount).toString()
  return { base: atLeastZero(base), quote: atLeastZero(quote) }
}

export function toMarketActivityView(record: MarketActivityRecord): MarketActivity {
  return {
    ...record,
    batchId: record.batchId === null ? null : Number(record.batchId),
    leaf: record.leaf === null ? null : toHash(record.leaf),
    base: record.base.toString(),
    quote: record.quote.toString(),
    origin: toOrigin(record.origin),
  }
}
