import type { Hex } from 'viem'

/** What vouches for `reportData` (64 bytes). */
export type Evidence = {
  /** As the verifier contract takes it. */
  evidence: Hex
  /** What attestors check off chain beside the quote itself: dstack's event log and machine configuration, JSON. */
  quote?: { eventLog: string; vmConfig: string }
}

/**
 * Where an enclave's keys come from. The simulator derives them from a file; a TEE's guest agent derives them from
 * keys that only this measured program is given. PROTOCOL.md section 10.
 */
export interface KeyProvider {
  /** Whether no hardware stands behind the keys. Told to operators; a registry decides by the root that signed. */
  readonly simulated: boolean
  /** 32 secret bytes, always the same for a path, unrelated between paths. */
  deriveSecret(path: string): Promise<Uint8Array>
  /** Evidence that this enclave made `reportData`. */
  attest(reportData: Uint8Array): Promise<Evidence>
}
