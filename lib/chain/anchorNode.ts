import type { Hash, Hex } from 'viem'

/** A remark that is signed and may be sent any number of times: its nonce lets the chain take it once. */
export type SignedRemark = {
  raw: Hex
  hash: Hash
  nonce: number
  /** The blocks that may hold it: before and after them, none ever can. */
  firstBlock: bigint
  lastBlock: bigint
}

/** A block of the chain that is anchored in. */
export type AnchorBlock = { number: bigint; hash: Hash }

/** Where a remark stands. `succeeded` is null where the node no longer holds its block's events. */
export type RemarkInclusion = AnchorBlock & { index: number; succeeded: boolean | null }

/**
 * An account that writes remarks to a second chain, step by step, for a program that keeps its own record of them:
 * signing comes before sending, so that what may be sent can be written down first. Everything throws SubrosaError
 * RPC_UNAVAILABLE where the node does not answer.
 */
export interface AnchorNode {
  /** The account's public key. */
  readonly account: Hex
  /** The account as the chain writes it (SS58). */
  readAddress(): Promise<string>
  /** Hash of the chain's first block, which tells chains apart. */
  readOrigin(): Promise<Hash>
  readFinalized(): Promise<AnchorBlock>
  /** As of a block: transactions of the account so far, and what it has, in the chain's smallest unit. */
  readAccount(block: AnchorBlock): Promise<{ nonce: number; free: bigint }>
  /** Signs, valid for some minutes from a final block on. Never the same bytes twice: signatures are randomised. */
  sign(bytes: Hex, nonce: number, at: AnchorBlock): Promise<SignedRemark>
  /** Sends it. An error does not say that the node has not got it. */
  broadcast(raw: Hex): Promise<void>
  /** Where it stands in final blocks; null where it does not. */
  findInclusion(remark: SignedRemark, finalized: AnchorBlock): Promise<RemarkInclusion | null>
  close(): Promise<void>
}
