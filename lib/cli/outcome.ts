import { once } from 'node:events'
import { Option, type Command } from 'commander'
import type { PricingRule } from '../protocol/constants'
import { answerLine, MAX_LINE_LENGTH } from './outcomeLine'
import { readLines } from './readLines'

const RULES: Record<string, PricingRule> = {
  first: 'FIRST_PRICE',
  second: 'SECOND_PRICE',
  uniform: 'UNIFORM_PRICE',
  'pay-as-bid': 'PAY_AS_BID',
}

async function run(rule: PricingRule): Promise<void> {
  const { stdin, stdout } = process
  // A reader that has seen enough (`| head`) is no failure.
  stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  for await (const line of readLines(stdin, MAX_LINE_LENGTH)) {
    const isBelowHighWater = stdout.write(JSON.stringify(answerLine(line, rule)) + '\n')
    if (!isBelowHighWater) await once(stdout, 'drain')
  }
}

/** `subrosa outcome --rule …`. PROTOCOL.md section 6, without a chain. */
export function configure(command: Command): void {
  command
    .addOption(new Option('--rule <rule>', 'the pricing rule').choices(Object.keys(RULES)).makeOptionMandatory())
    .addHelpText(
      'after',
      `
In:  {"supply":1,"reserve":0,"bids":[{"bidder":"b1","price":100,"quantity":1,"collateral":null}]}
     in order of arrival; a bidder's later bid replaces his earlier one; collateral in ticks, null for enough.
Out: {"clearingPrice":100,"winners":[{"bidder":"b1","fill":1,"payment":"100"}],"dispositions":["won"]}
     payment in ticks; a line that cannot be read gives {"error":{"code","message"}} in its place.`,
    )
    .action(({ rule }: { rule: keyof typeof RULES }) => run(RULES[rule] as PricingRule))
}
