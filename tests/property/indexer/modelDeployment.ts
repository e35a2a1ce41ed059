import { pad, toHex, type Address } from 'viem'
import type { Deployment } from '../../../lib/chain/deployment'

export const MODEL_DEPLOYMENT: Deployment = {
  chainId: 31337,
  startBlock: '1',
  contracts: { auctions: addressOf(0xa0), book: addressOf(0xa3), registry: addressOf(0xa1), verifier: addressOf(0xa2) },
}

export function addressOf(number: number): Address {
  return pad(toHex(number), { size: 20 })
}
