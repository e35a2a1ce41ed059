import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readJson, readQuote } from '../../../lib/cli/attestInput'
import { DSTACK, TDX, verify } from './support/vectors'

const altered = (name: string) => join(process.cwd(), 'tests/vectors/attestation/altered', name)
const folder = mkdtempSync(join(tmpdir(), 'subrosa-input-'))
afterAll(() => rmSync(folder, { recursive: true }))

let files = 0
function file(contents: string | Uint8Array): string {
  const path = join(folder, `${files++}`)
  writeFileSync(path, contents)
  return path
}

const hex = Buffer.from(TDX.quote).toString('hex')
const base64 = Buffer.from(TDX.quote).toString('base64')
const lines = (text: string, end: string) => text.match(/.{1,64}/g)!.join(end)
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')

describe('a quote as people write it down', () => {
  it.each(['quote-xxd-p.hex', 'quote-base64.txt', 'quote-upper0X.hex'])('%s is read', async (name) => {
    const { quote, eventLog } = await readQuote(altered(name))
    expect([Buffer.from(quote).toString('hex'), eventLog]).toEqual([hex, undefined])
  })

  it.each<[string, string | Uint8Array]>([
    ['raw', TDX.quote],
    ['hex in capitals', hex.toUpperCase()],
    ['hex with 0x in lines of a Windows editor', `\ufeff0x${lines(hex, '\r\n')}\r\n`],
    ['hex in UTF-16, as PowerShell writes it', utf16(`${lines(hex, '\r\n')}\r\n`)],
    ['base64 in one line', base64],
    ['base64 of URLs, without padding', base64.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')],
    ['a report with the quote in base64', JSON.stringify({ quote: base64 })],
    ['a report with a mark before it', `\ufeff${JSON.stringify({ quote: `0X${hex}`, vm_config: '’' })}`],
  ])('%s is read', async (_what, contents) => {
    expect(Buffer.from((await readQuote(file(contents))).quote).toString('hex')).toBe(hex)
  })

  it('a report brings its event log along', async () => {
    const report = { quote: Buffer.from(DSTACK.quote).toString('hex'), event_log: JSON.stringify(DSTACK.eventLog) }
    expect((await readQuote(file(JSON.stringify(report)))).eventLog).toEqual(DSTACK.eventLog)
  })

  it.each<[string, string | Uint8Array, RegExp]>([
    ['nothing', '', /is empty$/],
    ['an empty line', '\n', /is empty$/],
    ['hex with a digit missing', hex.slice(1), /odd number of hex digits/],
    ['a dump with offsets', `00000000: ${hex.slice(0, 32)}  ................`, /neither the bytes/],
    ['base64 that is cut in the middle of a byte', base64.slice(0, 4 * 500 + 1), /neither the bytes/],
    ['base64 of something else', Buffer.from('a certificate').toString('base64'), /neither the bytes/],
    ['a certificate', '-----BEGIN CERTIFICATE-----', /neither the bytes/],
    ['prose', 'héllo', /neither the bytes/],
    ['a report without a quote', '{"event_log":[]}', /JSON without a quote$/],
    ['a report whose quote is no text', '{"quote":[4,0,2,0]}', /JSON without a quote$/],
    ['a report whose quote is prose', '{"quote":"see above"}', /the quote in .* is neither the bytes/],
    ['half a report', '{"quote":"0400', /is not JSON/],
  ])('%s is unreadable, not forged', async (_what, contents, reason) => {
    await expect(readQuote(file(contents))).rejects.toThrow(reason)
  })

  it('bytes that are no quote are the verifier’s to judge', async () => {
    const { quote } = await readQuote(file(Uint8Array.of(9, 0, 2, 0)))
    expect(await verify({ ...TDX, quote })).toMatchObject({ ok: false, code: 'QUOTE_MALFORMED' })
  })
})

describe('collateral as others write it', () => {
  it.each([
    ['collateral-bom.json', null, ''],
    ['collateral-crlf-chain.json', null, ''],
    ['collateral-chain-trailing-nul.json', 'TCB_INFO_CHAIN_INVALID', 'not a PEM certificate at character 1893'],
    ['collateral-chain-urlenc.json', 'TCB_INFO_CHAIN_INVALID', 'not a PEM certificate at character 1'],
    ['collateral-crl-0x.json', 'COLLATERAL_MALFORMED', 'root_ca_crl: must be bytes in hex'],
    ['collateral-crl-pem.json', 'COLLATERAL_MALFORMED', 'pck_crl: must be bytes in hex'],
    ['collateral-extra-field.json', 'COLLATERAL_MALFORMED', 'Unrecognized key: "version"'],
  ])('%s: %s', async (name, code, detail) => {
    const verdict = await verify({ ...TDX, collateral: await readJson(altered(name), 'collateral') })
    expect(verdict).toMatchObject({ ok: code === null, code })
    expect(verdict.checks.find(({ ok }) => ok === false)?.detail ?? '').toContain(detail)
  })

  it('and as its file has it', () => {
    const text = readFileSync(altered('collateral-bom.json'), 'utf8')
    expect(text.startsWith('\ufeff')).toBe(true)
  })
})
