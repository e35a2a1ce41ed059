import { Keyring } from '@polkadot/api'
import type { KeyringPair } from '@polkadot/keyring/types'
import { decodeFunctionResult, encodeFunctionData, erc20Abi, numberToHex, type Address } from 'viem'
import type { ChainConnection } from '../../lib/chain/connection'
import type { HubNode } from '../../lib/chain/hub/api'
import { requirePart } from '../../lib/chain/hub/dryRun'
import { waitForInclusion } from '../../lib/chain/hub/inclusion'

/** Where pallet-revive shows an asset of pallet-assets as an ERC-20: its id, and the prefix of the trust-backed ones. */
export function assetAddress(id: number): Address {
  return `${numberToHex(id, { size: 4 })}${'00'.repeat(12)}01200000`
}

/** Creates an asset and gives its creator some, in one transaction. Ordinary assets of the Hub, no contract of ours. */
export async function issueAsset(node: HubNode, owner: string, id: number, amount: bigint): Promise<Address> {
  const api = await node.open()
  const pair: KeyringPair = new Keyring({ type: 'sr25519' }).addFromUri(`//${owner}`)
  const create = requirePart(api.tx.assets?.create, 'assets.create')(id, pair.address, 1)
  const mint = requirePart(api.tx.assets?.mint, 'assets.mint')(id, pair.address, amount)
  const batch = requirePart(api.tx.utility?.batchAll, 'utility.batchAll')([create, mint])
  const fromBlock = (await api.rpc.chain.getHeader()).number.toBigInt()
  const signed = await batch.signAsync(pair, { nonce: await api.rpc.system.accountNextIndex(pair.address) })
  await api.rpc.author.submitExtrinsic(signed)
  const found = await waitForInclusion(node, { hash: signed.hash.toHex(), fromBlock }, 300_000)
  if (!found.succeeded) throw new Error(`asset ${id} was not issued: ${found.refusal}`)
  return assetAddress(id)
}

export async function balanceOf(connection: ChainConnection, token: Address, owner: Address): Promise<bigint> {
  const call = { abi: erc20Abi, functionName: 'balanceOf' as const }
  const data = await connection.call({ to: token, data: encodeFunctionData({ ...call, args: [owner] }) })
  return decodeFunctionResult({ ...call, data })
}
