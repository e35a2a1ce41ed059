import { claimCall, claimProceedsCall } from '../../../lib/chain/calls/claims'
import { startPostgres } from '../../fixtures/postgres'
import { openHouse } from '../indexer/auctionHouse'
import { startLocalChain } from '../indexer/localChain'
import { openIndex } from '../indexer/testIndex'
import { serveFrom } from './serveFrom'

export type ResourcesWorld = Awaited<ReturnType<typeof openResourcesWorld>>

/** An index that the API serves: one auction sold, another open with two bids; 40 blocks may be taken back. */
export async function openResourcesWorld() {
  const postgres = await startPostgres()
  const chain = await startLocalChain(40)
  const house = await openHouse(chain)
  const index = await openIndex(postgres, house)
  const stopServing = serveFrom(index.url)
  const sold = await house.createAuction({ reserve: 5, secondsOpen: 500 })
  const winner = await house.placeBid(sold, 4, 30)
  const loser = await house.placeBid(sold, 5, 20)
  await house.moveTo(sold.params.closesAt)
  await house.settleFirstPrice(sold, winner)
  const open = await house.createAuction({ secondsOpen: 100_000 })
  await house.placeBid(open, 4, 7)
  await house.placeBid(open, 6, 8)
  await index.sync()
  return {
    ...{ chain, house, index, sold, winner, loser, open },
    /** Claims both bids of the sold auction, which must be final, and its proceeds. */
    claimSold: async () => {
      for (const { bid } of [winner, loser]) await house.execute(0, claimCall(house.deployment, sold.id, bid))
      await house.execute(0, claimProceedsCall(house.deployment, sold.id))
      await index.sync()
    },
    close: async () => {
      await stopServing()
      await index.close()
      await chain.stop()
      await postgres.stop()
    },
  }
}
