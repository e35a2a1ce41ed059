import type { Address, Hex } from 'viem'
import { EIP712_DOMAIN } from '../constants'

const WARNING =
  "Whoever gets this signature can read this wallet's sealed orders in this market, those already there and those to come. " +
  'It moves no money. Sign it only on a page you trust, to seal an order or to read your own orders again.'

const TYPES = {
  OrderSecret: [
    { name: 'warning', type: 'string' },
    { name: 'chainId', type: 'uint256' },
    { name: 'book', type: 'address' },
    { name: 'market', type: 'bytes32' },
  ],
} as const

/**
 * The EIP-712 message whose signature is a wallet's secret for one market. Fixed: any change to it makes earlier orders
 * unrecoverable. PROTOCOL.md section 4.
 */
export function orderSecretTypedData({ chainId, contract, id }: { chainId: bigint; contract: Address; id: Hex }) {
  return {
    domain: { ...EIP712_DOMAIN, chainId, verifyingContract: contract },
    types: TYPES,
    primaryType: 'OrderSecret',
    message: { warning: WARNING, chainId, book: contract, market: id },
  } as const
}
