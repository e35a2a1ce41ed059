import { readFileSync } from 'node:fs'
import type { CheckName } from '../../../../lib/protocol/attestation/checks'
import { DEFAULT_POLICY } from '../../../../lib/protocol/attestation/policy'
import type { Collateral } from '../../../../lib/protocol/attestation/tcb/collateral'
import { INTEL_ROOT } from '../../../../lib/protocol/attestation/trustedRoot'
import type { Verdict } from '../../../../lib/protocol/attestation/verdict'
import { verifyEvidence, type EvidenceRequest } from '../../../../lib/protocol/attestation/verifyEvidence'

const folder = new URL('../../../vectors/attestation/', import.meta.url)
const read = (name: string) => readFileSync(new URL(name, folder))
const readJson = (name: string) => JSON.parse(read(name).toString()) as unknown

const report = readJson('dstack_quote_report.json') as { quote: string; event_log: string }

/** Real evidence: a TDX quote without a log, and a dstack machine's with its log; each with a time at which it holds. */
export const TDX = {
  quote: new Uint8Array(read('tdx_quote.bin')),
  collateral: readJson('tdx_quote_collateral.json') as Collateral,
  at: 1_750_809_600,
}
export const DSTACK = {
  quote: new Uint8Array(Buffer.from(report.quote, 'hex')),
  collateral: readJson('dstack_quote_collateral.json') as Collateral,
  eventLog: JSON.parse(report.event_log) as Record<string, unknown>[],
  at: 1_771_977_600,
}

/** A file of such evidence in which something was changed, parsed. */
export const altered = (name: string): unknown => readJson(`altered/${name}`)

/** Verifies under Intel's root and the default policy, but for what is said. */
export function verify(
  request: Partial<EvidenceRequest> & Pick<EvidenceRequest, 'quote' | 'collateral' | 'at'>,
): Promise<Verdict> {
  return verifyEvidence({ root: INTEL_ROOT, policy: DEFAULT_POLICY, ...request })
}

export function check(verdict: Verdict, name: CheckName) {
  return verdict.checks.find((candidate) => candidate.name === name)!
}

/** `bytes` with one bit of the byte at `at` changed. */
export function flip(bytes: Uint8Array, at: number, bit = 0x01): Uint8Array {
  const copy = bytes.slice()
  copy[at] = copy[at]! ^ bit
  return copy
}
