import { parseCompletePolicy } from '../../lib/protocol/attestation/completePolicy'
import { parsePolicy, type AttestationPolicy } from '../../lib/protocol/attestation/policy'

const LOCAL_CHAIN_ID = '31337'

/** Where a build names no policy, any program in any machine of Intel's would pass: so none does. */
const NOTHING_ACCEPTED = parsePolicy({ appIds: [], composeHashes: [], measurements: [], keyProviders: [] })

/**
 * What a build accepts under Intel's root: all that its policy names, and nothing where it names none.
 *
 * @throws Error where the policy cannot be read, or leaves something open.
 */
export function buildPolicyOf(json: string | undefined): AttestationPolicy {
  return json === undefined ? NOTHING_ACCEPTED : parseCompletePolicy(JSON.parse(json))
}

/**
 * Whether an app may be built like this; for next.config.js. Only the local chain's may go without a policy.
 *
 * @param json Empty where there is none.
 * @throws Error that names the variable and what is missing.
 */
export function requireBuildPolicy(chainId: string, json: string): void {
  if (json === '' && chainId === LOCAL_CHAIN_ID) return
  try {
    buildPolicyOf(json === '' ? '{}' : json)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`SUBROSA_ATTESTATION_POLICY: ${reason} (docs/operating.md, “A web app for another chain”)`)
  }
}
