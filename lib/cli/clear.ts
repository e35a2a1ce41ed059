import type { Command } from 'commander'
import { answerLines } from './answerLines'
import { answerClearLine } from './clearLine'

/** `subrosa clear`. PROTOCOL.md section 11, steps 2 to 6, without a chain and so without margins. */
export function configure(command: Command): void {
  command
    .addHelpText(
      'after',
      `
In:  {"reference":100,"band":10,"orders":[{"id":"a","trader":"t","side":"buy","price":101,"quantity":5,"minFill":2,"fillOrKill":false}]}
     in order of arrival; reference is the last price, band its width in ticks either side (null: none);
     price null is a market order; without trader, an order is its own trader; with "maxFills":1000, as a market has
     it, of each side the best 250 market orders and the best 250 others take part (null, or left out: all).
Out: {"price":100,"volume":5,"fills":[{"id":"a","quantity":5}],"dropped":[{"id":"b","reason":"self-trade"}]}
     price null where nothing trades; reasons: self-trade, fill-or-kill, min-fill, too-many-conditional,
     crowded-out; a line that cannot be read gives {"error":{"code","message"}} in its place.`,
    )
    .action(() => answerLines(answerClearLine))
}
