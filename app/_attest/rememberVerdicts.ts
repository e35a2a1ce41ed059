import { bytesToHex, keccak256, stringToHex } from 'viem'
import type { Verdict } from '../../lib/protocol/attestation/verdict'
import type { Question } from './judge'

/** A verdict that holds, and from when; it says itself until when. */
type Kept = { verdict: Verdict; since: number }

/**
 * Keeps verdicts that hold for as long as this page lives, by a digest of all that they were made from: quote,
 * collateral, event log, entry and what was said of the simulator's root. The rest is the build's, so the same for all.
 * A refusal is never kept.
 *
 * @returns asks as `judge`, which it asks where it knows nothing that holds at the question's time.
 */
export function rememberVerdicts(judge: (question: Question) => Promise<Verdict>) {
  const known = new Map<string, Kept>()
  return async (question: Question): Promise<Verdict> => {
    const digest = digestOf(question)
    const kept = known.get(digest)
    if (kept && kept.since <= question.at && question.at < (kept.verdict.validUntil ?? 0)) return kept.verdict
    const verdict = await judge(question)
    if (verdict.ok) known.set(digest, { verdict, since: question.at })
    return verdict
  }
}

function digestOf({ quote, collateral, eventLog, entry, simulatorRoot }: Question): string {
  const all = [bytesToHex(quote), collateral, eventLog, entry, simulatorRoot]
  const text = JSON.stringify(all, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}` : value))
  return keccak256(stringToHex(text))
}
