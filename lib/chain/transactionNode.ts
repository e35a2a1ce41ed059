import type { Address, Hash, Hex } from 'viem'
import type { ContractCall } from './connection'

/** EIP-1559 fees, in wei a unit of gas. */
export type Fees = { maxFeePerGas: bigint; maxPriorityFeePerGas: bigint }

/** What a transaction would need now, and the base fee that the next block will ask. */
export type FeeMarket = Fees & { baseFee: bigint }

/** A transaction that is signed and may be sent any number of times: its nonce lets the chain take it once. */
export type SignedTransaction = { hash: Hash; raw: Hex }

export type TransactionToSign = Pick<ContractCall, 'to' | 'data' | 'value'> & Fees & { nonce: number; gas: bigint }

/**
 * What a node said to a transaction. `known`: it has it already. `nonce-used`: a block holds another one of that nonce
 * (or this one). `underpriced`: it holds another one of that nonce and wants a higher bid.
 */
export type Broadcast = 'accepted' | 'known' | 'nonce-used' | 'underpriced'

/** Where a transaction got to; `gasPrice` in wei a unit. */
export type MinedTransaction = {
  blockNumber: bigint
  blockHash: Hash
  succeeded: boolean
  gasUsed: bigint
  gasPrice: bigint
}

/**
 * One account's transactions, step by step, for a program that keeps its own record of them: signing comes before
 * sending, so that what may be sent can be written down first. `TransactionSender` is the same in one step.
 */
export interface TransactionNode {
  readonly address: Address
  /** About how many units of this chain's gas go for one of Ethereum's, in which limits are written. */
  readonly gasScale: bigint
  /** Transactions of the account up to a block; `pending` counts those that wait as well, where the node says. */
  readNonce(block: 'latest' | 'pending' | 'finalized'): Promise<number>
  /** Wei. */
  readBalance(): Promise<bigint>
  readFeeMarket(): Promise<FeeMarket>
  /**
   * What the call would take, without a gas price; also its dry run.
   *
   * @param block `pending` counts what others have sent already, where the node says.
   * @throws ContractRevert where it would fail.
   */
  estimateGas(call: ContractCall, block: 'latest' | 'pending'): Promise<bigint>
  /** The same bytes for the same arguments, always. */
  sign(transaction: TransactionToSign): Promise<SignedTransaction>
  /** @throws SubrosaError INSUFFICIENT_BALANCE, RPC_UNAVAILABLE (which says nothing about whether it was taken) */
  broadcast(raw: Hex): Promise<Broadcast>
  /** Null while no block holds it. */
  readMined(hash: Hash): Promise<MinedTransaction | null>
}
