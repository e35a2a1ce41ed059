import { readMarket } from '../../chain/book/marketState'
import type { Bot, BotContext } from './marketMaker'
import { hurried } from './quotes'

/** Rounds in which he does something, and the worst price that he accepts, in hundredths of a percent. */
const EAGERNESS = 0.7
const WORST_BPS = 300

/** Somebody who buys or sells a few lots at the market now and then, so that there is something to clear. */
export function createTaker(context: BotContext, anchor: number, mostLots: number): Bot {
  const { connection, deployment, market, trader, random } = context
  return {
    async round() {
      if (random() > EAGERNESS) return
      const state = await readMarket(connection, deployment, market.id)
      const price = state?.lastPrice || anchor
      await trader.place(market, hurried(price, random() < 0.5, 1 + Math.floor(random() * mostLots), WORST_BPS))
    },
  }
}
