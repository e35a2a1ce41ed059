import { describe, expect, it } from 'vitest'
import type { Collateral } from '../../../lib/protocol/attestation/tcb/collateral'
import { certificate, crlOf, pki, serial, sign, toPem, verifySimulated, AT, ROOT } from './support/simulated'
import { check, DSTACK, TDX, verify } from './support/vectors'
import { der } from '../../../lib/enclave/simulator/derWriter'
import { bytesToHex } from '@noble/hashes/utils.js'

const real = TDX.collateral
const changed = (change: Partial<Record<keyof Collateral, unknown>>) =>
  verify({ ...TDX, collateral: { ...real, ...change } })
const certificatesOf = (pem: string) => pem.match(/-----BEGIN[^]+?-----END CERTIFICATE-----\n/g)!
/** A text with one character of a value changed to another of its kind. */
const alter = (text: string, from: string | RegExp, to: string) => {
  const altered = text.replace(from, to)
  expect(altered).not.toBe(text)
  return altered
}
const flipHex = (text: string, at: number) => {
  const place = (at + text.length) % text.length
  return text.slice(0, place) + (text[place] === '0' ? '1' : '0') + text.slice(place + 1)
}

describe('collateral that is not whole', () => {
  it.each(Object.keys(real))('without %s', async (field) => {
    expect(await changed({ [field]: undefined })).toMatchObject({ ok: false, code: 'COLLATERAL_MALFORMED' })
  })

  it.each([null, 'text', [], 7])('or %j in its place', async (collateral) => {
    expect(await verify({ ...TDX, collateral })).toMatchObject({ ok: false, code: 'COLLATERAL_MALFORMED' })
  })

  it('or with a field that nobody checks', async () => {
    expect(await verify({ ...TDX, collateral: { ...real, accept: true } })).toMatchObject({
      code: 'COLLATERAL_MALFORMED',
    })
  })
})

describe('revocation lists', () => {
  it.each([
    ['empty', ''],
    ['garbage', 'deadbeef'],
    ['random DER', '3006020101020102'],
    ['truncated', real.root_ca_crl.slice(0, -2)],
    ['extended', `${real.root_ca_crl}00`],
    ['the other list', real.pck_crl],
    ['its signature changed', flipHex(real.root_ca_crl, -1)],
    ['its dates changed', alter(real.root_ca_crl, '3236303430333131323135375a', '3336303430333131323135375a')],
  ])('the root’s, %s', async (_what, root_ca_crl) => {
    expect(await changed({ root_ca_crl })).toMatchObject({ ok: false, code: 'ROOT_CRL_INVALID' })
  })

  it.each([
    ['empty', ''],
    ['garbage', '00'.repeat(300)],
    ['truncated', real.pck_crl.slice(0, -2)],
    ['extended', `${real.pck_crl}0500`],
    ['the other list', real.root_ca_crl],
    ['an entry changed', flipHex(real.pck_crl, 600)],
    ['its signature changed', flipHex(real.pck_crl, -1)],
  ])('the platforms’, %s', async (_what, pck_crl) => {
    expect(await changed({ pck_crl })).toMatchObject({ ok: false, code: 'PCK_CRL_INVALID' })
  })

  it('a fresher signed list is as good', async () => {
    const { pck_crl } = DSTACK.collateral
    expect(check(await verify({ ...TDX, collateral: { ...real, pck_crl }, at: DSTACK.at }), 'pck-crl').ok).toBe(true)
  })

  it.each([
    ['PCK', 'pck_crl', crlOf('intermediate', { revoked: [serial('pck')] })],
    ['intermediate', 'root_ca_crl', crlOf('root', { revoked: [serial('intermediate')] })],
    ['TCB signer', 'root_ca_crl', crlOf('root', { revoked: [serial('root').reverse(), serial('tcbSigning')] })],
  ])('name the %s: CERTIFICATE_REVOKED', async (_who, field, crl) => {
    const verdict = await verifySimulated({ change: { [field]: crl } })
    expect(verdict).toMatchObject({ ok: false, code: 'CERTIFICATE_REVOKED' })
  })

  it.each([
    ['expired', { thisUpdate: AT - 10, nextUpdate: AT - 1 }],
    ['not yet valid', { thisUpdate: AT + 1, nextUpdate: AT + 10 }],
  ])('%s: CRL_EXPIRED', async (_what, dates) => {
    expect(await verifySimulated({ change: { pck_crl: crlOf('intermediate', dates) } })).toMatchObject({
      code: 'CRL_EXPIRED',
    })
    expect(await verifySimulated({ change: { root_ca_crl: crlOf('root', dates) } })).toMatchObject({
      code: 'CRL_EXPIRED',
    })
  })

  it('signed by another key of the same name', async () => {
    const issuer = { ...pki.keys.root, secret: pki.keys.pck.secret }
    const root_ca_crl = crlOf('root', { issuer })
    expect(await verifySimulated({ change: { root_ca_crl } })).toMatchObject({ ok: false, code: 'ROOT_CRL_INVALID' })
  })

  it('that names another key of its issuer', async () => {
    const issuer = { ...pki.keys.root, publicKey: pki.keys.pck.publicKey }
    const root_ca_crl = crlOf('root', { issuer })
    expect(await verifySimulated({ change: { root_ca_crl } })).toMatchObject({ ok: false, code: 'ROOT_CRL_INVALID' })
  })

  it('of an issuer that is not the platform’s', async () => {
    const other = { ...pki.keys.intermediate, publicKey: pki.keys.pck.publicKey, secret: pki.keys.pck.secret }
    const change = {
      pck_crl_issuer_chain: toPem(certificate('intermediate', { subject: other }), pki.certificates.root),
      pck_crl: crlOf('intermediate', { issuer: other }),
    }
    expect(await verifySimulated({ change })).toMatchObject({ ok: false, code: 'PCK_CRL_INVALID' })
  })
})

