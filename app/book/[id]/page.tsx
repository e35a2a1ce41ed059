import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { isHash, type Hex } from 'viem'
import { load } from '../../_server/pageData'
import { readMarketPage } from '../../_server/readMarkets'
import { LiveUpdates } from '../../_ui/LiveUpdates'
import { PageProblem } from '../../_ui/PageProblem'
import { marketName, marketViewOf } from '../marketViewOf'
import { MarketPageView } from './MarketPageView'

type Props = { params: Promise<{ id: string }> }

const read = cache((id: Hex) => load((db) => readMarketPage(id, db)))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params
  const loaded = isHash(id) ? await read(id) : null
  const market = loaded?.ok ? loaded.data?.market : undefined
  return { title: market ? marketName(marketViewOf(market)) : 'Market' }
}

/** One market, as the index has it at this moment. What is the viewer's own is added in the browser. */
export default async function MarketPage({ params }: Props) {
  const { id } = await params
  if (!isHash(id)) notFound()
  const loaded = await read(id)
  if (!loaded.ok) {
    return (
      <div className="space-y-6">
        <h1 className="text-3xl font-semibold sm:text-4xl">Market</h1>
        <PageProblem what="This market" reason={loaded.reason} watch={`/markets/${id}`} />
      </div>
    )
  }
  if (!loaded.data) notFound()
  const { market, madeAt } = loaded.data
  return (
    <>
      <MarketPageView {...loaded.data} />
      <LiveUpdates
        watch={`/markets/${id}`}
        subject={{ markets: [market.id] }}
        madeAt={madeAt}
        moments={[market.batch.endsAt]}
      />
    </>
  )
}
