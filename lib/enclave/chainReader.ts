import type { ContractDomain } from '../chain/deployment'
import type { AuctionParams } from '../protocol/auction/params'
import type { PackedBids } from './bids/packedBids'
import type { Header } from './chain/header'
import type { ProvenAuction } from './chain/provenAuction'

/** An auction whose close is final, as storage has it: what may be settled now. */
export type Close = {
  auction: ProvenAuction
  /** The sealing epoch that the registry names for the auction's key: a hint, to be held against the key itself. */
  epoch: bigint
  /** The finalized block whose storage was read. */
  block: Header
}

/** An auction whose close is final, with every bid behind its accumulator. PROTOCOL.md section 7. */
export type ClosedAuction = Close & {
  domain: ContractDomain
  params: AuctionParams
  /** From the events; their leaves fold to `acc` and `count` in the contract's storage. */
  bids: PackedBids
}

/**
 * How the enclave sees the chain. What it returns is all that the enclave acts on, so how sure it is of it is this
 * interface's part: endpoints that agree, storage proofs. PROTOCOL.md section 10.
 */
export interface ChainReader {
  /**
   * @throws SubrosaError CLOSE_NOT_FINAL, for unknown ids too; AUCTION_NOT_OPEN, SETTLEMENT_TOO_LATE, KEY_UNAVAILABLE
   * where it must not be settled; ENDPOINTS_DISAGREE, RPC_UNAVAILABLE where the chain cannot be read.
   */
  readClose(id: `0x${string}`): Promise<Close>
  /**
   * Auctions that are settled already, in a block that cannot be undone, and that some endpoint says this is the proof
   * of: so that it can be made again. What an endpoint says is a hint; at most one auction for each of them, the one that
   * most name first.
   *
   * @returns None where no settlement names these proofs. @throws SubrosaError as `readClose`.
   */
  findSettled(proofHash: `0x${string}`): Promise<Close[]>
  /** @throws SubrosaError HISTORY_MISMATCH where the history is not the chain's; RPC_UNAVAILABLE. */
  readClosedAuction(close: Close): Promise<ClosedAuction>
  /** Unix seconds of the finalized block. @throws SubrosaError ENDPOINTS_DISAGREE, RPC_UNAVAILABLE. */
  readTime(): Promise<bigint>
  /** The finalized block and its time, once storage can be proven there. @throws SubrosaError as the others. */
  readReadiness(): Promise<{ block: bigint; time: bigint }>
}
