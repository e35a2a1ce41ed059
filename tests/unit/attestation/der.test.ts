import { hexToBytes } from '@noble/hashes/utils.js'
import { describe, expect, it } from 'vitest'
import { der } from '../../../lib/enclave/simulator/derWriter'
import { readDer } from '../../../lib/protocol/attestation/x509/der'
import { decodeEcdsaSignature } from '../../../lib/protocol/attestation/x509/ecdsaSignature'
import { decodePemChain } from '../../../lib/protocol/attestation/x509/pem'
import { parseCertificate } from '../../../lib/protocol/attestation/x509/certificate'
import { AT, certificate, pki } from './support/simulated'

describe('DER (X.690)', () => {
  it.each([
    '0500',
    '020100',
    '02020080',
    '0201ff',
    '0101ff',
    '30060201010201ff',
    '0603550406',
    '03020780',
    '170d3235303332303131323135375a',
  ])('reads %s', (hex) => expect(() => readDer(hexToBytes(hex))).not.toThrow())

  it.each([
    ['nothing', ''],
    ['a tag alone', '30'],
    ['contents that are missing', '0202 01'],
    ['bytes after the end', '0500 00'],
    ['indefinite length', '3080 0201010000'],
    ['a length in more bytes than needed', '02810101'],
    ['a length of four bytes', '028400000001 01'],
    ['a length with leading zeros', `0282 0001 01`],
    ['an empty integer', '0200'],
    ['a padded integer', '02020001'],
    ['a padded negative integer', '0202ff80'],
    ['a boolean other than 00 and FF', '010101'],
    ['a long boolean', '0102ffff'],
    ['a null with contents', '050100'],
    ['a bit string without contents', '0300'],
    ['a bit string with stray bits', '03020701'],
    ['a bit string of 8 unused bits', '03020800'],
    ['an identifier that does not end', '060255ff'],
    ['an identifier with a padded part', '0603558006'],
    ['a constructed octet string', '240404020101'],
    ['a primitive sequence', '1003020101'],
    ['a set out of order', '3106020102020101'],
    ['a tag of several bytes', '1f8101 00'],
    ['a time without seconds', '170b323530333230313132315a'],
    ['a time with an offset', '1711323530333230313132313537 2b30303030'],
    ['too deep a nest', nest(30)],
  ])('refuses %s', (_what, hex) => {
    expect(() => readDer(hexToBytes(hex.replace(/ /g, '')))).toThrow('not DER')
  })
})

function nest(depth: number): string {
  let hex = '0500'
  for (let i = 0; i < depth; i++) hex = `30${(hex.length / 2).toString(16).padStart(2, '0')}${hex}`
  return hex
}

it.each([
  ['a third integer', '3009020101020101020101'],
  ['one integer', '3003020101'],
  ['a negative r', '30060201ff020101'],
  ['an s of 33 bytes', `3026020101022101${'00'.repeat(32)}`],
  ['another type', '3006040101020101'],
])('a signature may not be %s', (_what, hex) => {
  expect(() => decodeEcdsaSignature(hexToBytes(hex))).toThrow()
})

describe('PEM', () => {
  const block = '-----BEGIN CERTIFICATE-----\nBQA=\n-----END CERTIFICATE-----\n'
  it('reads blocks and nothing else', () => {
    expect(decodePemChain(block + block, 'chain')).toEqual([Uint8Array.of(5, 0), Uint8Array.of(5, 0)])
    for (const bad of [
      `x${block}`,
      `${block}x`,
      `${block} ${block}`,
      block.replace('CERTIFICATE', 'KEY'),
      block.slice(0, -8),
    ])
      expect(() => decodePemChain(bad, 'chain')).toThrow('not a PEM certificate')
  })

  it('has one spelling of its bytes', () => {
    expect(() => decodePemChain(block.replace('BQA=', 'BQB='), 'chain')).toThrow('not canonical')
    expect(() => decodePemChain(block.replace('BQA=', 'BQA'), 'chain')).toThrow('not canonical')
    expect(() => decodePemChain(block.replace('BQA=', 'B=A='), 'chain')).toThrow('not base64')
  })
})

describe('a certificate', () => {
  const good = pki.certificates.tcbSigning
  it('is read', () => {
    expect(parseCertificate(good, 'it')).toMatchObject({ isAuthority: false, maySign: true, pathLength: null })
    expect(parseCertificate(certificate('root', {}), 'it')).toMatchObject({
      isAuthority: true,
      pathLength: 1,
      notAfter: AT + 86_400,
    })
  })

  it('has three parts', () => {
    const [tbs, algorithm, signature] = readDer(good).children.map(({ bytes }) => bytes)
    expect(() => parseCertificate(der.sequence(tbs!, algorithm!, signature!), 'it')).not.toThrow()
    expect(() => parseCertificate(der.sequence(tbs!, algorithm!, signature!, Uint8Array.of(5, 0)), 'it')).toThrow()
  })

  it.each([
    ['on another curve', '06082a8648ce3d030107', '06082a8648ce3d030106'],
    ['with a compressed key', '03420004', '03420002'],
    ['signed by another algorithm', '06082a8648ce3d040302', '06082a8648ce3d040303'],
    ['of version 2', 'a003020102', 'a003020101'],
    ['whose key usage is not critical', '0603551d0f0101ff', '0603551d0f010100'],
    ['without a key usage', '0603551d0f', '0603551d10'],
  ])('is refused %s', (_what, from, to) => {
    const hex = Buffer.from(good).toString('hex')
    expect(hex).toContain(from)
    expect(() => parseCertificate(hexToBytes(hex.replace(from, to)), 'it')).toThrow()
  })
})
