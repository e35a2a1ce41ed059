import { NO_POLICY, type AttestationPolicy } from '../../lib/protocol/attestation/policy'
import type { RegistryEntry } from '../../lib/protocol/attestation/reportData'
import { simulatorRootOn } from '../../lib/protocol/attestation/simulatorRoot'
import { INTEL_ROOT, type TrustedRoot } from '../../lib/protocol/attestation/trustedRoot'
import type { Verdict } from '../../lib/protocol/attestation/verdict'
import { verifyEvidence } from '../../lib/protocol/attestation/verifyEvidence'
import { buildPolicyOf } from './buildPolicy'

/** What a build trusts: fixed when it was made, whatever its server says later. */
export type Trust = {
  /** The chain that it was made for; undefined: any, with Intel's root alone. */
  chainId: bigint | undefined
  /** The measurements and the rest that a machine under Intel's root must have: JSON. */
  policy: string | undefined
}

/** An enclave's evidence, with the registry's entry that it must be about. `at`: chain time, Unix seconds. */
export type Question = {
  quote: Uint8Array
  collateral: unknown
  eventLog: unknown
  at: number
  entry: RegistryEntry
  /** What the page's server says is the local simulator's root: see `simulatorRootOn`, which decides who believes it. */
  simulatorRoot: string | undefined
}

/**
 * The verdict on an enclave, under the root that signed its quote: Intel's, or in a build for the local chain the
 * simulator's. PROTOCOL.md section 10.
 *
 * @throws Error where the entry is of another chain than the build; a policy or a simulator's root that cannot be read; a policy that
 * leaves something open.
 */
export async function judge({ entry, simulatorRoot, ...evidence }: Question, trust: Trust): Promise<Verdict> {
  if (trust.chainId !== undefined && entry.chainId !== trust.chainId)
    throw new Error(`this app was built for chain ${trust.chainId} and trusts no enclave on chain ${entry.chainId}`)
  const policy = buildPolicyOf(trust.policy)
  const verifyUnder = (root: TrustedRoot, accepted: AttestationPolicy) =>
    verifyEvidence({ ...evidence, root, policy: accepted, registryEntry: entry })
  const simulator = simulatorRootOn(trust.chainId, simulatorRoot)
  const real = await verifyUnder(INTEL_ROOT, policy)
  if (!simulator || endsInRoot(real)) return real
  // What a simulated machine says it measured is nothing to hold it to.
  const simulated = await verifyUnder(simulator, NO_POLICY)
  return endsInRoot(simulated) ? simulated : real
}

const endsInRoot = ({ checks }: Verdict) => checks.some(({ name, ok }) => name === 'trusted-root' && ok === true)
