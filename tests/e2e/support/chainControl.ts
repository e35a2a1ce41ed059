import { encodeFunctionData, parseAbi, type Hash, type Hex } from 'viem'
import { demoAccount } from '../../../app/_wallet/demoAccounts'
import type { E2eStack } from './e2eStack'
import { controls } from './stranger'

/** A transaction of one of the demo accounts, which the node itself signs: what that person's other device would send. */
export function sendAs(
  house: E2eStack,
  position: number,
  transaction: { to: string; data?: Hex; nonce?: Hex; maxFeePerGas?: Hex; maxPriorityFeePerGas?: Hex },
): Promise<Hash> {
  const { address } = demoAccount(position)
  return house.client.request<{ Method: 'eth_sendTransaction'; Parameters: unknown; ReturnType: Hash }>({
    method: 'eth_sendTransaction',
    params: [{ from: address, ...transaction }],
  })
}

/** Demo money from the mint itself: ten thousand, in a block. */
export async function giveMoney(house: E2eStack, position: number): Promise<void> {
  const data = encodeFunctionData({
    abi: parseAbi(['function mint(address to, uint256 amount)']),
    functionName: 'mint',
    args: [demoAccount(position).address, 10_000_000_000n],
  })
  const hash = await sendAs(house, position, { to: house.stack.deployment.contracts.demoToken!, data })
  await house.client.waitForTransactionReceipt({ hash })
}

type Waiting = { hash: Hash; nonce: Hex; to: Hex; data: Hex }

/** The transaction of one of the demo accounts that no block has taken yet. */
export async function waitingOf(house: E2eStack, position: number): Promise<Waiting> {
  const from = demoAccount(position).address.toLowerCase()
  for (let look = 0; look < 100; look++) {
    const block = await house.client.getBlock({ blockTag: 'pending', includeTransactions: true })
    const found = block.transactions.find((transaction) => transaction.from.toLowerCase() === from)
    if (found?.to) return { hash: found.hash, nonce: `0x${found.nonce.toString(16)}`, to: found.to, data: found.input }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error(`account ${position} has no transaction waiting`)
}

/** No block takes anything until `work` is done. */
export async function withoutBlocks(house: E2eStack, work: () => Promise<void>): Promise<void> {
  const chain = controls(house)
  await chain.setAutomine(false)
  await chain.setIntervalMining({ interval: 0 })
  try {
    await work()
  } finally {
    await chain.setIntervalMining({ interval: 2 })
  }
}

/** The chain's time goes on by so many seconds at once, as it does for whoever closes the page and comes back. */
export async function skipTime(house: Pick<E2eStack, 'stack'>, seconds: number): Promise<void> {
  const chain = controls(house)
  await chain.increaseTime({ seconds })
  await chain.mine({ blocks: 1 })
}
