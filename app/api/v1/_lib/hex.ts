import { getAddress, type Address, type Hex } from 'viem'
import type { Origin as OriginRecord } from '../../../../lib/db/origin'
import type { Origin } from '../_schemas/common'

/** A stored hash, as answers type it. */
export function toHash(value: string): Hex {
  return value as Hex
}

/** A stored address with its checksum. */
export function toAddress(value: string): Address {
  return getAddress(value)
}

export function toOrigin(origin: OriginRecord): Origin {
  return {
    blockNumber: Number(origin.blockNumber),
    blockHash: toHash(origin.blockHash),
    transactionHash: toHash(origin.transactionHash),
    logIndex: origin.logIndex,
    time: Number(origin.time),
  }
}