describe('certificate chains', () => {
  const [signer, root] = certificatesOf(real.tcb_info_issuer_chain) as [string, string]
  const [intermediate] = certificatesOf(real.pck_crl_issuer_chain) as [string]
  const CHAINS: [field: keyof Collateral, code: string][] = [
    ['pck_crl_issuer_chain', 'CRL_ISSUER_CHAIN_INVALID'],
    ['tcb_info_issuer_chain', 'TCB_INFO_CHAIN_INVALID'],
    ['qe_identity_issuer_chain', 'QE_IDENTITY_CHAIN_INVALID'],
  ]

  it.each(CHAINS)('%s: each way to be wrong', async (field, code) => {
    const good = real[field]!
    const [first, second] = certificatesOf(good) as [string, string]
    const wrong = [
      '',
      'garbage',
      second + first,
      first,
      second,
      first + second + second,
      first + first + second,
      `${good}x`,
      `x${good}`,
      first + intermediate + root,
      field === 'pck_crl_issuer_chain' ? signer + root : intermediate + root,
      alter(good, /(MII[^\n]{40})./, '$1@'),
      good.slice(0, 300) + (good[300] === 'A' ? 'B' : 'A') + good.slice(301),
    ]
    for (const [i, chain] of wrong.entries())
      expect(await changed({ [field]: chain }), `case ${i}`).toMatchObject({ ok: false, code })
  })

  it('of another root: ROOT_UNTRUSTED', async () => {
    expect(
      await verifySimulated({ root: { name: 'intel', fingerprint: ROOT.fingerprint.replace(/^./, 'g') } }),
    ).toMatchObject({
      ok: false,
      code: 'ROOT_UNTRUSTED',
    })
    expect(await verify({ ...TDX, root: ROOT })).toMatchObject({ ok: false, code: 'ROOT_UNTRUSTED', root: 'simulator' })
  })

  it('of another root in one chain only', async () => {
    const change = { qe_identity_issuer_chain: real.qe_identity_issuer_chain }
    expect(await verifySimulated({ change })).toMatchObject({ ok: false, code: 'ROOT_UNTRUSTED' })
  })

  it('repeated by the collateral must be the quote’s own', async () => {
    const pem = new TextDecoder().decode(TDX.quote.slice(1258, 4935))
    expect(await changed({ pck_certificate_chain: pem })).toMatchObject({ ok: true })
    const other = new TextDecoder().decode(DSTACK.quote.slice(1258, 4935))
    expect(await changed({ pck_certificate_chain: other })).toMatchObject({ ok: false, code: 'PCK_CHAIN_INVALID' })
  })

  const signerChain = (change: Parameters<typeof certificate>[1]) => ({
    tcb_info_issuer_chain: toPem(certificate('tcbSigning', change), pki.certificates.root),
  })

  it('expired or not yet valid: CERTIFICATE_EXPIRED', async () => {
    for (const dates of [{ notAfter: AT - 1 }, { notBefore: AT + 1 }])
      expect(await verifySimulated({ change: signerChain(dates) })).toMatchObject({
        ok: false,
        code: 'CERTIFICATE_EXPIRED',
      })
    expect(await verifySimulated({ change: signerChain({ notBefore: AT, notAfter: AT }) })).toMatchObject({ ok: true })
  })

  it.each([
    ['a signer that is an authority', signerChain({ pathLength: 0 })],
    ['a signer with another’s role', signerChain({ subject: { ...pki.keys.tcbSigning, name: pki.keys.pck.name } })],
    ['a signer signed by another key', signerChain({ issuer: { ...pki.keys.root, secret: pki.keys.pck.secret } })],
    ['a signer of another issuer', signerChain({ issuer: { ...pki.keys.root, name: 'Other SGX Root CA' } })],
    [
      'a signer that names another key',
      signerChain({ issuer: { ...pki.keys.root, publicKey: pki.keys.pck.publicKey } }),
    ],
    [
      'an extension that spells a default out',
      signerChain({ extensions: [unknownExtension(false, der.hex('010100'))] }),
    ],
    ['a critical extension that is not known', signerChain({ extensions: [unknownExtension(true)] })],
    ['an extension twice', signerChain({ extensions: [unknownExtension(false), unknownExtension(false)] })],
  ])('%s: TCB_INFO_CHAIN_INVALID', async (_what, change) => {
    expect(await verifySimulated({ change })).toMatchObject({ ok: false, code: 'TCB_INFO_CHAIN_INVALID' })
  })

  it('an unknown extension that is not critical is let pass', async () => {
    const change = signerChain({ extensions: [unknownExtension(false)] })
    expect(await verifySimulated({ change })).toMatchObject({ ok: true })
  })

  it('may not be longer than an authority allows', async () => {
    // The root's own path length of 0 leaves no room for the intermediate.
    const root = certificate('root', { pathLength: 0 })
    const change = { pck_crl_issuer_chain: toPem(pki.certificates.intermediate, root) }
    expect(await verifySimulated({ change })).toMatchObject({ code: 'CRL_ISSUER_CHAIN_INVALID' })
  })
})

