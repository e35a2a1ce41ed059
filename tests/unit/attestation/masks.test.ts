import { hexToBytes } from '@noble/hashes/utils.js'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parseTdReport, TD_REPORT_LENGTH } from '../../../lib/protocol/attestation/quote/tdReport'
import { demandNoDebug, demandTdAttributes } from '../../../lib/protocol/attestation/tcb/tdAttributes'
import { TD_MASKS } from '../../../lib/protocol/attestation/tcb/tdMasks'
import { buildMaskVectors, renderMaskVectors } from '../../vectors/maskVectors'
import { body, makeQuote, pki, verifySimulated } from './support/simulated'

const { cases } = buildMaskVectors()
type MaskCase = (typeof cases)[number]

const bytes = (hex: string) => hexToBytes(hex.slice(2))

/** A report body with the three fields of a case at their places, all else 0xff. */
function reportOf({ bodyType, tdAttributes, xfam, mrServiceTd }: MaskCase) {
  const version = bodyType === 2 ? '1.0' : '1.5'
  const report = new Uint8Array(TD_REPORT_LENGTH[version]).fill(0xff)
  report.set(bytes(tdAttributes), 120)
  report.set(bytes(xfam), 128)
  if (mrServiceTd !== null) report.set(bytes(mrServiceTd), 600)
  return parseTdReport(report, version)
}

function codeOf(found: MaskCase): string | null {
  const report = reportOf(found)
  for (const [check, code] of [
    [demandNoDebug, 'DEBUG_ENABLED'],
    [demandTdAttributes, 'TD_ATTRIBUTES_UNACCEPTED'],
  ] as const)
    try {
      check(report)
    } catch {
      return code
    }
  return null
}

it('masks.json is what generate.ts writes', () => {
  const file = new URL('../../vectors/attestation/masks.json', import.meta.url)
  expect(readFileSync(file, 'utf8')).toBe(renderMaskVectors())
})

it('every bit of every field is judged as Intel’s list of bits has it', () => {
  for (const found of cases) expect([found.name, codeOf(found)]).toEqual([found.name, found.code])
  expect(new Set(cases.map(({ code }) => code)).size).toBe(3)
})

it('masks are as long as their field, and what must be set may be', () => {
  for (const { name, required, allowed, offset } of TD_MASKS) {
    const [must, may] = [hexToBytes(required), hexToBytes(allowed)]
    expect(may.length, name).toBe(must.length)
    expect(must.every((byte, i) => (byte & ~(may[i] ?? 0)) === 0)).toBe(true)
    expect(offset + must.length).toBeLessThanOrEqual(TD_REPORT_LENGTH['1.5'])
  }
})

it('quotes that are signed are judged so', async () => {
  // One of each sort, since each costs a signature: the rest differs in bits alone.
  const sorts = new Map(cases.map((found) => [`${found.bodyType} ${found.code} ${found.name.slice(8, 12)}`, found]))
  expect(sorts.size).toBeGreaterThan(8)
  for (const { bodyType, tdAttributes, xfam, mrServiceTd, code, name } of sorts.values()) {
    const change = { tdAttributes: bytes(tdAttributes), xfam: bytes(xfam) }
    const quote = makeQuote(
      pki,
      body(mrServiceTd === null ? change : { ...change, mrServiceTd: bytes(mrServiceTd) }),
      bodyType === 2 ? 4 : 5,
    )
    expect((await verifySimulated({ quote })).code, name).toBe(code)
  }
})
