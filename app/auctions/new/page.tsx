import type { Metadata } from 'next'
import { NewAuction } from './NewAuction'

export const metadata: Metadata = { title: 'Sell something' }

export default function NewAuctionPage() {
  return (
    <div className="space-y-8">
      <div>
        <h1 className="text-3xl font-semibold sm:text-4xl">Sell something</h1>
        <p className="text-muted mt-2 max-w-prose">
          The contract holds your lot from the moment the auction opens until it is sold or goes back to you. The terms
          cannot be changed once it is open.
        </p>
      </div>
      <NewAuction />
    </div>
  )
}
