import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import type { Collateral } from '../../../lib/protocol/attestation/tcb/collateral'
import {
  AT,
  crlOf,
  pki,
  verifySimulated,
  withQeIdentity,
  withTcbInfo,
  body,
  makeQuote,
  certificate,
  serial,
  toPem,
} from '../../unit/attestation/support/simulated'
import { makeCollateral } from '../../../lib/enclave/simulator/collateral'
import { DSTACK, flip, TDX, verify } from '../../unit/attestation/support/vectors'

interface Oracle {
  verify(quote: Buffer, collateral: unknown, at: number): { status: string }
}
const { QuoteVerifier } = createRequire(import.meta.url)('@phala/dcap-qvl') as {
  QuoteVerifier: { newProd(): Oracle; newWithRootCa(der: Buffer): Oracle }
}

const intel = QuoteVerifier.newProd()
const simulated = QuoteVerifier.newWithRootCa(Buffer.from(pki.certificates.root))

/** dcap-qvl's answer: a status, or null where it refuses. */
function theirs(oracle: Oracle, quote: Uint8Array, collateral: Collateral, at: number): string | null {
  try {
    return oracle.verify(Buffer.from(quote), collateral, at).status
  } catch {
    return null
  }
}

async function ours(quote: Uint8Array, collateral: Collateral, at: number): Promise<string | null> {
  const verdict = await verify({ quote, collateral, at })
  return verdict.ok ? verdict.tcbStatus : null
}

describe('real evidence: the same answer as dcap-qvl 0.3.9', () => {
  it.each([1_750_809_600, 1_752_900_000, 1_752_969_600, 1_740_000_000, 2_600_000_000])(
    'the TDX quote at %i',
    async (at) => {
      expect(await ours(TDX.quote, TDX.collateral, at)).toBe(theirs(intel, TDX.quote, TDX.collateral, at))
    },
  )

  it.each([1_771_977_600, 1_774_003_000, 1_774_100_000])('the dstack quote at %i', async (at) => {
    expect(await ours(DSTACK.quote, DSTACK.collateral, at)).toBe(theirs(intel, DSTACK.quote, DSTACK.collateral, at))
  })

  it('with collateral of the other', async () => {
    expect(theirs(intel, TDX.quote, DSTACK.collateral, DSTACK.at)).toBeNull()
    expect(await ours(TDX.quote, DSTACK.collateral, DSTACK.at)).toBeNull()
  })

  it('with a byte changed anywhere, as far as it matters to a verdict', async () => {
    // Bytes that only a header's reserved fields or the chain's spelling hold are refused here and ignored there.
    for (let offset = 48; offset < 1250; offset += 97) {
      const quote = flip(TDX.quote, offset)
      expect(await ours(quote, TDX.collateral, TDX.at), `byte ${offset}`).toBe(
        theirs(intel, quote, TDX.collateral, TDX.at),
      )
    }
  })
})

describe('what a simulated platform signs: the same answer', () => {
  const collateral = makeCollateral(pki, AT)
  const quote = makeQuote(pki, body())
  const every = { acceptedTcbStatuses: ['UpToDate', 'SWHardeningNeeded', 'ConfigurationNeeded', 'OutOfDate'] }
  const level = (status: string) => withTcbInfo((info) => (info.tcbLevels[0]!.tcbStatus = status))

  it.each<[string, Partial<Collateral>]>([
    ['as it is', {}],
    ['SWHardeningNeeded', level('SWHardeningNeeded')],
    ['ConfigurationNeeded', level('ConfigurationNeeded')],
    ['OutOfDate', level('OutOfDate')],
    ['Revoked', level('Revoked')],
    ['an outdated QE', withQeIdentity((identity) => (identity.tcbLevels[0]!.tcbStatus = 'OutOfDate'))],
    ['another FMSPC', withTcbInfo((info) => (info.fmspc = '000000000000'))],
    ['another QE', withQeIdentity((identity) => (identity.isvprodid = 9))],
    ['TCB info that expired', withTcbInfo((info) => (info.nextUpdate = '2020-01-01T00:00:00Z'))],
    ['a revoked intermediate', { root_ca_crl: crlOf('root', { revoked: [serial('intermediate')] }) }],
  ])('%s', async (_what, change) => {
    const verdict = await verifySimulated({ change, policy: every })
    expect(verdict.ok ? verdict.tcbStatus : null).toBe(theirs(simulated, quote, { ...collateral, ...change }, AT))
  })

  /** Where dcap-qvl lets pass what PROTOCOL.md section 10 refuses. Should it learn to, the test tells. */
  it.each<[string, Partial<Collateral>, string]>([
    ['an empty CRL', { pck_crl: '' }, 'PCK_CRL_INVALID'],
    ['a garbage CRL', { root_ca_crl: 'deadbeef' }, 'ROOT_CRL_INVALID'],
    [
      'a CRL signed by another',
      { root_ca_crl: crlOf('root', { issuer: { ...pki.keys.root, secret: pki.keys.pck.secret } }) },
      'ROOT_CRL_INVALID',
    ],
    ['a TDX module that nobody knows', withTcbInfo((info) => (info.tdxModuleIdentities = [])), 'TDX_MODULE_UNKNOWN'],
    [
      'an outdated TDX module',
      withTcbInfo((info) => (info.tdxModuleIdentities[0]!.tcbLevels[0]!.tcbStatus = 'OutOfDate')),
      'TCB_STATUS_UNACCEPTED',
    ],
    ['another PCE', withTcbInfo((info) => (info.pceId = '0001')), 'PLATFORM_MISMATCH'],
    ['a CRL issuer’s chain that is garbage', { pck_crl_issuer_chain: 'garbage' }, 'CRL_ISSUER_CHAIN_INVALID'],
    [
      'a superfluous certificate',
      { tcb_info_issuer_chain: toPem(pki.certificates.tcbSigning, pki.certificates.root, certificate('root', {})) },
      'TCB_INFO_CHAIN_INVALID',
    ],
  ])('stricter: %s', async (_what, change, code) => {
    expect(await verifySimulated({ change })).toMatchObject({ ok: false, code })
    expect(theirs(simulated, quote, { ...collateral, ...change }, AT)).toBe('UpToDate')
  })

  it.each([
    ['bytes after the quote', Uint8Array.of(...quote, 1), 'QUOTE_MALFORMED'],
    [
      'a module signed by another',
      makeQuote(pki, body({ mrSignerSeam: new Uint8Array(48).fill(1) })),
      'TDX_MODULE_UNKNOWN',
    ],
    [
      'a debug module',
      makeQuote(pki, body({ seamAttributes: new Uint8Array(8).fill(1) })),
      'SEAM_ATTRIBUTES_UNACCEPTED',
    ],
  ])('stricter: %s', async (_what, changed, code) => {
    expect(await verifySimulated({ quote: changed })).toMatchObject({ ok: false, code })
    expect(theirs(simulated, changed, collateral, AT)).toBe('UpToDate')
  })
})
