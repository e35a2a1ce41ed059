import type { ContractCall } from '../../lib/chain/connection'
import type { HubNode } from '../../lib/chain/hub/api'
import type { TransactionNode } from '../../lib/chain/transactionNode'
import { costsOf, type Costs } from './costs'

const TIMEOUT_MS = 300_000
const PAUSE_MS = 200

/** What the keeper does with each of its transactions, in one go. */
export async function executeSigned(hub: HubNode, node: TransactionNode, call: ContractCall): Promise<Costs> {
  const estimate = await node.estimateGas(call, 'latest')
  const { maxFeePerGas, maxPriorityFeePerGas } = await node.readFeeMarket()
  const nonce = await node.readNonce('pending')
  const gas = (estimate * 120n) / 100n
  const { to, data, value } = call
  const signed = await node.sign({ to, data, value, nonce, gas, maxFeePerGas, maxPriorityFeePerGas })
  const answer = await node.broadcast(signed.raw)
  if (answer !== 'accepted') throw new Error(`${call.method}: the node says ${answer}`)
  const start = performance.now()
  while (performance.now() - start < TIMEOUT_MS) {
    const mined = await node.readMined(signed.hash)
    if (mined?.succeeded) return costsOf(hub, { transactionHash: signed.hash, blockNumber: mined.blockNumber })
    if (mined) throw new Error(`${call.method} reverted in block ${mined.blockNumber}`)
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
  throw new Error(`${call.method} is in no block after ${TIMEOUT_MS} ms`)
}
