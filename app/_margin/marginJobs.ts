import { zeroAddress, type Address } from 'viem'
import { approveMarginCall, depositMarginCall, requestWithdrawalCall } from '../../lib/chain/calls/book/margin'
import type { Deployment } from '../../lib/chain/deployment'
import { batchAt, endOfBatch } from '../_data/batches'
import type { Funds } from '../_data/useFunds'
import { formatAmount } from '../_format/amount'
import { type ParsedAmount } from '../_format/parseAmount'
import { parseMove, type Direction } from '../_format/parseMove'
import { formatTime } from '../_format/time'
import type { Funding } from '../_funding/useFunding'
import type { MarketView } from '../_orders/marketView'
import type { Job } from '../_transaction/flow'
import type { Pair } from './freeMargin'
import type { StoredMargin } from './useMargin'

type Facts = { market: MarketView; token: keyof Pair; funds: Funds; stored: StoredMargin }

/** Reads an amount to put in or to ask back, in base units. @param direction Null: it is not known yet which. */
export function draftMove(
  text: string,
  direction: Direction | null,
  { market, token, funds, stored }: Facts,
): ParsedAmount {
  const free = stored.margin[token] - (stored.withdrawal?.[token] ?? 0n)
  return parseMove(
    text,
    market[token],
    {
      in: { amount: funds.wallet, place: 'in your wallet' },
      out: { amount: free, place: 'of final margin that you have not asked for yet' },
    },
    direction,
  )
}

/** Puts money from the wallet into the margin: allowed for the exact amount first, in one confirmation where it can be. */
export function depositJob(
  deployment: Deployment,
  account: Address,
  amount: bigint,
  funding: Funding,
  { market, token, funds }: Facts,
): Job {
  const address = token === 'base' ? market.baseToken : market.quoteToken
  const words = formatAmount(amount, market[token])
  const approve = address !== zeroAddress && funds.allowance < amount
  const together = approve && funding === 'batch'
  const approval = approveMarginCall(deployment, address, amount)
  const deposit = depositMarginCall(deployment, market.id, address, amount)
  return {
    account,
    room: 'book',
    title: 'Put money into your margin',
    preview: [
      ...(approve
        ? [
            `Allow the order book’s contract to take ${words}, and no more${together ? ': in the same confirmation' : ''}.`,
          ]
        : []),
      `Send ${words} from your wallet to your margin in this market.`,
      'Orders from this batch on can count on it. You can ask for it back at any time.',
    ],
    leaks: `Your address and that you put ${words} into this market. Not whether, when, or what you order.`,
    confirm: 'Deposit',
    done: `${words} are in your margin.`,
    run: async (flow) => {
      if (together) {
        await flow.sendTogether([approval, deposit], 'Deposit, with the permission for it')
        return
      }
      if (approve) await flow.send(approval, 'Allow the order book to take it')
      await flow.send(deposit, 'Deposit')
    },
  }
}

/** Asks for margin back. It is paid once no batch can count on it any more. PROTOCOL.md section 11. */
export function requestJob(
  deployment: Deployment,
  account: Address,
  amount: bigint,
  now: number,
  { market, token }: Facts,
): Job {
  const words = formatAmount(amount, market[token])
  const batchId = batchAt(market, now)
  const call = requestWithdrawalCall(deployment, market.id, {
    base: token === 'base' ? amount : 0n,
    quote: token === 'quote' ? amount : 0n,
  })
  return {
    account,
    room: 'book',
    title: 'Ask for margin back',
    preview: [
      `Ask for ${words} of your margin. From the batch of the block that takes this on, your orders no longer count on it.`,
      `It is paid once that batch (now ${batchId}, until ${formatTime(endOfBatch(market, batchId))}) and every one before it is final or void: ${describeWait(market, batchId)}.`,
      'A batch that ended before may still spend some of it, on orders that it was there for: then less is left to pay.',
      'A keeper usually pays it into your balance in the book within a minute; from there it goes to your wallet.',
    ],
    leaks: `Your address and that you asked for ${words}.`,
    confirm: 'Ask for it',
    done: `${words} are asked for. This page says when they are due.`,
    run: (flow) => flow.send(call, 'Ask for margin back'),
  }
}

/** When a request of this batch is due at the latest, in words. */
export function describeWait(market: MarketView, batchId: number): string {
  return `at the latest about ${formatTime(latestDue(market, batchId))}, unless a settlement is struck`
}

/** Unix seconds: unsettled batches are void by then, and settled ones past their challenge window. */
export function latestDue(market: MarketView, batchId: number): number {
  return endOfBatch(market, batchId) + market.batchSettleBy + market.challengeWindow
}
