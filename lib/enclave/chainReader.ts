import type { Hex } from 'viem'
import type { AuctionState } from '../chain/auctionState'
import type { BlockRef } from '../chain/connection'
import type { ContractDomain } from '../chain/deployment'
import type { RebuiltBids } from '../chain/rebuildBids'
import type { AuctionParams } from '../protocol/auction/params'

/** An auction whose close is final, as storage has it: what may be settled now. */
export type Close = {
  state: AuctionState
  /** The sealing epoch that the registry names for the auction's key: a hint, to be held against the key itself. */
  epoch: bigint
  /** The finalized block whose storage was read. */
  block: BlockRef
}

/** An auction whose close is final, with every bid behind its accumulator. PROTOCOL.md section 7. */
export type ClosedAuction = {
  domain: ContractDomain
  id: Hex
  params: AuctionParams
  paramsHash: Hex
  round: number
  /** Rebuilt from the events, and equal to `acc` and `count` in the contract's storage. */
  bids: RebuiltBids
} & Pick<Close, 'epoch' | 'block'>

/**
 * How the enclave sees the chain. What it returns is all that the enclave acts on, so how sure it is of it is this
 * interface's part: one node, several that agree, or storage proofs. PROTOCOL.md section 10.
 */
export interface ChainReader {
  /**
   * @throws SubrosaError CLOSE_NOT_FINAL, for unknown ids too; AUCTION_NOT_OPEN, SETTLEMENT_TOO_LATE, KEY_UNAVAILABLE
   * where it must not be settled; HISTORY_MISMATCH on another chain; RPC_UNAVAILABLE.
   */
  readClose(id: Hex): Promise<Close>
  /** @throws SubrosaError HISTORY_MISMATCH where the history is not the chain's; RPC_UNAVAILABLE. */
  readClosedAuction(close: Close): Promise<ClosedAuction>
  /** Unix seconds of the newest block. @throws SubrosaError RPC_UNAVAILABLE, HISTORY_MISMATCH on another chain. */
  readTime(): Promise<bigint>
}
