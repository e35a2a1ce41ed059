import type { Hex } from 'viem'
import { bytesToHex, decodeAbiParameters, encodeAbiParameters, hexToBytes, keccak256 } from 'viem/utils'

const PARTS = [{ type: 'bytes' }, { type: 'bytes' }] as const

/** What a registration hands to the verifier contract. PROTOCOL.md section 10. */
export interface Evidence {
  /** The machine's own word, which stands on chain in the registry's event. */
  quote: Uint8Array
  /** Signatures of who checked it, in the form that the verifier contract asks for. */
  approval: Uint8Array
}

/** abi.encode(quote, approval), as contracts/src/libraries/Evidence.sol takes it. */
export function encodeEvidence({ quote, approval }: Evidence): Hex {
  return encodeAbiParameters(PARTS, [bytesToHex(quote), bytesToHex(approval)])
}

/** @returns null for bytes that are not the one encoding of a quote and an approval. */
export function decodeEvidence(evidence: Hex): Evidence | null {
  try {
    const [quote, approval] = decodeAbiParameters(PARTS, evidence)
    const parts = { quote: hexToBytes(quote), approval: hexToBytes(approval) }
    return encodeEvidence(parts) === evidence.toLowerCase() ? parts : null
  } catch {
    return null
  }
}

const APPROVED = [{ type: 'bytes' }, { type: 'bytes20' }, { type: 'bytes32' }] as const

/**
 * What a simulator's root signs to admit an entry: keccak256(abi.encode(reportData, appId, keccak256(quote))).
 *
 * @param appId 20 bytes.
 */
export function approvalDigest(reportData: Uint8Array, appId: Hex, quote: Uint8Array): Hex {
  return keccak256(encodeAbiParameters(APPROVED, [bytesToHex(reportData), appId, keccak256(quote)]))
}
