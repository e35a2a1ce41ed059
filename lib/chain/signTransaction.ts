import { keccak256, parseSignature, serializeTransaction, type Hex } from 'viem'
import { signDigest } from '../protocol/signDigest'
import type { SignedTransaction, TransactionToSign } from './transactionNode'

/** Signs an EIP-1559 transaction: the same arguments always give the same bytes, by which it is found again. */
export function signTransaction(transaction: TransactionToSign, chainId: number, privateKey: Hex): SignedTransaction {
  const unsigned = { ...transaction, type: 'eip1559', chainId } as const
  const digest = keccak256(serializeTransaction(unsigned))
  const raw = serializeTransaction(unsigned, parseSignature(signDigest(digest, privateKey)))
  return { raw, hash: keccak256(raw) }
}
