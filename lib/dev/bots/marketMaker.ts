import type { Hex } from 'viem'
import { readMarket } from '../../chain/book/marketState'
import { readCurrentBatch, readOrder } from '../../chain/book/reads'
import type { ChainConnection } from '../../chain/connection'
import type { BookDeployment } from '../../chain/deployment'
import type { LocalTrader, OpenMarket } from '../market/trader'
import { away, ladder, type QuoteStyle } from './quotes'

/** What a bot works with. `random`: a number from 0 to 1, which in production comes from Math.random. */
export type BotContext = {
  connection: ChainConnection
  deployment: BookDeployment
  market: OpenMarket
  trader: LocalTrader
  random: () => number
}

/** One round of a bot, once a batch. */
export type Bot = { round: () => Promise<void> }

/** How far the maker's opinion moves in a batch, and how hard it is pulled back to where it began. */
const WANDER_BPS = 60
const PULL = 0.1

/**
 * A market maker. Every batch he takes back what is left of his last quotes and seals new ones around his opinion of the
 * price: the last one that traded, and a little of what he believed in the first place. What he buys and sells he never
 * sees coming, and neither does anybody see him.
 *
 * @param anchor Ticks per lot: his first price.
 */
export function createMarketMaker(context: BotContext, anchor: number, style: QuoteStyle): Bot {
  const { connection, deployment, market, trader, random } = context
  let standing: Hex[] = []
  return {
    async round() {
      const state = await readMarket(connection, deployment, market.id)
      if (!state) throw new Error(`There is no market ${market.id}.`)
      const last = state.lastPrice || anchor
      const opinion = Math.max(1, Math.round(last + (anchor - last) * PULL))
      const price = away(opinion, Math.round((random() * 2 - 1) * WANDER_BPS))

      for (const leaf of standing) {
        // The new quotes would cross the old ones, and an order that crosses its own trader's is dropped.
        const order = await readOrder(connection, deployment, market.id, leaf)
        if (order?.cancelledIn === 0n) await trader.cancel(market, leaf)
      }
      standing = []
      const batchId = await readCurrentBatch(connection, deployment, market.id)
      for (const terms of ladder(price, batchId, style)) standing.push((await trader.place(market, terms)).leaf)
    },
  }
}
