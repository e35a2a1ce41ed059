import type { Address, Hash, Hex } from 'viem'
import type { ContractEvent } from './contractEvent'

/**
 * What the rest of Subrosa asks of a chain that runs its contracts. Everything above this line (reads, events,
 * calls) is encoding alone, so another kind of chain needs one implementation of these two interfaces:
 * `evm/` goes through an Ethereum RPC, `hub/` through a node of Polkadot Hub. `openConnection` chooses.
 */
export interface ChainConnection {
  /** The chain id the node answers with, asked anew each time. */
  readChainId(): Promise<bigint>
  /** @throws SubrosaError RPC_UNAVAILABLE where the node has no such block. */
  readBlock(block: BlockId): Promise<BlockRef>
  /**
   * Runs a call without a transaction.
   *
   * @throws ContractRevert with the contract's own error; CallRefused where the node answers and it did not run;
   * SubrosaError RPC_UNAVAILABLE where the node does not answer.
   */
  call(
    call: Pick<ContractCall, 'to' | 'data'> & Partial<ContractCall> & { from?: Address },
    block?: BlockId,
  ): Promise<Hex>
  /** Logs in order of block and index, both ends included. */
  readLogs(filter: LogFilter): Promise<RawLog[]>
  /**
   * Every log of one block, of whatever contract, in order, from its receipts. Null where the node serves no receipts
   * of whole blocks.
   *
   * @throws SubrosaError RPC_UNAVAILABLE where the node has no such block, or does not answer.
   */
  readReceiptLogs(blockHash: Hash): Promise<RawLog[] | null>
  /**
   * The data of the message that a transaction carries, found by a log of it. Null where the node does not have the
   * transaction, or it is not one message to a contract.
   */
  readCallData(where: Pick<RawLog, 'blockHash' | 'transactionHash'>): Promise<Hex | null>
}

/** A connection of one's own. `close` ends what it holds open, so that a program can end; it opens again when asked. */
export type OpenedConnection = ChainConnection & { close(): Promise<void> }

/** Sends an account's transactions. Each account needs one sender, which keeps its transactions in order. */
export interface TransactionSender {
  readonly address: Address
  /** Submits after a dry run. @throws ContractRevert without sending, where the call would fail now. */
  send(call: ContractCall, limit?: GasLimit): Promise<Hash>
  /** Waits until the transaction is in a block. @throws SubrosaError RPC_UNAVAILABLE after a time-out. */
  wait(hash: Hash): Promise<Receipt>
  /** `send` and `wait`. @throws ContractRevert also where the transaction reverted in its block. */
  execute(call: ContractCall, limit?: GasLimit): Promise<Receipt>
}

/** What a call may be estimated at, in gas; above it, it fails with TRANSACTION_REVERTED and is not sent. */
export type GasLimit = { maxGas?: bigint }

/** A block by number, or the newest, or the newest that can no longer be undone. */
export type BlockId = bigint | 'latest' | 'finalized'

/** `timestamp` in Unix seconds; `logsBloom` 256 bytes, where the node tells it. */
export type BlockRef = { number: bigint; hash: Hash; parentHash: Hash; timestamp: bigint; logsBloom?: Hex }

/** One message to a contract. `method` names it to people; it does not travel. */
export type ContractCall = { to: Address; data: Hex; value: bigint; method: string }

/**
 * `topics[i]`: one value, any of several, or null for all. With `blockHash`, that block's logs alone: a node that lags
 * and lacks the block fails, where a range would come back empty.
 */
export type LogFilter = {
  address: Address
  topics?: (Hex | Hex[] | null)[]
  fromBlock: bigint
  toBlock: bigint
  blockHash?: Hash
}

export type RawLog = {
  address: Address
  topics: Hex[]
  data: Hex
  blockNumber: bigint
  blockHash: Hash
  transactionHash: Hash
  logIndex: number
}

/** `events`: those of the auctions and the order book, in order. Logs of other contracts are left out. */
export type Receipt = {
  hash: Hash
  succeeded: boolean
  blockNumber: bigint
  gasUsed: bigint
  /** Wei a unit of gas. */
  gasPrice: bigint
  events: ContractEvent[]
}
