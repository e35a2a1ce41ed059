import { readFile } from 'node:fs/promises'
import { Option, type Command } from 'commander'
import { readHistory } from '../dev/replay/history'
import { replay } from '../dev/replay/replay'
import { withStack } from '../dev/replay/withStack'

const RULES = { first: 'FIRST_PRICE', second: 'SECOND_PRICE' } as const

type Options = { data: string; auction: string; rule: keyof typeof RULES }

async function run({ data, auction, rule }: Options): Promise<void> {
  const history = readHistory(await readFile(data, 'utf8'), auction)
  const say = (line: string) => process.stderr.write(`${line}\n`)
  const report = await withStack(say, (network) => replay(network, history, RULES[rule]))
  process.stdout.write(`${JSON.stringify(report)}\n`)
  if (!report.agreesWithOutcome) {
    say('The chain and `outcome` disagree about this auction.')
    process.exitCode = 1
  }
}

/** `subrosa replay`: a real bid history through the local stack, sealed. */
export function configure(command: Command): void {
  command
    .requiredOption('--data <file>', 'bid history as CSV')
    .requiredOption('--auction <id>', 'which auction of it')
    .addOption(new Option('--rule <rule>', 'the pricing rule').choices(Object.keys(RULES)).makeOptionMandatory())
    .addHelpText(
      'after',
      `
Every bidder gets an account of his own; every bid that is above his last is sealed and sent, in order. The running
stack (npm start) settles and claims; if none runs, one is started for the time it takes. Prints one JSON line; prices
are in cents, and the seller's opening bid is the reserve.`,
    )
    .action(run)
}
