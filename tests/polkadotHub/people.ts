import { Keyring } from '@polkadot/api'
import { u8aToHex } from '@polkadot/util'
import { cryptoWaitReady } from '@polkadot/util-crypto'
import { keccak256, stringToHex, type Hex } from 'viem'
import { privateKeyToAccount, type PrivateKeyAccount } from 'viem/accounts'
import type { HubNode } from '../../lib/chain/hub/api'
import { openHubSender, type HubSender } from '../../lib/chain/hub/sender'
import { openHubTransactionNode } from '../../lib/chain/hub/transactionNode'
import type { Deployment } from '../../lib/chain/deployment'
import type { TransactionNode } from '../../lib/chain/transactionNode'
import { accountOfAddress } from '../../lib/protocol/polkadot/mappedAddress'
import type { Balances } from './chain/hubChain'

/** A hundred thousand coins of ten decimals. */
const ENDOWMENT = 10n ** 15n
const SUBSTRATE = ['seller', 'alice', 'bob'] as const
/** The keeper's key is with its own process. */
const ETHEREUM = ['carol', 'keeper'] as const
type SubstrateName = (typeof SUBSTRATE)[number]

export type People = Record<SubstrateName, HubSender> & { carol: TransactionNode }

/** Keys that exist in this test alone. */
export const keyOf = (name: string): Hex => keccak256(stringToHex(`polkadot-hub-test/${name}`))

/** Three who checked the enclave's quote, in ascending order, as the contract wants them. */
export const ATTESTORS: PrivateKeyAccount[] = ['attestor-1', 'attestor-2', 'attestor-3']
  .map((name) => privateKeyToAccount(keyOf(name)))
  .sort((a, b) => (a.address.toLowerCase() < b.address.toLowerCase() ? -1 : 1))

export const pairOf = (name: SubstrateName) => new Keyring({ type: 'sr25519' }).addFromUri(`//${name}`)

export async function balances(): Promise<Balances> {
  await cryptoWaitReady()
  const accounts = [
    ...SUBSTRATE.map((name) => pairOf(name).addressRaw),
    ...ETHEREUM.map((name) => accountOfAddress(privateKeyToAccount(keyOf(name)).address)),
  ]
  return Object.fromEntries(accounts.map((account) => [u8aToHex(account), ENDOWMENT]))
}

/** @param deployment Without one: to deploy with. */
export function openSeller(node: HubNode, deployment?: Deployment): HubSender {
  return openHubSender({ node, deployment, pair: pairOf('seller'), timeout: 300_000 })
}

export function openPeople(node: HubNode, deployment: Deployment): People {
  const sender = (name: SubstrateName) => openHubSender({ node, deployment, pair: pairOf(name), timeout: 300_000 })
  return {
    ...{ seller: sender('seller'), alice: sender('alice'), bob: sender('bob') },
    carol: openHubTransactionNode({ node, deployment, account: keyOf('carol') }),
  }
}
