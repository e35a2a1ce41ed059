import { bytesToHex } from '@noble/hashes/utils.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { parsePolicy } from './policy'
import { parseQuote } from './quote/parseQuote'
import { demand } from './rejection'
import { TCB_STATUSES } from './tcb/status'
import type { TrustedRoot } from './trustedRoot'
import { verifyEvidence } from './verifyEvidence'
import { fingerprintOf } from './x509/chain'
import { parseCertificate } from './x509/certificate'
import { readPlatformTcb } from './x509/pckExtension'
import { decodePemChain } from './x509/pem'

/** The kind of platform that a quote comes from: machines of one kind share their collateral. */
export interface QuotedPlatform {
  /** TEE, FMSPC, and a digest of the key that certified the machine: what Intel's documents and lists are about. */
  platform: string
  /** The root that the quote itself names. Nobody has to trust it. */
  root: TrustedRoot
}

/** @throws Rejection for bytes that are no quote with a PCK certificate chain. Nothing is checked. */
export function platformOf(quote: Uint8Array): QuotedPlatform {
  const { auth, tee } = parseQuote(quote)
  const [pck, issuer, root, more] = decodePemChain(auth.pckChain, 'PCK chain')
  demand(pck !== undefined && issuer !== undefined && root !== undefined && more === undefined, 'no PCK chain of three')
  const { fmspc } = readPlatformTcb(parseCertificate(pck, 'PCK certificate'))
  const { publicKey } = parseCertificate(issuer, 'PCK issuer')
  return {
    platform: `${tee}-${fmspc}-${bytesToHex(sha256(publicKey))}`,
    root: { name: 'intel', fingerprint: fingerprintOf(root) },
  }
}

/** A platform that Intel calls outdated has right collateral all the same; whoever verifies decides what to make of it. */
const ANY_STATUS = parsePolicy({ acceptedTcbStatuses: TCB_STATUSES.filter((status) => status !== 'Revoked') })

/** A log that fails any of these is kept by nobody: it is constant, so that the first one kept stays. */
const OF_EVENT_LOG: readonly string[] = [
  ...['event-log-structure', 'event-digests', 'event-duplicates', 'rtmr-replay', 'rtmr3-replay', 'boot-events'],
]

/** What of served evidence fits a quote, so that one liar's does not stand in the way of another's. */
export interface KeepableEvidence {
  eventLog: boolean
  /** Unix seconds until which the collateral holds; null where it does not now. */
  collateralUntil: number | null
}

/**
 * Whether an event log and collateral are those of a quote: each is held against it under the root that it names. They are kept
 * by what they fit and for whoever verifies, who trusts neither them nor this.
 *
 * @param at Unix seconds.
 */
export async function keepableEvidence(evidence: {
  quote: Uint8Array
  eventLog: unknown
  collateral: unknown
  at: number
}): Promise<KeepableEvidence> {
  const { quote, eventLog, collateral, at } = evidence
  const { root } = platformOf(quote)
  const common = { quote, collateral, at, root, policy: ANY_STATUS }
  const [platform, whole] = await Promise.all([verifyEvidence(common), verifyEvidence({ ...common, eventLog })])
  const isWrong = whole.checks.some(({ name, ok }) => OF_EVENT_LOG.includes(name) && ok === false)
  return { eventLog: whole.app !== null && !isWrong, collateralUntil: platform.ok ? platform.validUntil : null }
}
