import { getAddress, keccak256, pad, parseGwei, parseTransaction, recoverTransactionAddress, type Hex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { describe, expect, it } from 'vitest'
import type { Deployment } from '../../../lib/chain/deployment'
import { openEvmTransactionNode } from '../../../lib/chain/evm/transactionNode'
import type { HubNode } from '../../../lib/chain/hub/api'
import { openHubTransactionNode } from '../../../lib/chain/hub/transactionNode'
import type { TransactionNode, TransactionToSign } from '../../../lib/chain/transactionNode'
import { withSignEntropy } from '../../fixtures/signEntropy'

const account: Hex = `0x${'11'.repeat(32)}`
const deployment = { chainId: 31337 } as Deployment
const transaction: TransactionToSign = {
  ...({ to: getAddress(pad('0xaa', { size: 20 })), data: '0x1234', value: 5n, nonce: 7, gas: 21_000n } as const),
  ...{ maxFeePerGas: parseGwei('2'), maxPriorityFeePerGas: 1n },
}
/** Nobody is asked for anything: signing takes no node. */
const NODES: [string, TransactionNode][] = [
  ['an Ethereum node', openEvmTransactionNode({ rpcUrl: 'http://127.0.0.1:9', deployment, account })],
  ['a Hub', openHubTransactionNode({ node: {} as HubNode, deployment, account })],
]

describe.each(NODES)('a transaction for %s', (_where, node) => {
  it('is what was asked for, signed by the account, as viem itself would', async () => {
    const { raw, hash } = await node.sign(transaction)
    const { to, ...rest } = transaction
    expect(parseTransaction(raw)).toMatchObject({ ...rest, to: to.toLowerCase(), chainId: 31337, type: 'eip1559' })
    expect(await recoverTransactionAddress({ serializedTransaction: raw as `0x02${string}` })).toBe(node.address)
    expect(hash).toBe(keccak256(raw))
    const byViem = privateKeyToAccount(account)
    expect(node.address).toBe(byViem.address)
    expect(await byViem.signTransaction({ ...transaction, type: 'eip1559', chainId: 31337 })).toBe(raw)
  })

  it('is the same each time, whatever else in this process has viem’s signatures vary', async () => {
    const signed = await node.sign(transaction)
    // A keeper signs again what it wrote down, and finds it by the hash of the first time.
    expect(await withSignEntropy(() => node.sign(transaction))).toEqual(signed)
  })
})
