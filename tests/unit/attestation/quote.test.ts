import { describe, expect, it } from 'vitest'
import { parseQuote } from '../../../lib/protocol/attestation/quote/parseQuote'
import { parseEnclaveReport } from '../../../lib/protocol/attestation/quote/enclaveReport'
import { body, makeQuote, pki, verifySimulated } from './support/simulated'
import { check, flip, TDX, verify } from './support/vectors'

/** Where each field of a version 4 quote is, and which check turns when a bit of it does. */
const FIELDS: [field: string, offset: number, code: string][] = [
  ['version', 0, 'QUOTE_MALFORMED'],
  ['attestation key type', 2, 'QUOTE_MALFORMED'],
  ['TEE type', 4, 'QUOTE_MALFORMED'],
  ['reserved', 8, 'QUOTE_MALFORMED'],
  ['QE vendor', 12, 'QUOTE_MALFORMED'],
  ['user data', 28, 'QUOTE_SIGNATURE_INVALID'],
  ['teeTcbSvn', 48, 'QUOTE_SIGNATURE_INVALID'],
  ['mrSeam', 64, 'QUOTE_SIGNATURE_INVALID'],
  ['mrSignerSeam', 112, 'QUOTE_SIGNATURE_INVALID'],
  ['seamAttributes', 160, 'QUOTE_SIGNATURE_INVALID'],
  ['tdAttributes', 168, 'QUOTE_SIGNATURE_INVALID'],
  ['xfam', 176, 'QUOTE_SIGNATURE_INVALID'],
  ['mrTd', 184, 'QUOTE_SIGNATURE_INVALID'],
  ['mrConfigId', 232, 'QUOTE_SIGNATURE_INVALID'],
  ['mrOwner', 280, 'QUOTE_SIGNATURE_INVALID'],
  ['mrOwnerConfig', 328, 'QUOTE_SIGNATURE_INVALID'],
  ['rtmr0', 376, 'QUOTE_SIGNATURE_INVALID'],
  ['rtmr1', 424, 'QUOTE_SIGNATURE_INVALID'],
  ['rtmr2', 472, 'QUOTE_SIGNATURE_INVALID'],
  ['rtmr3', 520, 'QUOTE_SIGNATURE_INVALID'],
  ['reportData', 568, 'QUOTE_SIGNATURE_INVALID'],
  ['auth data size', 632, 'QUOTE_MALFORMED'],
  ['quote signature r', 636, 'QUOTE_SIGNATURE_INVALID'],
  ['quote signature s', 668, 'QUOTE_SIGNATURE_INVALID'],
  ['attestation key', 700, 'ATTESTATION_KEY_UNBOUND'],
  ['certification data type', 764, 'QUOTE_MALFORMED'],
  ['certification data size', 766, 'QUOTE_MALFORMED'],
  ['QE cpuSvn', 770, 'QE_REPORT_SIGNATURE_INVALID'],
  ['QE miscSelect', 786, 'QE_REPORT_SIGNATURE_INVALID'],
  ['QE reserved1', 790, 'QUOTE_MALFORMED'],
  ['QE isvExtProdId', 802, 'QE_REPORT_SIGNATURE_INVALID'],
  ['QE attributes', 818, 'QE_REPORT_SIGNATURE_INVALID'],
  ['QE mrEnclave', 834, 'QE_REPORT_SIGNATURE_INVALID'],
  ['QE reserved2', 866, 'QUOTE_MALFORMED'],
  ['QE mrSigner', 898, 'QE_REPORT_SIGNATURE_INVALID'],
  ['QE reserved3', 930, 'QUOTE_MALFORMED'],
  ['QE configId', 962, 'QE_REPORT_SIGNATURE_INVALID'],
  ['QE isvProdId', 1026, 'QE_REPORT_SIGNATURE_INVALID'],
  ['QE isvSvn', 1028, 'QE_REPORT_SIGNATURE_INVALID'],
  ['QE configSvn', 1030, 'QE_REPORT_SIGNATURE_INVALID'],
  ['QE reserved4', 1032, 'QUOTE_MALFORMED'],
  ['QE isvFamilyId', 1074, 'QE_REPORT_SIGNATURE_INVALID'],
  ['QE reportData', 1090, 'QE_REPORT_SIGNATURE_INVALID'],
  ['QE report signature', 1154, 'QE_REPORT_SIGNATURE_INVALID'],
  ['QE auth data size', 1218, 'QUOTE_MALFORMED'],
  ['QE auth data', 1220, 'ATTESTATION_KEY_UNBOUND'],
  ['PCK chain type', 1252, 'QUOTE_MALFORMED'],
  ['PCK chain size', 1254, 'QUOTE_MALFORMED'],
  ['PCK chain', 1258, 'PCK_CHAIN_INVALID'],
]

