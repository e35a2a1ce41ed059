import type { Metadata } from 'next'
import Link from 'next/link'
import { zeroAddress } from 'viem'
import { listCurrencies } from '../../lib/db/currencies'
import { readStats } from '../../lib/db/stats'
import { toAddress } from '../api/v1/_lib/hex'
import { load } from '../_server/pageData'
import { readCatalogue } from '../_server/readCatalogue'
import { readUnit } from '../_server/readUnit'
import { shortHex } from '../_format/hex'
import { buttonClass } from '../_ui/Button'
import { LiveUpdates } from '../_ui/LiveUpdates'
import { PageProblem } from '../_ui/PageProblem'
import { Catalogue } from './Catalogue'
import { CatalogueFilters, type Currency } from './CatalogueFilters'
import { parseFilters } from './filters'
import { PhaseLinks } from './PhaseLinks'

export const metadata: Metadata = { title: 'Auctions' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** The catalogue. Its address holds the whole question, and the server answers it, scripts or not. */
export default async function AuctionsPage({ searchParams }: Props) {
  const filters = parseFilters(await searchParams)
  const loaded = await load(async (db) => {
    const catalogue = await readCatalogue(db, filters)
    const [stats, currencies] = await Promise.all([
      readStats(db, BigInt(catalogue.madeAt)),
      listCurrencies(db).then((tokens) => Promise.all(tokens.map(toCurrency))),
    ])
    return { catalogue, counts: stats.auctionsByPhase, currencies }
  })
  return (
    <div className="space-y-6">
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
      <PhaseLinks filters={filters} counts={loaded.ok ? loaded.data.counts : {}} />
      <CatalogueFilters filters={filters} currencies={loaded.ok ? loaded.data.currencies : []} />
      {loaded.ok ? (
        <>
          <Catalogue filters={filters} {...loaded.data.catalogue} />
          <LiveUpdates watch="/status" madeAt={loaded.data.catalogue.madeAt} />
        </>
      ) : (
        <PageProblem what="The list of auctions" reason={loaded.reason} watch="/status" />
      )}
    </div>
  )
}

/** Anyone can name a token as he likes, so its address stands beside the name; the chain's own coin has none. */
async function toCurrency(token: string): Promise<Currency> {
  const value = toAddress(token)
  const unit = await readUnit(value)
  if (value === zeroAddress) return { value, label: unit?.symbol ?? 'Coin' }
  return { value, label: `${unit?.symbol ?? 'Token'} (${shortHex(value)})` }
}
