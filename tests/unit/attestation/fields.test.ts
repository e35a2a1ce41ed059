import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CHECKS } from '../../../lib/protocol/attestation/checks'
import { COLLATERAL_ROWS } from './support/fields/collateralRows'
import { LOG_ROWS } from './support/fields/logRows'
import { OUR_ROWS } from './support/fields/ourRows'
import { QUOTE_ROWS } from './support/fields/quoteRows'
import { check } from './support/vectors'
import { honestWorld, judgeWorld } from './support/world'

/** Every field that a verdict on a trust domain rests on, as docs/attestation.md lists them. */
const FIELD_ROWS = [...QUOTE_ROWS, ...COLLATERAL_ROWS, ...LOG_ROWS, ...OUR_ROWS]

describe('a field that is changed alone', () => {
  it('nothing: the verdict holds, and every check was asked for that a trust domain has', async () => {
    const verdict = await judgeWorld(honestWorld())
    expect(verdict).toMatchObject({ ok: true, policy: 'complete' })
    const idle = verdict.checks.filter(({ ok }) => ok === null).map(({ name }) => name)
    expect(idle).toEqual(['mrenclave', 'mrsigner', 'report-data'])
  })

  it.each(FIELD_ROWS)('%s, %s', async (_field, _change, make, code) => {
    const world = honestWorld()
    make(world)
    const verdict = await judgeWorld(world)
    expect([verdict.code, verdict.ok]).toEqual([code, code === null])
  })

  it('refuses by every code that there is for a trust domain', () => {
    const shown = new Set(FIELD_ROWS.map(([, , , code]) => code))
    const foreign = ['MRENCLAVE_UNACCEPTED', 'MRSIGNER_UNACCEPTED']
    expect(
      Object.values(CHECKS)
        .map(([code]) => code)
        .filter((code) => !shown.has(code)),
    ).toEqual(foreign)
  })

  it('at several places is told by the first check that fails, and by each', async () => {
    const world = honestWorld()
    world.body.mrTd = new Uint8Array(48)
    world.at += 31 * 86_400
    const verdict = await judgeWorld(world)
    expect(verdict.code).toBe('CRL_EXPIRED')
    expect(check(verdict, 'mrtd').ok).toBe(false)
  })
})

/** Rows of the table under this heading: the first cell, and the codes in the last. */
function tableUnder(heading: string): Map<string, string[]> {
  const text = readFileSync(new URL('../../../docs/attestation.md', import.meta.url), 'utf8')
  const section = text.split(/^## /m).find((part) => part.startsWith(heading)) ?? ''
  const lines = section.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| field'))
  return new Map(
    lines.map((line) => {
      const cells = line.slice(2, -2).split(' | ')
      return [cells[0] ?? '', [...(cells.at(-1) ?? '').matchAll(/`([A-Z0-9_]+)`/g)].map(([, code]) => code!).sort()]
    }),
  )
}

it('the documentation lists the same fields, each with the codes that it is refused by', () => {
  const tested = new Map<string, Set<string>>()
  for (const [field, , , code] of FIELD_ROWS) {
    const codes = tested.get(field) ?? new Set()
    tested.set(field, code === null ? codes : codes.add(code))
  }
  const expected = new Map([...tested].map(([field, codes]) => [field, [...codes].sort()]))
  expect(tableUnder('What a verdict rests on')).toEqual(expected)
})
