import { Option, type Command } from 'commander'
import type { PricingRule } from '../protocol/constants'
import { answerLines } from './answerLines'
import { answerLine } from './outcomeLine'

const RULES: Record<string, PricingRule> = {
  first: 'FIRST_PRICE',
  second: 'SECOND_PRICE',
  uniform: 'UNIFORM_PRICE',
  'pay-as-bid': 'PAY_AS_BID',
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
    .action(({ rule }: { rule: keyof typeof RULES }) =>
      answerLines((line) => answerLine(line, RULES[rule] as PricingRule)),
    )
}
