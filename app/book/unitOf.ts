import { zeroAddress } from 'viem'
import type { Token } from '../api/v1/_schemas/market'
import type { Unit } from '../_format/amount'
import { shortHex } from '../_format/hex'

const NATIVE: Unit = { symbol: 'ETH', decimals: 18 }
const LONGEST_SYMBOL = 12
/** More decimals than that no amount could be written with. */
const MOST_DECIMALS = 36

/** How a market's token is written: by its own word, and exactly, if not prettily, where it says nothing of use. */
export function unitOf({ address, symbol, decimals }: Token): Unit {
  if (address === zeroAddress) return NATIVE
  const name = symbol?.trim().slice(0, LONGEST_SYMBOL) || shortHex(address)
  return { symbol: name, decimals: decimals !== null && decimals <= MOST_DECIMALS ? decimals : 0 }
}
