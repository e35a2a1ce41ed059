import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { loadDeployment } from '../../chain/loadDeployment'
import { openConnection } from '../../chain/openConnection'
import { loadEnv } from '../../config/env'
import { createLogger } from '../../observe/logger'
import { ACCOUNT, localAccount } from '../accounts'
import { createTrader } from '../market/trader'
import { ensureDemoMarkets } from '../seed/markets'
import { keepFunded } from './keepFunded'
import { createMarketMaker, type Bot } from './marketMaker'
import { createTaker } from './taker'

const env = loadEnv(z.object({ RPC_URL: z.url(), DEPLOYMENT_FILE: z.string().min(1) }))
const log = createLogger('bots')

/** Rounds at full pace, which make a chart; then one in so many, since a chain that is looked at by nobody fills a disk. */
const LIVELY_ROUNDS = 60
const QUIET_EVERY = 6
const MAKER_STYLE = { halfSpreadBps: 40, stepBps: 60, levels: 2, lives: 2 } as const

/** First prices in ticks and sizes in lots, market by market, as `demoMarkets` lists them. */
const CHARACTERS = [
  { anchor: 2_500, makerLots: 40, takerLots: 30 },
  { anchor: 3_000, makerLots: 20, takerLots: 15 },
] as const

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
/** Asked again after every wait: a signal may have come meanwhile. */
const stopped = () => stop.signal.aborted

const deployment = await loadDeployment(env.DEPLOYMENT_FILE)
const connection = openConnection(env.RPC_URL)
const markets = await ensureDemoMarkets(env.RPC_URL, deployment)

/** A maker and two takers in one market, each with an account of his own. */
async function trade(position: number): Promise<void> {
  const market = markets[position]
  const character = CHARACTERS[position]
  if (!market || !character) return
  const { anchor, makerLots, takerLots } = character
  const { lotSize, tickSize, batchLength } = market.params
  const lots = BigInt(makerLots) * 100n
  const target = { base: lots * lotSize, quote: lots * tickSize * BigInt(anchor) }
  const traders = [0, 1, 2].map((seat) => {
    const account = localAccount(ACCOUNT.firstBot + position * 3 + seat)
    return createTrader({ rpcUrl: env.RPC_URL, deployment, account })
  })
  const bots = traders.map((trader, seat): Bot => {
    const context = { connection, deployment, market, trader, random: Math.random }
    if (seat === 0) return createMarketMaker(context, anchor, { ...MAKER_STYLE, lots: makerLots })
    return createTaker(context, anchor, takerLots)
  })
  for (let round = 0; !stopped(); round++) {
    if (round < LIVELY_ROUNDS || round % QUIET_EVERY === 0) {
      for (const [seat, bot] of bots.entries()) {
        try {
          const trader = traders[seat]
          if (trader) await keepFunded(trader, market, target)
          if (!stopped()) await bot.round()
        } catch (err) {
          // A node or an enclave that is away comes back; the next batch is another chance.
          log.warn({ market: market.id, seat, err }, 'a round failed')
        }
      }
    }
    await sleep(batchLength * 1_000, undefined, { signal: stop.signal }).catch(() => undefined)
  }
}

log.info({ markets: markets.map(({ id }) => id) }, 'trading')
await Promise.all(markets.map((_market, position) => trade(position)))
