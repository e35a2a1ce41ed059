// Verifying real TDX evidence, beside dcap-qvl in the same run: in Node and in Chromium; and what the verifier weighs.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { chromium } from 'playwright-core'
import { findChromium } from '../../lib/dev/browser.mjs'
import { race, type Evidence, type Times } from './attestation/race'

const ROUNDS = 40
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const vector = (name: string) => readFileSync(here(`../vectors/attestation/${name}`))
const json = (name: string) => JSON.parse(vector(name).toString()) as unknown
const report = json('dstack_quote_report.json') as { quote: string; event_log: string }

const EVIDENCE: Record<string, Evidence> = {
  'tdx-quote': {
    quote: vector('tdx_quote.bin').toString('hex'),
    collateral: json('tdx_quote_collateral.json'),
    at: 1_750_809_600,
  },
  'dstack-quote-and-log': {
    quote: report.quote,
    collateral: json('dstack_quote_collateral.json'),
    eventLog: JSON.parse(report.event_log) as unknown,
    at: 1_771_977_600,
  },
}

const print = (line: object) => console.log(JSON.stringify({ bench: 'attestation', ...line }))
const round = (value: number) => Number(value.toPrecision(4))
const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN

/** The first run by itself, since that is what a visitor meets; then the median and the least of the rest. */
function printTimes(name: string, { ours, theirs }: Times, isWarm = false): void {
  const figures: [string, (values: number[]) => number][] = [
    ['first', ([first = NaN]) => first],
    ['median', ([, ...rest]) => median(rest)],
    ['least', ([, ...rest]) => Math.min(...rest)],
  ]
  for (const [kind, of] of isWarm ? figures.slice(1) : figures) {
    const [value, baseline] = [round(of(ours)), round(of(theirs))]
    print({
      case: `${name}/${kind}`,
      value,
      unit: 'ms',
      baseline,
      ratio: round(baseline / value),
      against: 'dcap-qvl 0.3.9',
    })
  }
}

async function bundle(entry: string, format: 'esm' | 'iife'): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [here(entry)],
    bundle: true,
    minify: true,
    write: false,
    format,
    platform: 'browser',
    define: { global: 'globalThis' },
  })
  const [file] = outputFiles
  if (!file) throw new Error(`${entry} gave no bundle`)
  return file.contents
}

/** The same code as a page has it. Its address is local, so that WebCrypto is there. */
async function raceInChromium(): Promise<void> {
  const executablePath = await findChromium()
  if (executablePath === undefined) throw new Error('no Chromium on this machine: see CHROMIUM_PATH')
  const script = await bundle('./attestation/page.ts', 'iife')
  const server = createServer(({ url }, response) => {
    response.setHeader('content-type', url === '/page.js' ? 'text/javascript' : 'text/html')
    response.end(url === '/page.js' ? script : '<!doctype html><script src="/page.js"></script>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  try {
    for (const [name, evidence] of Object.entries(EVIDENCE)) {
      const page = await browser.newPage()
      await page.goto(`http://127.0.0.1:${port}/`)
      const times = await page.evaluate(
        ([input, rounds]) => (globalThis as unknown as { race: typeof race }).race(input, rounds),
        [evidence, ROUNDS] as const,
      )
      printTimes(`chromium/${name}`, times)
      await page.close()
    }
  } finally {
    await browser.close()
    server.close()
  }
}

/** Milliseconds of processor time, all threads: what is left of a figure where other programs run as well. */
function processorTime(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

for (const [name, evidence] of Object.entries(EVIDENCE)) {
  printTimes(`node/${name}`, await race(evidence, ROUNDS))
  printTimes(`node/${name}/processor`, await race(evidence, ROUNDS, processorTime), true)
}
await raceInChromium()
const verifier = await bundle('../../lib/protocol/attestation/verifyEvidence.ts', 'esm')
print({ case: 'bundle/minified', value: verifier.length, unit: 'bytes' })
print({ case: 'bundle/gzipped', value: gzipSync(verifier, { level: 9 }).length, unit: 'bytes' })
