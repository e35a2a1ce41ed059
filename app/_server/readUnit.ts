import { erc20Abi, zeroAddress, type Address } from 'viem'
import type { Unit } from '../_format/amount'
import { chainClient } from './chainClient'
import { remember } from './remember'

const NATIVE: Unit = { symbol: 'ETH', decimals: 18 }
const LONGEST_SYMBOL = 12
const units = remember<Unit>(500)

/** How a payment token is written; null where its contract does not say. The zero address is the native coin. */
export function readUnit(token: Address): Promise<Unit | null> {
  if (token === zeroAddress) return Promise.resolve(NATIVE)
  return units(token, async () => {
    const client = await chainClient()
    const call = { address: token, abi: erc20Abi } as const
    const [symbol, decimals] = await Promise.all([
      client.readContract({ ...call, functionName: 'symbol' }),
      client.readContract({ ...call, functionName: 'decimals' }),
    ])
    return { symbol: symbol.slice(0, LONGEST_SYMBOL), decimals }
  })
}
