import Link from 'next/link'
import { Hash } from '../../_ui/Hash'
import { Term } from '../../_ui/Terms'

/** Who sells, and what else he sells or sold here. */
export function SellerTerm({ seller }: { seller: string }) {
  return (
    <Term name="Seller">
      <Hash value={seller} label="seller" kind="address" />{' '}
      <Link href={`/auctions?phase=all&seller=${seller}`} prefetch={false} className="underline">
        all his lots
      </Link>
    </Term>
  )
}
