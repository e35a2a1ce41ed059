import type { Metadata } from 'next'
import { load } from '../_server/pageData'
import { readMarkets } from '../_server/readMarkets'
import { LiveUpdates } from '../_ui/LiveUpdates'
import { Notice } from '../_ui/Notice'
import { PageProblem } from '../_ui/PageProblem'
import { MarketList } from './MarketList'

export const metadata: Metadata = { title: 'Markets' }

/** Every market of the hidden order book. */
export default async function BookPage() {
  const loaded = await load(readMarkets)
  return (
    <div className="space-y-8">
      <div>
        <h1 className="text-3xl font-semibold sm:text-4xl">Markets</h1>
        <p className="text-muted mt-2 max-w-prose">
          An order book without a book to look at. Orders come in sealed; every few seconds an enclave opens a batch of
          them and clears it at one price for all. What does not trade stays sealed.
        </p>
      </div>
      {loaded.ok ? (
        <>
          {loaded.data.markets.length > 0 ? (
            <MarketList markets={loaded.data.markets} madeAt={loaded.data.madeAt} />
          ) : (
            <Notice title="No market yet.">
              <p>
                Anyone can open one, with a transaction to the order book’s contract; the API lists it from then on.
              </p>
            </Notice>
          )}
          <LiveUpdates watch="/markets" subject={{ markets: 'all' }} madeAt={loaded.data.madeAt} />
        </>
      ) : (
        <PageProblem what="The list of markets" reason={loaded.reason} watch="/markets" />
      )}
    </div>
  )
}
