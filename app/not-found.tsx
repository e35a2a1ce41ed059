import Link from 'next/link'
import { buttonClass } from './_ui/Button'

export default function NotFound() {
  return (
    <div className="space-y-4">
      <h1 className="text-3xl font-semibold">There is nothing at this address.</h1>
      <p className="text-muted">The link may be wrong. Bids and money are on the chain and not affected.</p>
      <Link href="/auctions" className={buttonClass('main')}>
        See the auctions
      </Link>
    </div>
  )
}
