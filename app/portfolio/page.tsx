import type { Metadata } from 'next'
import { getAddress, isAddress, zeroAddress } from 'viem'
import { load } from '../_server/pageData'
import { readNetwork } from '../_server/readNetwork'
import { readPortfolio } from '../_server/readPortfolio'
import { readUnit } from '../_server/readUnit'
import { Button } from '../_ui/Button'
import { LiveUpdates } from '../_ui/LiveUpdates'
import { Notice } from '../_ui/Notice'
import { PageProblem } from '../_ui/PageProblem'
import { PortfolioDoor } from './PortfolioDoor'
import { PortfolioView } from './PortfolioView'

export const metadata: Metadata = { title: 'Portfolio' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

const CURSOR = /^[A-Za-z0-9_-]{1,300}$/

/** What an address has here. Everything on it is public, so anyone may look at any; acting takes its wallet. */
export default async function PortfolioPage({ searchParams }: Props) {
  const { address, before } = await searchParams
  const asked = typeof address === 'string' ? address.trim() : ''
  return (
    <div className="space-y-8">
      <h1 className="text-3xl font-semibold sm:text-4xl">Portfolio</h1>
      {isAddress(asked, { strict: false }) ? (
        <Record
          address={getAddress(asked)}
          before={typeof before === 'string' && CURSOR.test(before) ? before : undefined}
        />
      ) : (
        <Door asked={asked} />
      )}
    </div>
  )
}

async function Record({ address, before }: { address: ReturnType<typeof getAddress>; before: string | undefined }) {
  const { contracts } = await readNetwork()
  const usual = [...(contracts.demoToken ? [contracts.demoToken] : []), zeroAddress]
  const loaded = await load(async (db) => {
    const portfolio = await readPortfolio(db, address, before)
    for (const token of usual) {
      const unit = await readUnit(token)
      if (unit) portfolio.units.set(token.toLowerCase(), unit)
    }
    return portfolio
  })
  const watch = `/accounts/${address}?limit=10`
  if (!loaded.ok) return <PageProblem what="This portfolio" reason={loaded.reason} watch={watch} />
  const { madeAt, locks, sales } = loaded.data
  const ends = [...locks.map(({ unlocksAt }) => unlocksAt), ...sales.map(({ params }) => params.closesAt)]
  return (
    <>
      <PortfolioView portfolio={loaded.data} before={before} usual={usual} />
      <LiveUpdates
        watch={watch}
        subject={{ account: address, auctions: [...loaded.data.auctions.keys()] }}
        madeAt={madeAt}
        moments={ends.filter((moment) => moment > madeAt)}
      />
    </>
  )
}

function Door({ asked }: { asked: string }) {
  return (
    <div className="grid max-w-3xl gap-10 sm:grid-cols-2">
      <section aria-labelledby="own" className="space-y-3">
        <h2 id="own" className="text-xl font-semibold">
          Yours
        </h2>
        {/* As tall as a list of wallets, which comes only once the browser has named them. */}
        <div className="min-h-72">
          <PortfolioDoor />
        </div>
      </section>
      <section aria-labelledby="other" className="space-y-3">
        <h2 id="other" className="text-xl font-semibold">
          Any address
        </h2>
        <p className="text-muted text-sm">
          Bids, locks and payouts are public; prices are not. No wallet is needed to look.
        </p>
        {asked ? <Notice tone="warn" title="That is not an address: 0x and 40 digits." live /> : null}
        <form action="/portfolio" method="get" className="space-y-3">
          <label className="block space-y-1 text-sm">
            <span className="font-medium">Address</span>
            <input
              name="address"
              required
              className="input font-mono"
              placeholder="0x…"
              defaultValue={asked}
              autoComplete="off"
              spellCheck={false}
            />
          </label>
          <Button type="submit">Look it up</Button>
        </form>
      </section>
    </div>
  )
}
