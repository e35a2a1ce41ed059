import { randomBytes } from 'node:crypto'
import { encodeFunctionData, numberToHex, pad, zeroAddress, type Address, type Hex } from 'viem'
import { demoTokenAbi } from '../../../lib/abi/demoToken'
import { approveMarginCall, depositMarginCall } from '../../../lib/chain/calls/book/margin'
import { placeOrderCall } from '../../../lib/chain/calls/book/orders'
import type { ContractCall } from '../../../lib/chain/connection'
import { bookDomain, type Deployment } from '../../../lib/chain/deployment'
import { ORDER_FLAG } from '../../../lib/protocol/clearing/orders'
import { sealOrder } from '../../../lib/protocol/book/sealOrder'

/** What a bench asks of anvil: transactions of anybody, without signatures, and blocks when it says so. */
export type BenchChain = {
  send: (from: Address, call: ContractCall, gas?: bigint) => Promise<void>
  mine: () => Promise<void>
}

/** Transactions that a block has room for. */
const A_BLOCK = 150

async function rpc(url: string, method: string, params: unknown[]): Promise<unknown> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
  const response = await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
  const answer = (await response.json()) as { result?: unknown; error?: { message: string } }
  if (answer.error) throw new Error(`${method}: ${answer.error.message}`)
  return answer.result
}

/** Takes the chain over: from here on a block comes when `mine` says so, or `A_BLOCK` transactions wait. */
export async function openBenchChain(rpcUrl: string): Promise<BenchChain> {
  await rpc(rpcUrl, 'anvil_autoImpersonateAccount', [true])
  await rpc(rpcUrl, 'evm_setAutomine', [false])
  let waiting = 0
  const mine = async () => {
    await rpc(rpcUrl, 'anvil_mine', ['0x1', '0x1'])
    waiting = 0
  }
  return {
    mine,
    async send(from, { to, data, value }, gas = 250_000n) {
      const limits = { value: numberToHex(value), gas: numberToHex(gas) }
      await rpc(rpcUrl, 'eth_sendTransaction', [{ from, to, data, ...limits }])
      if ((waiting += 1) >= A_BLOCK) await mine()
    },
  }
}

export type BenchMarket = { id: Hex; base: Address; lotSize: bigint; tickSize: bigint; sealingKey: Hex; keyId: Hex }

/** A trader of the bench: nobody has his key. */
export const traderAt = (index: number): Address => pad(numberToHex(0xb00c_0000 + index), { size: 20 })

/** Gives a trader coins for gas and margin of either token: even ones buy with native coin, odd ones sell. */
export async function fundBenchTrader(
  { rpcUrl, chain, deployment }: { rpcUrl: string; chain: BenchChain; deployment: Deployment },
  market: BenchMarket,
  index: number,
): Promise<void> {
  const trader = traderAt(index)
  await rpc(rpcUrl, 'anvil_setBalance', [trader, numberToHex(10n ** 21n)])
  if (index % 2 === 0) return chain.send(trader, depositMarginCall(deployment, market.id, zeroAddress, 10n ** 18n))
  const amount = 1_000n * market.lotSize
  const data = encodeFunctionData({ abi: demoTokenAbi, functionName: 'mint', args: [trader, amount] })
  await chain.send(trader, { to: market.base, data, value: 0n, method: 'mint' })
  await chain.send(trader, approveMarginCall(deployment, market.base, amount))
  await chain.send(trader, depositMarginCall(deployment, market.id, market.base, amount))
}

/** Seals and places one order of a trader, around a price of 1,000 ticks. */
export async function placeBenchOrder(
  { chain, deployment }: { chain: BenchChain; deployment: Deployment },
  { id, sealingKey, keyId }: BenchMarket,
  index: number,
): Promise<void> {
  const trader = traderAt(index)
  const spread = (index * 7919) % 60
  const terms = {
    flags: index % 2 === 0 ? 0 : ORDER_FLAG.sell,
    price: index % 2 === 0 ? 980 + spread : 1_020 - spread,
    ...{ quantity: 1 + (index % 9), minFill: 0, expiryBatch: 0 },
  }
  const secrets = { secret: randomBytes(32), salt: randomBytes(16) }
  const order = await sealOrder({
    domain: bookDomain(deployment),
    marketId: id,
    sealingKey,
    trader,
    terms,
    minLots: 1,
    ...secrets,
  })
  const { x, y, sealed } = order
  await chain.send(trader, placeOrderCall(deployment, { id, keyId, x, y, sealed }))
}
