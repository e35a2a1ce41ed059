import { approveMarginCall, executeWithdrawalCall, requestWithdrawalCall } from '../../../lib/chain/calls/book/margin'
import { startPostgres } from '../../fixtures/postgres'
import { DISPOSITION } from '../../../lib/protocol/book/disposition'
import { ENCLAVE, openHouse } from '../indexer/auctionHouse'
import { startLocalChain } from '../indexer/localChain'
import { openMarketPlace } from '../indexer/marketPlace'
import { openIndex } from '../indexer/testIndex'
import { serveFrom } from './serveFrom'

export type MarketWorld = Awaited<ReturnType<typeof openMarketWorld>>

/** Who sells, who buys, and who does both. */
export const [SELLING, BUYING, BOTH] = [4, 5, 6]
/** The enclave's other signer, who may settle what a strike took back from the first. */
export const SECOND_SIGNER = 7

/**
 * An index that the API serves, of a market with a history: batch 1 is final, batch 2 was settled and struck a minute
 * after its end, and batch 3 takes orders. `second` is what batch 2 can be settled to again.
 */
export async function openMarketWorld() {
  const postgres = await startPostgres()
  const chain = await startLocalChain(60)
  const house = await openHouse(chain)
  await house.admitEnclave(SECOND_SIGNER)
  const place = await openMarketPlace(chain, house)
  const index = await openIndex(postgres, place)
  const stopServing = serveFrom(index.url)

  const quiet = await place.createMarket({ base: place.tokens.quote, quote: place.tokens.base })
  const market = await place.createMarket({ batchSettleBy: 1_500 })
  const { base, quote } = place.tokens
  await place.fund(market, SELLING, base, 100_000n)
  await place.fund(market, BUYING, quote, 1_000_000n)
  await place.fund(market, BOTH, base, 50_000n)
  await place.fund(market, BOTH, quote, 500_000n)

  const sell = await place.place(market, SELLING)
  const buy = await place.place(market, BUYING)
  const taken = await place.place(market, BOTH)
  await place.cancel(market, BOTH, taken)
  await place.moveToEndOf(market, 1n)
  const carried = [
    { leaf: sell.leaf, filled: 7, disposition: DISPOSITION.cutRests },
    { leaf: buy.leaf, filled: 7, disposition: DISPOSITION.filled },
    { leaf: taken.leaf, filled: 0, disposition: DISPOSITION.cancelled },
  ]
  const shares = [
    { order: sell, sell: true, lots: 7 },
    { order: buy, sell: false, lots: 7 },
  ]
  const first = await place.settle(market, 1n, 100, shares, ENCLAVE, carried)
  const later = await place.place(market, BOTH)
  await place.moveToEndOf(market, 2n)
  await place.finalize(first)
  await place.settle(market, 2n, 105, [
    { order: sell, sell: true, lots: 3 },
    { order: later, sell: false, lots: 3 },
  ])
  await place.moveTo(market.startsAt + 2n * BigInt(market.params.batchLength) + 60n)
  await place.strike(market, 2n)
  await index.sync()
  const second = [
    { order: sell, sell: true, lots: 2 },
    { order: later, sell: false, lots: 2 },
  ]
  return {
    ...{ chain, house, place, index, market, quiet, sell, buy, taken, later, second, carried },
    approve: (account: number, amount: bigint) =>
      place.execute(account, approveMarginCall(place.deployment, quote, amount)),
    request: (account: number, amounts: { base: bigint; quote: bigint }) =>
      place.execute(account, requestWithdrawalCall(place.deployment, market.id, amounts)),
    payOut: (account: number, trader: `0x${string}`) =>
      place.execute(account, executeWithdrawalCall(place.deployment, market.id, trader)),
    close: async () => {
      await stopServing()
      await index.close()
      await chain.stop()
      await postgres.stop()
    },
  }
}
