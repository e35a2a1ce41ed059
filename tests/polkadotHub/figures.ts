import type { Costs } from './costs'

/** What a step took: seconds by the wall clock, the runtime's weight, plancks. */
export type Figure = {
  step: string
  seconds: number
  refTime?: bigint
  proofSize?: bigint
  storageDeposit?: bigint | undefined
  fee?: bigint
  gas?: bigint
}

const figures: Figure[] = []

/** Times a step; of what has costs, a receipt for one, it keeps those as well. */
export async function timed<T>(step: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now()
  const result = await work()
  const figure: Figure = { step, seconds: (performance.now() - start) / 1_000 }
  if (hasCosts(result)) {
    const { weight, storageDeposit, fee, gasUsed: gas } = result
    Object.assign(figure, { ...weight, storageDeposit, fee, gas })
  }
  figures.push(figure)
  process.stderr.write(`${step}: ${figure.seconds.toFixed(1)} s\n`)
  return result
}

function hasCosts(value: unknown): value is Costs {
  return typeof value === 'object' && value !== null && 'weight' in value && 'storageDeposit' in value
}

const COLUMNS: [string, (figure: Figure) => string][] = [
  ['step', ({ step }) => step],
  ['s', ({ seconds }) => seconds.toFixed(1)],
  ['refTime, ms', ({ refTime }) => (refTime === undefined ? '' : (Number(refTime) / 1e9).toFixed(2))],
  ['proof, kB', ({ proofSize }) => (proofSize === undefined ? '' : (Number(proofSize) / 1e3).toFixed(1))],
  ['storage deposit, coins', ({ storageDeposit }) => (storageDeposit === undefined ? '' : coins(storageDeposit))],
  ['fee, coins', ({ fee }) => (fee === undefined ? '' : coins(fee))],
  ['gas', ({ gas }) => gas?.toString() ?? ''],
]

/** Ten decimals, as the Hub's coin has. */
const coins = (plancks: bigint) => (Number(plancks) / 1e10).toFixed(4)

/** Markdown. */
export function figuresTable(): string {
  const rows = [
    COLUMNS.map(([title]) => title),
    COLUMNS.map(() => '---'),
    ...figures.map((figure) => COLUMNS.map(([, show]) => show(figure))),
  ]
  return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
