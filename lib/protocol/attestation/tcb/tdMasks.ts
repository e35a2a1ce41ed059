/** Bits that a field of a trust domain's report must have and may have. Masks in hex, in the order of the report's bytes. */
export interface TdMask {
  name: 'debug' | 'attributes' | 'xfam' | 'mrServiceTd'
  /** Where the field starts in the report body, in bytes; it is as long as its masks. */
  offset: number
  /** Which bodies have the field: all, or those of TDX 1.5. */
  since: '1.0' | '1.5'
  /** Every one of these bits is set. */
  required: string
  /** No other bit is set. */
  allowed: string
  code: 'DEBUG_ENABLED' | 'TD_ATTRIBUTES_UNACCEPTED'
}

/**
 * What a trust domain may be (PROTOCOL.md section 10), as data: browsers, the command line and the contract `DcapVerifier` are
 * tested against this one table (tests/vectors/attestation/masks.json). Bits as in Intel's TDX module ABI specification,
 * ATTRIBUTES and XFAM; offsets as in its DCAP quoting library API, A.3.2 and A.3.3.
 */
export const TD_MASKS: readonly TdMask[] = [
  // Bits 0 to 7 (TUD): debugging, profiling, and what else would leave the domain untrusted.
  { name: 'debug', offset: 120, since: '1.0', required: '00', allowed: '00', code: 'DEBUG_ENABLED' },
  {
    // Bits 8 to 63. Required: SEPT_VE_DISABLE (28), without which the host could forge page faults. Allowed: protection keys (30),
    // Key Locker (31), performance monitoring (63). So not MIGRATABLE (29), nor what is reserved.
    ...{ name: 'attributes', offset: 121, since: '1.0', code: 'TD_ATTRIBUTES_UNACCEPTED' },
    ...{ required: '00001000000000', allowed: '0000d000000080' },
  },
  {
    // Required: x87 (0) and SSE (1), which are fixed. Allowed: AVX (2), AVX-512 (5-7), PT (8), PKRU (9), CET (11, 12), UINTR (14),
    // LBR (15), AMX (17, 18).
    ...{ name: 'xfam', offset: 128, since: '1.0', code: 'TD_ATTRIBUTES_UNACCEPTED' },
    ...{ required: '0300000000000000', allowed: 'e7db060000000000' },
  },
  {
    // No service domain is bound to it: one that migrates it, say.
    ...{ name: 'mrServiceTd', offset: 600, since: '1.5', code: 'TD_ATTRIBUTES_UNACCEPTED' },
    ...{ required: '00'.repeat(48), allowed: '00'.repeat(48) },
  },
]
