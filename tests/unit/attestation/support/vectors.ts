import { readFileSync } from 'node:fs'
import type { CheckName } from '../../../../lib/protocol/attestation/checks'
import { NO_POLICY } from '../../../../lib/protocol/attestation/policy'
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

/** A policy that names all of what the dstack machine is. */
export const DSTACK_POLICY = {
  appIds: ['3763bc34552cf3a27ff71ad5f7a90471562a1a2d'],
  composeHashes: ['3763bc34552cf3a27ff71ad5f7a90471562a1a2df552dfc1998cba2d60da27e7'],
  measurements: [
    {
      mrtd: 'b24d3b24e9e3c16012376b52362ca09856c4adecb709d5fac33addf1c47e193da075b125b6c364115771390a5461e217',
      rtmr0: '2e3843265f8ecdd4e2282694747f6f2f111605c33f2a8882f5734ee6f3a6ce63d8f34aeef06093dcda76fa5f9d33d8d6',
      rtmr1: 'a1b79d76021970f57c45c4a7c395f780bab37011a4df27fe44e8559bd1abb4d6e52f12f866d1d08405448eb797a5970f',
      rtmr2: '1e31b59d605df7ee8160cf7966be9bafa6d0e1905de7e09695a24cd9748e71a603a51fae1297619fa0c30517addbcd07',
    },
  ],
  keyProviders: [{ name: 'local-sgx', id: '1b7a49378403249b6986a907844cab0921eca32dd47e657f3c10311ccaeccf8b' }],
  acceptedTcbStatuses: ['UpToDate'],
}

/** Verifies under Intel's root and the default policy, but for what is said. */
export function verify(
  request: Partial<EvidenceRequest> & Pick<EvidenceRequest, 'quote' | 'collateral' | 'at'>,
): Promise<Verdict> {
  return verifyEvidence({ root: INTEL_ROOT, policy: NO_POLICY, ...request })
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
