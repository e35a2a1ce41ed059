import type { Hex } from 'viem'
import type { Collateral } from '../../protocol/attestation/tcb/collateral'
import type { Evidence } from '../../protocol/attestation/evidence'

/** What vouches for report data, with what a verifier needs beside it. PROTOCOL.md section 10. */
export type Attestation = Evidence & {
  /** The machine's list of events: parsed JSON, as dstack gives it. */
  eventLog: unknown
  /** dstack's description of the machine, JSON text; empty where there is none. */
  vmConfig: string
}

/**
 * Where an enclave's keys come from. The simulator derives them from a file; a TEE's guest agent derives them from
 * keys that only this measured program is given. PROTOCOL.md section 10.
 */
export interface KeyProvider {
  /** Whether no hardware stands behind the keys. Told to operators; a registry decides by the root that signed. */
  readonly simulated: boolean
  /** The app whose keys these are, as its key management service knows it: 20 bytes. */
  readonly appId: Hex
  /** 32 secret bytes, always the same for a path, unrelated between paths; the same in every instance of the app. */
  deriveSecret(path: string): Promise<Uint8Array>
  /**
   * 32 secret bytes that this instance alone has: drawn at random at its first start and kept on its disk. Other instances
   * of the app have others, so that one that lies can be told from them.
   */
  instanceSecret(): Promise<Uint8Array>
  /** Evidence that this enclave made `reportData` (64 bytes). */
  attest(reportData: Uint8Array): Promise<Attestation>
  /**
   * What the hardware's maker says about the platform, which whoever verifies a quote needs.
   *
   * @param at Unix seconds; what the simulator makes is valid for 30 days from then.
   * @returns null where the operator has given none.
   */
  readCollateral(at: number): Promise<Collateral | null>
}