const LENGTH = 4936
const exact = TDX.quote.slice(0, LENGTH)

describe('a quote changed in one field', () => {
  it.each(FIELDS)('%s', async (_field, offset, code) => {
    const verdict = await verify({ ...TDX, quote: flip(TDX.quote, offset) })
    expect(verdict).toMatchObject({ ok: false, code })
  })

  it('is refused for any of its signed bytes, and any byte of what vouches for them', async () => {
    for (let offset = 0; offset < LENGTH; offset += 211)
      expect((await verify({ ...TDX, quote: flip(TDX.quote, offset, 0x10) })).ok, `byte ${offset}`).toBe(false)
  })

  it('is refused with its signatures exchanged', async () => {
    const quote = exact.slice()
    quote.copyWithin(636, 1154, 1218)
    quote.set(exact.subarray(636, 700), 1154)
    expect(await verify({ ...TDX, quote })).toMatchObject({ ok: false, code: 'QE_REPORT_SIGNATURE_INVALID' })
  })

  it('is refused with r and s exchanged', async () => {
    const quote = exact.slice()
    quote.copyWithin(636, 668, 700)
    quote.set(exact.subarray(636, 668), 668)
    expect(await verify({ ...TDX, quote })).toMatchObject({ ok: false, code: 'QUOTE_SIGNATURE_INVALID' })
  })
})

describe('a quote’s length', () => {
  it('is exact: without the zeros of its buffer it is the same quote', async () => {
    expect(await verify({ ...TDX, quote: exact })).toMatchObject({ ok: true })
  })

  it('may not be shorter', () => {
    for (let length = 0; length < LENGTH; length++)
      expect(() => parseQuote(exact.slice(0, length)), `${length}`).toThrow()
  })

  it.each([1, 2, 64, 69, 71, 1000])('may not be longer by %i zeros', async (count) => {
    const quote = Uint8Array.of(...exact, ...new Uint8Array(count))
    expect(await verify({ ...TDX, quote })).toMatchObject({ ok: false, code: 'QUOTE_MALFORMED' })
  })

  it('may not hide anything in its buffer', async () => {
    expect(await verify({ ...TDX, quote: flip(TDX.quote, TDX.quote.length - 1) })).toMatchObject({
      ok: false,
      code: 'QUOTE_MALFORMED',
    })
  })

  it('never makes the verifier throw', async () => {
    for (const quote of [new Uint8Array(), new Uint8Array(48), new Uint8Array(70_000).fill(4), Uint8Array.of(4, 0, 2)])
      expect(await verify({ ...TDX, quote })).toMatchObject({ ok: false, code: 'QUOTE_MALFORMED', report: null })
  })
})

describe('version 5', () => {
  const quote = makeQuote(pki, body(), 5)

  it('holds with a TD 1.5 body', async () => {
    const verdict = await verifySimulated({ quote })
    expect(verdict).toMatchObject({ ok: true, report: { quoteVersion: 5, tdxVersion: '1.5' } })
  })

  it.each([
    ['body type of SGX', 48, 0x02],
    ['body type of TD 1.0 with the size of 1.5', 48, 0x01],
    ['unknown body type', 48, 0x04],
    ['body size', 50, 0x01],
  ])('%s', async (_what, offset, bit) => {
    expect(await verifySimulated({ quote: flip(quote, offset, bit) })).toMatchObject({
      ok: false,
      code: 'QUOTE_MALFORMED',
    })
  })

  it.each([
    ['body', 54],
    ['teeTcbSvn2', 54 + 584],
    ['mrServiceTd', 54 + 600],
  ])('%s is signed', async (_what, offset) => {
    expect(check(await verifySimulated({ quote: flip(quote, offset) }), 'quote-signature').ok).toBe(false)
  })

  it('may not be shorter', () => {
    for (let length = 0; length < quote.length; length += 7) expect(() => parseQuote(quote.slice(0, length))).toThrow()
  })
})

it('an SGX report has one length', () => {
  expect(() => parseEnclaveReport(new Uint8Array(383), 'report')).toThrow('ends in')
  expect(() => parseEnclaveReport(new Uint8Array(385), 'report')).toThrow('too many')
})
