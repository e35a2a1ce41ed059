import { decodeEventLog, type DecodeEventLogReturnType } from 'viem'
import { sealedAuctionsAbi } from '../abi/sealedAuctions'
import type { RawLog } from './connection'
import { positionOf, type AuctionEvent, type EventPosition } from './events'
import { isKnownTopic } from './topics'

type Decoded = DecodeEventLogReturnType<typeof sealedAuctionsAbi>

/**
 * Turns a log of the auction contract into an event.
 *
 * @returns null where the log is none of the contract's events (its first topic is unknown).
 * @throws If the first topic is known and the rest does not decode: the log is not the contract's.
 */
export function decodeLog(log: RawLog): AuctionEvent | null {
  const [signature, ...rest] = log.topics
  if (!signature || !isKnownTopic(signature)) return null
  const decoded = decodeEventLog({ abi: sealedAuctionsAbi, data: log.data, topics: [signature, ...rest] })
  return toEvent(decoded, positionOf(log))
}

function toEvent(decoded: Decoded, position: EventPosition): AuctionEvent | null {
  switch (decoded.eventName) {
    case 'BidPlaced': {
      const { sealedBid, ...bid } = decoded.args
      return { type: 'BidPlaced', ...bid, sealed: sealedBid, ...position }
    }
    case 'AuctionCreated':
      return { type: 'AuctionCreated', ...decoded.args, ...position }
    case 'BidCancelled':
      return { type: 'BidCancelled', ...decoded.args, ...position }
    case 'AuctionSettled':
      return { type: 'AuctionSettled', ...decoded.args, ...position }
    case 'BidWon':
      return { type: 'BidWon', ...decoded.args, ...position }
    case 'BidOpened':
      return { type: 'BidOpened', ...decoded.args, ...position }
    case 'AuctionVoided':
      return { type: 'AuctionVoided', ...decoded.args, ...position }
    case 'BidClaimed':
      return { type: 'BidClaimed', ...decoded.args, ...position }
    case 'LotClaimed':
      return { type: 'LotClaimed', ...decoded.args, ...position }
    case 'ProceedsClaimed':
      return { type: 'ProceedsClaimed', ...decoded.args, ...position }
    case 'LotReclaimed':
      return { type: 'LotReclaimed', ...decoded.args, ...position }
    case 'Deposited':
      return { type: 'Deposited', ...decoded.args, ...position }
    case 'Withdrawn':
      return { type: 'Withdrawn', ...decoded.args, ...position }
    default:
      return null
  }
}
