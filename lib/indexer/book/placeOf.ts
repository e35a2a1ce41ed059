import type { EventPosition } from '../../chain/events'

/** Where a row comes from. */
export function placeOf({ blockHash, transactionHash, logIndex }: EventPosition) {
  return { blockHash, transactionHash, logIndex }
}
