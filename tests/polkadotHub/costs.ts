import { parseTransaction, recoverTransactionAddress, type Hash } from 'viem'
import type { HubNode } from '../../lib/chain/hub/api'
import { nativeToEthRatio } from '../../lib/chain/hub/constants'
import { requirePart } from '../../lib/chain/hub/dryRun'
import { readGasPrice } from '../../lib/chain/hub/estimate'
import { findInclusion } from '../../lib/chain/hub/inclusion'
import { toWei } from '../../lib/chain/hub/nativeValue'
import { hubEthTransactResult, type HubWeight } from '../../lib/chain/hub/schemas'
import { ethereumPayloadOf, readExtrinsics } from '../../lib/chain/hub/transactions'

/** What a transaction took; `fee` and `storageDeposit`, where it is known, in plancks. */
export type Costs = { weight: HubWeight; fee: bigint; gasUsed: bigint; storageDeposit: bigint | undefined }

/**
 * The costs of an Ethereum-signed transaction that succeeded. No event names its storage deposit, so the same call is
 * run once more, on the state that it met.
 */
export async function costsOf(
  node: HubNode,
  { transactionHash, blockNumber }: { transactionHash: Hash; blockNumber: bigint },
): Promise<Costs> {
  const api = await node.open()
  const found = await findInclusion(node, { hash: transactionHash, fromBlock: blockNumber })
  if (!found) throw new Error(`${transactionHash} is in no block from ${blockNumber} on`)
  const extrinsic = (await readExtrinsics(api, found.block.hash))[found.position]
  const payload = extrinsic && ethereumPayloadOf(extrinsic)
  if (!payload) throw new Error(`${transactionHash} is not Ethereum-signed`)
  const { to, value = 0n, data = '0x' } = parseTransaction(payload)
  const from = await recoverTransactionAddress({ serializedTransaction: payload as `0x02${string}` })
  const before = await node.at((await api.rpc.chain.getBlockHash(found.block.number - 1n)).toHex())
  const run = requirePart(before.call.reviveApi?.ethTransact, 'reviveApi.ethTransact')
  const answer = hubEthTransactResult.parse((await run({ from, to, value, input: { input: data } })).toJSON())
  const storageDeposit = 'ok' in answer ? answer.ok.storageDeposit : undefined
  const gasUsed = toWei(found.fee, nativeToEthRatio(api)) / (await readGasPrice(api))
  return { weight: found.weight, fee: found.fee, gasUsed, storageDeposit }
}
