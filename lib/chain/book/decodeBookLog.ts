import { decodeEventLog, type DecodeEventLogReturnType } from 'viem'
import { hiddenBookAbi } from '../../abi/hiddenBook'
import type { RawLog } from '../connection'
import { positionOf, type EventPosition } from '../events'
import type { BookEvent } from './events'
import { isBookTopic } from './topics'

type Decoded = DecodeEventLogReturnType<typeof hiddenBookAbi>

/**
 * Turns a log of the order book into an event.
 *
 * @returns null where the log is none of the contract's events (its first topic is unknown).
 * @throws If the first topic is known and the rest does not decode: the log is not the contract's.
 */
export function decodeBookLog(log: RawLog): BookEvent | null {
  const [signature, ...rest] = log.topics
  if (!signature || !isBookTopic(signature)) return null
  const decoded = decodeEventLog({ abi: hiddenBookAbi, data: log.data, topics: [signature, ...rest] })
  return toEvent(decoded, positionOf(log))
}

function toEvent(decoded: Decoded, position: EventPosition): BookEvent | null {
  switch (decoded.eventName) {
    case 'OrderPlaced': {
      const { sealedOrder, ...order } = decoded.args
      return { type: 'OrderPlaced', ...order, sealed: sealedOrder, ...position }
    }
    case 'MarketCreated':
      return { type: 'MarketCreated', ...decoded.args, ...position }
    case 'MarginDeposited':
      return { type: 'MarginDeposited', ...decoded.args, ...position }
    case 'WithdrawalRequested':
      return { type: 'WithdrawalRequested', ...decoded.args, ...position }
    case 'MarginWithdrawn':
      return { type: 'MarginWithdrawn', ...decoded.args, ...position }
    case 'OrderCancelled':
      return { type: 'OrderCancelled', ...decoded.args, ...position }
    case 'AllCancelled':
      return { type: 'AllCancelled', ...decoded.args, ...position }
    case 'BatchSettled':
      return { type: 'BatchSettled', ...decoded.args, ...position }
    case 'BatchVoided':
      return { type: 'BatchVoided', ...decoded.args, ...position }
    case 'BatchFinalized':
      return { type: 'BatchFinalized', ...decoded.args, ...position }
    case 'BatchStruck':
      return { type: 'BatchStruck', ...decoded.args, ...position }
    case 'Deposited':
      return { type: 'Deposited', ...decoded.args, ...position }
    case 'Withdrawn':
      return { type: 'Withdrawn', ...decoded.args, ...position }
    default:
      return null
  }
}
