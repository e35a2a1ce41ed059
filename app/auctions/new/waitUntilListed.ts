import type { Address, Hex } from 'viem'
import { auctionListResponseSchema } from '../../api/v1/_schemas/auction'
import { fetchApi } from '../../_data/fetchApi'

const LOOKS = 20
const LOOK_INTERVAL_MS = 750

/** Waits until the index lists a new auction, so that its page has something to show. Gives up after 15 seconds. */
export async function waitUntilListed(id: Hex, seller: Address): Promise<void> {
  for (let look = 0; look < LOOKS; look++) {
    const list = await fetchApi(`/auctions?seller=${seller}&limit=5`, auctionListResponseSchema).catch(() => null)
    if (list?.auctions.some((auction) => auction.id === id)) return
    await new Promise((resolve) => setTimeout(resolve, LOOK_INTERVAL_MS))
  }
}
