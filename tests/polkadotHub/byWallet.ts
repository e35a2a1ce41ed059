import { strict as assert } from 'node:assert'
import type { Signer } from '@polkadot/api/types'
import type { KeyringPair } from '@polkadot/keyring/types'
import { TypeRegistry } from '@polkadot/types'
import { createPublicClient, createWalletClient, custom, type Hash, type TransactionReceipt } from 'viem'
import { batchStatus, canBatch, sendBatch } from '../../app/_transaction/batch'
import { polkadotProvider } from '../../app/_wallet/polkadotProvider'
import type { ContractCall } from '../../lib/chain/connection'
import { hubRequest } from '../../lib/chain/hub/ethereumRpc'
import { openHubWallet } from '../../lib/chain/hub/wallet'
import { pairOf } from './people'
import type { HubWorld } from './world'

const TIMEOUT_MS = 300_000

/** An extension's answers: the signature alone, of the payload that it was shown. */
export function signerOf(pair: KeyringPair): Signer {
  return {
    signPayload: (payload) => {
      const registry = new TypeRegistry()
      registry.setSignedExtensions(payload.signedExtensions)
      const { signature } = registry.createType('ExtrinsicPayload', payload, { version: payload.version }).sign(pair)
      return Promise.resolve({ id: 1, signature })
    },
  }
}

/**
 * Sends calls as the web app does for a Polkadot wallet: through its provider and viem's clients, one call as a transaction,
 * several as one batch (EIP-5792).
 */
export async function sendByWallet(
  { node, deployment: { chainId } }: Pick<HubWorld, 'node' | 'deployment'>,
  name: Parameters<typeof pairOf>[0],
  calls: readonly ContractCall[],
): Promise<TransactionReceipt> {
  const pair = pairOf(name)
  const genesisHash = (await node.open()).genesisHash.toHex()
  const account = { address: pair.address, accountId: pair.addressRaw }
  const opened = openHubWallet({ node, account, signer: signerOf(pair), genesisHash })
  const { address } = opened
  const read = hubRequest(node)
  const provider = polkadotProvider({ chainId, address, wallet: () => Promise.resolve(opened), read })
  const wallet = createWalletClient({ account: address, transport: custom(provider, { retryCount: 0 }) })
  const chain = createPublicClient({ transport: custom({ request: read }, { retryCount: 0 }), pollingInterval: 500 })
  const [first, ...more] = calls
  assert(first)
  const { to, data, value } = first
  if (more.length > 0) assert(await canBatch(wallet, address, chainId))
  const sent =
    more.length > 0
      ? await sendBatch(wallet, { account: address, chainId, calls })
      : await wallet.sendTransaction({ to, data, value, chain: null })
  const receipt = await chain.waitForTransactionReceipt({ hash: sent as Hash, timeout: TIMEOUT_MS })
  assert.equal(receipt.status, 'success')
  if (more.length > 0) assert.deepEqual(await batchStatus(wallet, sent), { hash: sent, block: receipt.blockNumber })
  return receipt
}
