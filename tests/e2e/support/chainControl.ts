import { encodeFunctionData, parseAbi, type Address, type Hash, type Hex } from 'viem'
import type { E2eStack } from './e2eStack'
import { controls } from './stranger'
import { until } from './until'

/** A transaction of an account whose key the node has, which signs it itself: what that person's other device would send. */
export function sendAs(
  house: E2eStack,
  from: Address,
  transaction: { to: string; data?: Hex; nonce?: Hex; maxFeePerGas?: Hex; maxPriorityFeePerGas?: Hex },
): Promise<Hash> {
  return house.client.request<{ Method: 'eth_sendTransaction'; Parameters: unknown; ReturnType: Hash }>({
    method: 'eth_sendTransaction',
    params: [{ from, ...transaction }],
  })
}

/** Demo money from the mint itself: ten thousand, in a block. */
export async function giveMoney(house: E2eStack, to: Address): Promise<void> {
  const data = encodeFunctionData({
    abi: parseAbi(['function mint(address to, uint256 amount)']),
    functionName: 'mint',
    args: [to, 10_000_000_000n],
  })
  const hash = await sendAs(house, to, { to: house.stack.deployment.contracts.demoToken!, data })
  await house.client.waitForTransactionReceipt({ hash })
}

type Waiting = { hash: Hash; nonce: Hex; to: Hex; data: Hex }

/** The transaction of an account that no block has taken yet. */
export function waitingOf(house: E2eStack, account: Address): Promise<Waiting> {
  const look = async (): Promise<Waiting | undefined> => {
    const block = await house.client.getBlock({ blockTag: 'pending', includeTransactions: true })
    const found = block.transactions.find(({ from }) => from.toLowerCase() === account.toLowerCase())
    if (!found?.to) return undefined
    return { hash: found.hash, nonce: `0x${found.nonce.toString(16)}`, to: found.to, data: found.input }
  }
  return until(`transaction of ${account} that waits`, look)
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

/** Blocks until the first of them is final: `finalized` is two behind on the local chain. */
const TO_BE_FINAL = 3

/**
 * The chain's time goes on by so many seconds at once, as it does for whoever closes the page and comes back; and what
 * the enclave waits for, that a block of this time is final, is so.
 */
export async function skipTime(house: Pick<E2eStack, 'stack'>, seconds: number): Promise<void> {
  const chain = controls(house)
  await chain.increaseTime({ seconds })
  await chain.mine({ blocks: TO_BE_FINAL })
}
