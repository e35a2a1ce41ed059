import type { Stack } from '../../../lib/dev/stack'
import { OPEN, SHORT, type SeedAuction } from '../../../lib/dev/seed/catalogue'
import { seedAuction, type SeedMarket } from '../../../lib/dev/seed/seedAuction'
import { auctionListResponseSchema, type Phase } from '../../../app/api/v1/_schemas/auction'
import { askApi } from './askApi'
import { skipTime } from './chainControl'
import { pauseKeeper } from './pauseKeeper'
import { until } from './until'

/** Paths of auctions, by what they show. */
export type EveryPhase = Record<'open' | 'closed' | 'settled' | 'final' | 'unsold' | 'voided', string>

/**
 * Auctions in every phase, from the demonstration's own catalogue. At the end the keeper is paused, so that the closed
 * one stays closed; `resume` lets it go on.
 */
export async function openEveryPhase(stack: Stack, web: string): Promise<{ paths: EveryPhase; resume: () => void }> {
  const { rpc: rpcUrl, enclave: enclaveUrl } = stack.urls
  const { deployment } = stack
  const market: SeedMarket = { network: { rpcUrl, enclaveUrl, deployment }, grain: deployment.contracts.demoBase! }
  const seeded = (key: string): SeedAuction => {
    const found = [...OPEN, ...SHORT].find((auction) => auction.key === key)
    if (!found) throw new Error(`The catalogue has no ${key}.`)
    return found
  }
  const order = ['etchings', 'orchard', 'rye', 'umbrella', 'lantern'] as const
  // Long enough for every bid on the slowest machine; what is left of it is skipped.
  for (const key of order)
    await seedAuction(market, key === 'etchings' ? seeded(key) : { ...seeded(key), closesIn: 600 })
  await skipTime({ stack }, 600)
  const [open, final, unsold, voided, settled] = await waitFor(web, order.length, [
    'open',
    'final',
    'final',
    'voided',
    'settled',
  ])
  const resume = pauseKeeper(stack)
  await seedAuction(market, { ...seeded('harbour'), closesIn: 600, bids: seeded('harbour').bids.slice(0, 1) })
  await skipTime({ stack }, 600)
  const closed = (await waitFor(web, order.length + 1, ['open', 'final', 'final', 'voided', 'settled', 'closed']))[5]
  const paths = { open, closed, settled, final, unsold, voided }
  return {
    paths: Object.fromEntries(Object.entries(paths).map(([name, id]) => [name, `/auctions/${id}`])) as EveryPhase,
    resume,
  }
}

/** Ids in the order of creation, once each auction is in its phase. */
function waitFor(web: string, count: number, phases: readonly Phase[]): Promise<string[]> {
  const look = async () => {
    const { auctions } = await askApi(web, '/auctions?limit=100', auctionListResponseSchema)
    const inOrder = auctions.reverse()
    const all = inOrder.length === count && inOrder.every(({ phase }, index) => phase === phases[index])
    return all ? inOrder.map(({ id }) => id) : undefined
  }
  return until(`list of auctions that are ${phases.join(', ')}`, look)
}
