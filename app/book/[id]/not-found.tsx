'use client'

import Link from 'next/link'
import { useParams } from 'next/navigation'
import { buttonClass } from '../../_ui/Button'
import { ComeBack } from '../../_ui/ComeBack'

/** No such market, or none yet: one that was opened a moment ago shows as soon as it is indexed. */
export default function UnknownMarket() {
  const { id } = useParams<{ id: string }>()
  return (
    <div className="space-y-4">
      <h1 className="text-3xl font-semibold">There is no market with this number here.</h1>
      <p className="text-muted max-w-prose">
        If it was opened just now, it appears within seconds: this page keeps looking. Orders and money are on the chain
        and not affected.
      </p>
      <Link href="/book" className={buttonClass('main')}>
        See the markets
      </Link>
      {/^0x[0-9a-fA-F]{64}$/.test(id) ? <ComeBack watch={`/markets/${id}`} /> : null}
    </div>
  )
}
