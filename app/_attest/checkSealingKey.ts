import { isAddressEqual, type Address, type Hex } from 'viem'
import type { ChainConnection } from '../../lib/chain/connection'
import { registryEntryOf, type Deployment } from '../../lib/chain/deployment'
import { CHECKS, type Check } from '../../lib/protocol/attestation/checks'
import { decodeEvidence } from '../../lib/protocol/attestation/evidence'
import type { Verdict } from '../../lib/protocol/attestation/verdict'
import { SubrosaError } from '../../lib/protocol/errors'
import { keyIdOf } from '../../lib/protocol/sealing/context'
import type { EnclaveEvidence } from '../api/v1/_schemas/enclave'
import { readSealingKeys, type SealingKey } from '../_data/readSealingKeys'
import type { Question } from './judge'

/** How a key is judged: the chain, where event logs and collateral come from (no one trusts that), and who judges. */
export type CheckTools = {
  chain: ChainConnection
  deployment: Deployment
  /** As in `Question`. */
  simulatorRoot: string | undefined
  readEvidence: (keyId: Hex) => Promise<EnclaveEvidence>
  judge: (question: Question) => Promise<Verdict>
  /** This device's own clock, in Unix seconds. */
  now: () => number
}

const LOCAL_CHAIN_ID = 31337
/** How far the chain's time may be from one's own, in seconds: a node that shows an old chain shows old revocations. */
const LARGEST_GAP = 3600

/** One enclave of a key. `problem`, in words, says why bids must not be sealed; null where every check holds. */
export type EnclaveFinding = { signer: Address; verdict: Verdict | null; problem: string | null }

/** What was found about a key. `simulated`: some enclave's quote ends in the simulator's root. */
export type KeyFinding = { problem: string | null; simulated: boolean; enclaves: EnclaveFinding[] }

/**
 * Whether bids may be sealed to a key (PROTOCOL.md section 10): the registry's entry and the quotes come from the chain,
 * each quote is verified at the chain's time, and must state that entry. Away from the local chain that time must be this
 * device's too. Every enclave that holds the key could open bids, so that one whose evidence fails is enough to refuse it.
 */
export async function checkSealingKey(tools: CheckTools, keyId: Hex): Promise<KeyFinding> {
  const { chain, deployment } = tools
  const [{ timestamp }, keys] = await Promise.all([chain.readBlock('latest'), readSealingKeys(chain, deployment)])
  if (deployment.chainId !== LOCAL_CHAIN_ID && Math.abs(Number(timestamp) - tools.now()) > LARGEST_GAP)
    return refused(apart(Number(timestamp) - tools.now()))
  const key = keys.find((candidate) => candidate.keyId === keyId)
  if (!key || keyIdOf(key.publicKey) !== keyId) return refused('The registry does not know this sealing key.')
  if (key.revokedAt !== null) return refused('This sealing key was revoked.')

  if (key.signers.length === 0) return refused('The registry’s events name no enclave that holds this key.')

  const served = await tools.readEvidence(keyId).catch(() => null)
  const enclaves = await Promise.all(
    key.signers.map((signer) => checkEnclave(tools, key, signer, { served, at: Number(timestamp) })),
  )
  return {
    problem: enclaves.find(({ problem }) => problem !== null)?.problem ?? null,
    simulated: enclaves.some(({ verdict }) => verdict?.root === 'simulator'),
    enclaves,
  }
}

/** @throws SubrosaError ENCLAVE_UNVERIFIED, with the reason in words, unless bids may be sealed to the key. */
export async function requireVerifiedKey(tools: CheckTools, keyId: Hex): Promise<void> {
  const { problem } = await checkSealingKey(tools, keyId)
  if (problem !== null) throw new SubrosaError('ENCLAVE_UNVERIFIED', { details: problem })
}

type Circumstances = { served: EnclaveEvidence | null; at: number }

async function checkEnclave(
  { deployment, simulatorRoot, judge }: CheckTools,
  key: SealingKey,
  { address: signer, evidence }: SealingKey['signers'][number],
  { served, at }: Circumstances,
): Promise<EnclaveFinding> {
  const failed = (problem: string) => ({ signer, verdict: null, problem })
  const admitted = decodeEvidence(evidence)
  if (!admitted) return failed('The registry’s event holds no quote for this enclave.')
  const found = served?.enclaves.find((entry) => isAddressEqual(entry.signer, signer))?.evidence
  if (!found)
    return failed('The enclave’s evidence could not be fetched: its event log and Intel’s collateral are missing.')
  try {
    const entry = registryEntryOf(deployment, { ...key, signer })
    const { eventLog, collateral } = found
    const verdict = await judge({ quote: admitted.quote, eventLog, collateral, at, entry, simulatorRoot })
    return { signer, verdict, problem: verdict.ok ? null : problemOf(verdict) }
  } catch (error) {
    return failed(`The enclave could not be verified: ${error instanceof Error ? error.message : 'unknown reason'}`)
  }
}

/** The first check that failed, in words. */
function problemOf({ checks }: Verdict): string {
  const failed = checks.find(({ ok }) => ok === false)
  return failed ? inWords(failed) : 'Not every check could be made.'
}

/** What a failed check means, with what was found. */
export function inWords({ name, detail }: Check): string {
  return `${CHECKS[name][1]} (${detail})`
}

function apart(seconds: number): string {
  const hours = Math.floor(Math.abs(seconds) / 3600)
  const span = hours < 2 ? 'an hour' : hours < 48 ? `${hours} hours` : `${Math.floor(hours / 24)} days`
  const side = seconds < 0 ? 'behind' : 'ahead of'
  return `The chain that your browser was shown is more than ${span} ${side} this device’s clock. One of them is wrong.`
}

const refused = (problem: string): KeyFinding => ({ problem, simulated: false, enclaves: [] })
