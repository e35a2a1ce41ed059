import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import { makeSimulatedEvidence } from '../../../lib/enclave/simulator/makeSimulatedEvidence'
import { simulatorRootPem } from '../../../lib/enclave/simulator/pki'
import { DSTACK_POLICY } from '../../unit/attestation/support/vectors'
import type { Verdict } from '../../../lib/protocol/attestation/verdict'
import { subrosa } from '../../fixtures/subrosa'

const vectors = join(process.cwd(), 'tests/vectors/attestation')
const folder = mkdtempSync(join(tmpdir(), 'subrosa-attest-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, contents: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, contents)
  return path
}

type Run = Awaited<ReturnType<typeof subrosa>>

const attest = (...options: string[]) => subrosa(['attest', ...options])
const verdictOf = ({ out }: Pick<Run, 'out'>) => JSON.parse(out) as Verdict
const TDX = [
  'verify',
  '--quote',
  join(vectors, 'tdx_quote.bin'),
  '--collateral',
  join(vectors, 'tdx_quote_collateral.json'),
]

const quoted = (name: string, text: string) => ['verify', '--quote', file(name, text), ...TDX.slice(3), '--at', '1']

describe('subrosa attest verify', () => {
  it('exits 0 with the verdict where all holds: a raw quote', async () => {
    // As its users start it, from the sources and by npm; the rest of the file spares itself the seconds that this takes.
    const command = ['run', '-s', 'subrosa', '--', 'attest', ...TDX, '--at', '1750809600']
    const { stdout } = await promisify(execFile)('npm', command)
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, code: null, root: 'intel', tcbStatus: 'UpToDate', app: null })
    // Nobody said whose program it should be.
    expect(stdout).toMatch(/^\{"ok":true,"policy":"none",/)
  })

  it('reads a quote in hex, a log in a report, and a policy; exits 1 where a check fails', async () => {
    const report = join(vectors, 'dstack_quote_report.json')
    const { quote } = JSON.parse(readFileSync(report, 'utf8')) as { quote: string }
    const options = [
      ...['verify', '--quote', file('quote.hex', `0x${quote}\n`), '--event-log', report],
      ...['--collateral', join(vectors, 'dstack_quote_collateral.json'), '--at', '1771977600', '--policy'],
    ]
    const [good, bad] = await Promise.all([
      attest(...options, file('good.json', JSON.stringify(DSTACK_POLICY))),
      attest(...options, file('bad.json', JSON.stringify({ ...DSTACK_POLICY, composeHashes: ['00'.repeat(32)] }))),
    ])
    expect(good.code).toBe(0)
    const app = { composeHash: DSTACK_POLICY.composeHashes[0], keyProvider: 'local-sgx' }
    expect(verdictOf(good)).toMatchObject({ ok: true, policy: 'complete', app })
    expect(bad.code).toBe(1)
    expect(verdictOf(bad)).toMatchObject({ ok: false, policy: 'complete', code: 'COMPOSE_HASH_UNACCEPTED' })
  })

  it('takes a policy that leaves something open only as a partial one', async () => {
    const { appIds: _, ...partial } = DSTACK_POLICY
    const threeRegisters = [{ ...DSTACK_POLICY.measurements[0], rtmr2: undefined }]
    const report = join(vectors, 'dstack_quote_report.json')
    const options = (policy: object) => [
      ...['verify', '--quote', report, '--collateral', join(vectors, 'dstack_quote_collateral.json')],
      ...['--at', '1771977600', '--policy', file(`${JSON.stringify(policy).length}.json`, JSON.stringify(policy))],
    ]
    const [refused, three, empty, open, none] = await Promise.all([
      attest(...options(partial)),
      attest(...options({ ...DSTACK_POLICY, measurements: threeRegisters })),
      attest(...options({})),
      attest(...options(partial), '--partial'),
      attest(...TDX, '--at', '1750809600', '--partial'),
    ])
    expect(refused).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('leaves open: appIds;') as string,
    })
    expect(three).toMatchObject({ code: 2, err: expect.stringContaining('open: measurements.0.rtmr2;') as string })
    const all = 'appIds, composeHashes, measurements, keyProviders, acceptedTcbStatuses;'
    expect(empty).toMatchObject({ code: 2, out: '', err: expect.stringContaining(all) as string })
    expect([open.code, verdictOf(open)]).toMatchObject([0, { ok: true, policy: 'partial' }])
    expect([none.code, verdictOf(none)]).toMatchObject([0, { ok: true, policy: 'none' }])
  })

  it('holds the simulator’s evidence against its root, and against no other', async () => {
    const seed = new Uint8Array(32).fill(3)
    const evidence = makeSimulatedEvidence({ seed, reportData: new Uint8Array(64), at: 1_800_000_000 })
    const report = { quote: Buffer.from(evidence.quote).toString('hex'), event_log: evidence.eventLog }
    const options = [
      ...['verify', '--quote', file('simulated.json', JSON.stringify(report)), '--at', '1800000000'],
      ...['--collateral', file('collateral.json', JSON.stringify(evidence.collateral))],
    ]
    const root = ['--root', 'simulator', '--root-certificate', file('root.pem', simulatorRootPem(seed))]
    const [own, intel] = await Promise.all([attest(...options, ...root), attest(...options)])
    expect(own.code).toBe(0)
    expect(verdictOf(own)).toMatchObject({ ok: true, root: 'simulator', app: { keyProvider: 'simulator' } })
    expect(intel.code).toBe(1)
    expect(verdictOf(intel)).toMatchObject({ ok: false, root: 'intel', code: 'ROOT_UNTRUSTED' })
  })

  it.each([
    ['a flag that is not known', [...TDX, '--at', '1', '--force'], "unknown option '--force'"],
    ['a time that is none', [...TDX, '--at', '2025-06-25'], 'Unix seconds'],
    ['a file that is not there', [...TDX.slice(0, 3), '--collateral', '/nowhere', '--at', '1'], 'cannot be read'],
    ['hex with a digit missing', quoted('odd.hex', '040002008'), 'an odd number of hex digits, 9'],
    [
      'a quote that is prose',
      quoted('prose.txt', 'the quote is in the other file'),
      'neither the bytes of a quote nor hex',
    ],
    ['a quote that is nothing', quoted('empty.bin', ''), 'is empty'],
    ['collateral that is not JSON', [...TDX.slice(0, 3), '--collateral', TDX[2]!, '--at', '1'], 'is not JSON'],
    [
      'a policy field that is not known',
      [...TDX, '--at', '1', '--policy', file('p.json', '{"debug":true}')],
      'not valid',
    ],
    ['another command', ['trust'], "unknown command 'trust'"],
  ])('exits 2 with a sentence for %s', async (_what, options, sentence) => {
    const result = await attest(...options)
    expect(result).toMatchObject({ code: 2, out: '', err: expect.stringContaining(sentence) as string })
    expect(result.err).not.toContain('    at ')
  })
})
