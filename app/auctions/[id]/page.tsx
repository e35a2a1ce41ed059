import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { isHash, type Hex } from 'viem'
import { load } from '../../_server/pageData'
import { readAuctionPage } from '../../_server/readAuctionPage'
import { LiveUpdates } from '../../_ui/LiveUpdates'
import { PageProblem } from '../../_ui/PageProblem'
import { AuctionView } from './AuctionView'

type Props = { params: Promise<{ id: string }> }

const read = cache((id: Hex) => load((db) => readAuctionPage(id, db)))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params
  const loaded = isHash(id) ? await read(id) : null
  const title = loaded?.ok ? loaded.data?.lot.title : undefined
  return { title: title ?? 'Lot' }
}

/** One auction, as the index has it at this moment. What is the viewer's own is added in the browser. */
export default async function AuctionPage({ params }: Props) {
  const { id } = await params
  if (!isHash(id)) notFound()
  const loaded = await read(id)
  if (!loaded.ok) {
    return (
      <div className="space-y-6">
        <h1 className="text-3xl font-semibold sm:text-4xl">Lot</h1>
        <PageProblem what="This lot" reason={loaded.reason} watch={`/auctions/${id}`} />
      </div>
    )
  }
  if (!loaded.data) notFound()
  const { auction, madeAt } = loaded.data
  const { closesAt, settleBy } = auction.params
  const moments = auction.settlement ? [auction.settlement.challengeUntil] : [closesAt, settleBy]
  return (
    <>
      <AuctionView {...loaded.data} />
      <LiveUpdates watch={`/auctions/${id}`} subject={{ auctions: [auction.id] }} madeAt={madeAt} moments={moments} />
    </>
  )
}
