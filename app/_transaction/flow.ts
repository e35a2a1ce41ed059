import type { Address, Hash } from 'viem'
import type { ContractCall } from '../../lib/chain/connection'
import type { Room } from '../../lib/chain/deployment'
import type { ReceiptToSave } from './state'

/** A transaction the chain has included. */
export type Included = { hash: Hash; block: bigint }

/** What a job may do while it runs; each step shows in the dialog. */
export type Flow = {
  encrypting(): void
  /**
   * The bid or order is sealed. Unless the wallet can open it again and the browser has stored its record, waits until the
   * person has the receipt as a file.
   * @param fromBlock Where to look for it on the chain.
   */
  saved(saving: ReceiptToSave, fromBlock: bigint): Promise<void>
  /** The wallet is asked for something other than a transaction. */
  asking(step: string): void
  /**
   * Checks account and chain, tries the call without sending, asks the wallet, and waits until it is included.
   * @param step In words, for the dialog.
   * @param seen Looks for the effect on the chain itself, for wallets that answer with no transaction hash.
   * @throws whatever refused; `explain` translates it.
   */
  send(call: ContractCall, step: string, seen?: () => Promise<Included | null>): Promise<Included>
  /** As `send`, for several calls that the wallet does in one confirmation, all or none (EIP-5792). */
  sendTogether(calls: readonly ContractCall[], step: string, seen?: () => Promise<Included | null>): Promise<Included>
}

/** What a person is asked to agree to, and what happens then. */
export type Job = {
  /** Whom it was prepared for: with another account in the wallet it is refused. */
  account: Address
  /** Whose contract it is about; the auctions' unless named. */
  room?: Room
  title: string
  /** What the wallet will be asked to sign, one sentence each: amounts, to whom, until when. */
  preview: readonly string[]
  /** What becomes public by doing it. */
  leaks?: string | undefined
  confirm: string
  look?: 'main' | 'seal'
  /** Said when the last transaction is included. */
  done: string
  run: (flow: Flow) => Promise<unknown>
}