function unknownExtension(isCritical: boolean, ...written: Uint8Array[]): Uint8Array {
  const flag = isCritical ? [der.true()] : written
  return der.sequence(der.oid('1.2.3.4'), ...flag, der.octets(Uint8Array.of(5, 0)))
}

describe('signed documents', () => {
  const info = real.tcb_info
  it.each([
    ['fmspc', alter(info, 'B0C06F000000', '90C06F000000')],
    ['nextUpdate', alter(info, '2025-07-19', '2035-07-19')],
    ['issueDate', alter(info, '2025-06-19', '2025-06-18')],
    ['pceId', alter(info, '"pceId":"0000"', '"pceId":"0001"')],
    ['tcbType', alter(info, '"tcbType":0', '"tcbType":1')],
    ['tcbEvaluationDataNumber', alter(info, 'DataNumber":17', 'DataNumber":18')],
    ['module signer', alter(info, /"mrsigner":"0/, '"mrsigner":"1')],
    ['module mask', alter(info, 'FFFFFFFFFFFFFFFF', 'FFFFFFFFFFFFFFFE')],
    ['module svn', alter(info, '"isvsvn":3', '"isvsvn":2')],
    ['component', alter(info, '"svn":5', '"svn":4')],
    ['pcesvn', alter(info, '"pcesvn":11', '"pcesvn":10')],
    ['status', alter(info, 'OutOfDate', 'UpToDate')],
    ['advisories', alter(info, 'INTEL-SA-00106', 'INTEL-SA-00107')],
    ['a space', `${info} `],
    ['its order', JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(info) as object).reverse()))],
    ['nothing', ''],
    ['garbage', 'not JSON'],
    ['that of another platform', DSTACK.collateral.tcb_info],
  ])('TCB info with another %s', async (_what, tcb_info) => {
    expect(check(await changed({ tcb_info }), 'tcb-info-signature')).toMatchObject({ ok: false })
    expect((await changed({ tcb_info })).code).toBe('TCB_INFO_SIGNATURE_INVALID')
  })

  const identity = real.qe_identity
  it.each([
    ['mrsigner', alter(identity, 'DC9E', 'DC9F')],
    ['isvprodid', alter(identity, '"isvprodid":2', '"isvprodid":1')],
    ['miscselect', alter(identity, '"miscselect":"0', '"miscselect":"1')],
    ['attributes', alter(identity, '"attributes":"11', '"attributes":"13')],
    ['mask', alter(identity, 'FBFF', 'F9FF')],
    ['isvsvn', alter(identity, '"isvsvn":4', '"isvsvn":3')],
    ['nextUpdate', alter(identity, '2025-07-19', '2035-07-19')],
    ['evaluation', alter(identity, 'DataNumber":17', 'DataNumber":99')],
    ['everything (CVE-2026-22696)', '{"id":"TD_QE"}'],
    ['nothing', ''],
    ['garbage', 'garbage'],
    ['the TCB info', real.tcb_info],
  ])('QE identity with another %s', async (_what, qe_identity) => {
    expect(await changed({ qe_identity })).toMatchObject({ ok: false, code: 'QE_IDENTITY_SIGNATURE_INVALID' })
  })

  it.each([
    ['tcb_info_signature', 'TCB_INFO_SIGNATURE_INVALID'],
    ['qe_identity_signature', 'QE_IDENTITY_SIGNATURE_INVALID'],
  ] as const)('%s: any other', async (field, code) => {
    const others = [flipHex(real[field], 0), flipHex(real[field], -1), '00'.repeat(64), 'ff'.repeat(64)]
    others.push(field === 'tcb_info_signature' ? real.qe_identity_signature : real.tcb_info_signature)
    for (const other of others) expect(await changed({ [field]: other })).toMatchObject({ ok: false, code })
    expect(await changed({ [field]: real[field].slice(2) })).toMatchObject({ code: 'COLLATERAL_MALFORMED' })
  })
})

it('a CRL of only some certificates, marked so, is refused', async () => {
  const part = der.sequence(
    der.smallInteger(1),
    der.sequence(der.oid('1.2.840.10045.4.3.2')),
    // The root's name, out of its certificate: after version, serial and algorithm.
    pki.certificates.root.slice(...nameRange(pki.certificates.root)),
    der.utcTime(AT),
    der.utcTime(AT + 60),
    der.explicit(0, der.sequence(der.sequence(der.oid('2.5.29.27'), der.true(), der.octets(der.smallInteger(1))))),
  )
  const verdict = await verifySimulated({ change: { root_ca_crl: bytesToHex(sign(part, pki.keys.root)) } })
  expect(check(verdict, 'root-crl')).toMatchObject({
    ok: false,
    detail: expect.stringContaining('2.5.29.27') as string,
  })
})

function nameRange(certificateDer: Uint8Array): [number, number] {
  // Headers of certificate and TBS (4 bytes each), version (5), serial (2 + 20), algorithm (12).
  const start = 4 + 4 + 5 + 22 + 12
  return [start, start + 2 + certificateDer[start + 1]!]
}
