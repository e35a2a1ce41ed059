import type { BookEvent } from '../../chain/book/events'
import type { MarketTip } from '../../db/book/tips'
import type { EventRows } from '../../db/insertRows'
import { toDecimal } from '../../db/numbers'

type Money = { token?: string; amount?: bigint; base?: bigint; quote?: bigint }

/** An event of the order book as a line of somebody's activity. @param market Null for vault events. */
export function toBookEventRow(event: BookEvent, market: MarketTip | null): EventRows['events'][number] {
  const { token, amount, base, quote } = moneyOf(event, market)
  return {
    blockHash: event.blockHash,
    logIndex: event.logIndex,
    blockNumber: event.blockNumber,
    transactionHash: event.transactionHash,
    room: 'BOOK',
    kind: event.type,
    auctionId: null,
    marketId: 'id' in event ? event.id.toLowerCase() : null,
    batchId: 'batchId' in event ? event.batchId : null,
    account: accountOf(event)?.toLowerCase() ?? null,
    seq: 'seq' in event ? event.seq : null,
    token: token?.toLowerCase() ?? null,
    amount: decimal(amount),
    base: decimal(base),
    quote: decimal(quote),
  }
}

const decimal = (value: bigint | undefined) => (value === undefined ? null : toDecimal(value))

function accountOf(event: BookEvent): string | null {
  switch (event.type) {
    case 'MarketCreated':
      return event.creator
    case 'Deposited':
    case 'Withdrawn':
      return event.account
    case 'OrderPlaced':
    case 'OrderCancelled':
    case 'AllCancelled':
    case 'MarginDeposited':
    case 'WithdrawalRequested':
    case 'MarginWithdrawn':
      return event.trader
    default:
      return null
  }
}

function moneyOf(event: BookEvent, market: MarketTip | null): Money {
  switch (event.type) {
    case 'Deposited':
    case 'Withdrawn':
    case 'MarginDeposited':
      return { token: event.token, amount: event.amount }
    case 'WithdrawalRequested':
    case 'MarginWithdrawn':
      return { base: event.base, quote: event.quote }
    case 'BatchFinalized':
      return market ? { token: market.quote, amount: event.fees } : {}
    default:
      return {}
  }
}
