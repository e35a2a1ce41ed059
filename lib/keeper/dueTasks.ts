import type { Address, Hex } from 'viem'
import type { Bid } from '../chain/bid'
import type { BatchSettlement, Fill } from '../protocol/book/settlement'
import type { TrackedAuction } from './auctionBook'

/** One transaction that is due. `id`: of an auction, or of a market. */
export type Task = AuctionTask | MarketTask

export type AuctionTask = { id: Hex } & (
  | { kind: 'settle' }
  | { kind: 'void' }
  | { kind: 'claim'; bid: Bid }
  | { kind: 'claimLot'; bidder: Address; slot: number }
  | { kind: 'claimProceeds' }
  | { kind: 'reclaimLot'; seller: Address }
)

/** `round`: 1, and one more for each strike the market has had. `batchId` of `voidLate`: the first that is late, or void. */
export type MarketTask = { id: Hex } & (
  | { kind: 'settleBatch'; batchId: bigint; round: number }
  | { kind: 'finalizeBatch'; batchId: bigint; round: number; settlement: BatchSettlement; fills: readonly Fill[] }
  | { kind: 'strikeUnfinal'; batchId: bigint; round: number }
  | { kind: 'voidLate'; batchId: bigint }
  | { kind: 'executeWithdrawal'; trader: Address; batchId: bigint }
)

/** Unix seconds of the newest block and of the newest final one. */
export type ChainTimes = { latest: bigint; finalized: bigint }

/** What tells one task from every other, over restarts too. */
export function taskKey(task: Task): string {
  return `${task.id}/${task.kind}/${detailOf(task)}`
}

function detailOf(task: Task): string {
  switch (task.kind) {
    case 'claim':
      return `${task.bid.seq}`
    case 'claimLot':
      return `${task.bidder}/${task.slot}`
    case 'settleBatch':
    case 'finalizeBatch':
    case 'strikeUnfinal':
      return `${task.batchId}/${task.round}`
    case 'voidLate':
      return `${task.batchId}`
    case 'executeWithdrawal':
      return `${task.trader}/${task.batchId}`
    default:
      return ''
  }
}

/**
 * What an auction needs now. PROTOCOL.md sections 5 and 7.
 *
 * A settlement waits until the close is final, as the enclave does; everything else goes by the newest block, where
 * the contract will judge it.
 *
 * @param keyRevoked Whether the auction's sealing key is: then nobody can settle it.
 */
export function dueTasks(auction: TrackedAuction, now: ChainTimes, keyRevoked: boolean): AuctionTask[] {
  const { id, params, status } = auction
  if (status === 'open') {
    const closedEmpty = now.finalized >= params.closesAt && auction.locked.size === 0
    if (keyRevoked || closedEmpty || now.latest >= params.settleBy) return [{ id, kind: 'void' }]
    return now.finalized >= params.closesAt ? [{ id, kind: 'settle' }] : []
  }
  if (status === 'settled' && now.latest < auction.challengeUntil) return []
  return payouts(auction)
}

/**
 * The winners first: nobody is kept waiting for his lot by a long list of refunds. A winner's money goes before his
 * lot, which then clears the bid's mark and gets gas back for it.
 */
function payouts({ id, seller, locked, unsent, proceeds, unsoldLots }: TrackedAuction): AuctionTask[] {
  const isWon = (bid: Bid) => unsent.some(({ bidder, slot }) => bidder === bid.bidder && slot === bid.slot)
  const claims = [...locked.values()].map((bid) => ({ id, kind: 'claim' as const, bid }))
  const tasks: AuctionTask[] = claims.filter(({ bid }) => isWon(bid))
  for (const { bidder, slot } of unsent) tasks.push({ id, kind: 'claimLot', bidder, slot })
  if (unsoldLots > 0) tasks.push({ id, kind: 'reclaimLot', seller })
  if (proceeds > 0n) tasks.push({ id, kind: 'claimProceeds' })
  tasks.push(...claims.filter(({ bid }) => !isWon(bid)))
  return tasks
}
