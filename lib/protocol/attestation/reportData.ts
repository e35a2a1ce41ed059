import type { Address, Hex } from 'viem'
import { concat, encodeAbiParameters, hexToBytes, keccak256 } from 'viem/utils'

const STATEMENT_VERSION = 2
const STATEMENT_LAYOUT = [
  { type: 'uint8' },
  { type: 'uint256' },
  { type: 'address' },
  { type: 'address' },
  { type: 'uint64' },
  { type: 'bytes' },
  { type: 'uint64' },
  { type: 'uint64' },
] as const

/** What the registry says of an enclave's keys for one epoch. Times in Unix seconds. */
export interface RegistryEntry {
  chainId: bigint
  registry: Address
  signer: Address
  /** Who registered the key and answers for its enclaves. */
  operator: Address
  /** The dstack app that holds the key: 20 bytes. Not in the report data: the event log proves it. */
  appId: Hex
  epoch: bigint
  /** The sealing key: 65 bytes, uncompressed. */
  publicKey: Hex
  notBefore: bigint
  notAfter: bigint
}

/** PROTOCOL.md section 10: signer | keccak256 of the statement | 12 zero bytes; 64 bytes. */
export function reportDataOf(entry: RegistryEntry): Uint8Array {
  const { chainId, registry, signer, operator, epoch, publicKey, notBefore, notAfter } = entry
  const values = [STATEMENT_VERSION, chainId, registry, operator, epoch, publicKey, notBefore, notAfter] as const
  const statement = keccak256(encodeAbiParameters(STATEMENT_LAYOUT, values))
  return hexToBytes(concat([signer, statement, `0x${'00'.repeat(12)}`]))
}
