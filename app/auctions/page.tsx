import type { Metadata } from 'next'
import Link from 'next/link'
import { buttonClass } from '../_ui/Button'
import { AuctionList } from './AuctionList'

export const metadata: Metadata = { title: 'Auctions' }

export default function AuctionsPage() {
  return (
    <div className="space-y-8">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div>
          <h1 className="text-3xl font-semibold sm:text-4xl">Auctions</h1>
          <p className="text-muted mt-2 max-w-prose">
            Every bid is sealed: you see how many there are, never how much. Losing bids stay sealed for good.
          </p>
        </div>
        <Link href="/auctions/new" className={buttonClass('main')}>
          Sell something
        </Link>
      </div>
      <AuctionList />
    </div>
  )
}
