import Link from 'next/link'
import { readCatalogue } from './_server/readCatalogue'
import { load } from './_server/pageData'
import { buttonClass } from './_ui/Button'
import { LiveUpdates } from './_ui/LiveUpdates'
import { Notice } from './_ui/Notice'
import { WaxSeal } from './_ui/WaxSeal'
import { AuctionCard } from './auctions/AuctionCard'
import { parseFilters } from './auctions/filters'

const PRIVACY = [
  {
    title: 'Sealed from everyone',
    text: 'Your price. Other bidders, the seller, whoever runs this site and everyone who reads the chain see a sealed envelope. Only the enclave can open it: a program that runs where its operator is not meant to look, and opens bids only after the close.',
  },
  {
    title: 'Sealed for good, if you lose',
    text: 'Losing prices are never published. The price that is paid becomes public, and with it the one bid that set it.',
  },
  {
    title: 'Public from the start',
    text: 'Your address, the time, how many bids there are, and what a bid locks, which is the same for everyone unless the seller says otherwise.',
  },
]

const STEPS = [
  {
    title: 'Seal',
    text: 'Say the most you can pay. Your browser seals it before anything is sent. The contract holds your money meanwhile.',
  },
  {
    title: 'Wait',
    text: 'Nobody knows who is ahead, so nobody can bid just above you. Replace or withdraw your bid until the close.',
  },
  {
    title: 'Collect',
    text: 'The winner gets the lot, everyone else all his money back. You need not come back for it.',
  },
]

const SHOWN = 3

/** What is private, from whom, and what to do, before anything else; then what can be bid on now. */
export default async function LandingPage() {
  const open = await load((db) => readCatalogue(db, { ...parseFilters({}), show: SHOWN }))
  return (
    <div className="space-y-16">
      <section className="grid items-center gap-10 py-4 sm:grid-cols-[1fr_auto]">
        <div className="max-w-2xl space-y-6">
          <h1 className="text-4xl font-semibold sm:text-5xl">Bid what it is worth to you. Nobody sees it.</h1>
          <p className="text-muted text-lg">
            An auction house for sealed bids on a public chain. Not the seller, not the other bidders, not us: nobody
            reads a bid before the close, and losing bids stay sealed for good.
          </p>
          <p className="flex flex-wrap gap-3">
            <Link href="/auctions" className={buttonClass('main')}>
              See the auctions
            </Link>
            <Link href="/auctions/new" className={buttonClass()}>
              Sell something
            </Link>
          </p>
        </div>
        <WaxSeal className="hidden size-48 sm:block" />
      </section>

      <section aria-labelledby="private" className="space-y-6">
        <h2 id="private" className="text-2xl font-semibold">
          What is private, and from whom
        </h2>
        <ul className="grid gap-8 sm:grid-cols-3">
          {PRIVACY.map(({ title, text }) => (
            <li key={title} className="border-rule space-y-2 border-t pt-4">
              <h3 className="text-lg font-semibold">{title}</h3>
              <p className="text-muted text-sm">{text}</p>
            </li>
          ))}
        </ul>
      </section>

      <section aria-labelledby="how" className="space-y-6">
        <h2 id="how" className="text-2xl font-semibold">
          What you do
        </h2>
        <ol className="grid gap-8 sm:grid-cols-3">
          {STEPS.map(({ title, text }, index) => (
            <li key={title} className="border-rule space-y-2 border-t pt-4">
              <h3 className="text-lg font-semibold">
                {index + 1}. {title}
              </h3>
              <p className="text-muted text-sm">{text}</p>
            </li>
          ))}
        </ol>
      </section>

      <section aria-labelledby="book" className="border-rule space-y-4 border-y py-8">
        <h2 id="book" className="text-2xl font-semibold">
          Or trade where nobody sees your orders
        </h2>
        <p className="text-muted max-w-prose">
          The second room is an order book without a book to look at. Buy and sell orders come in sealed; every batch is
          cleared at one price, the same for all. What trades is published, and what does not stays sealed.
        </p>
        <p>
          <Link href="/book" className={buttonClass()}>
            See the markets
          </Link>
        </p>
      </section>

      <section aria-labelledby="now" className="min-h-96 space-y-6">
        <h2 id="now" className="text-2xl font-semibold">
          Open now
        </h2>
        {!open.ok ? (
          <Notice tone="warn" title="The list of auctions cannot be shown right now.">
            <p>{open.reason} Money and bids are on the chain and not affected.</p>
          </Notice>
        ) : open.data.entries.length === 0 ? (
          <p className="text-muted">
            No auction is open at this moment.{' '}
            <Link href="/auctions?phase=all" className="underline">
              See the past ones
            </Link>
            , or offer a lot of your own.
          </p>
        ) : (
          <ul className="grid gap-x-6 gap-y-10 sm:grid-cols-2 lg:grid-cols-3">
            {open.data.entries.slice(0, SHOWN).map(({ auction, lot, unit }) => (
              <li key={auction.id}>
                <AuctionCard auction={auction} lot={lot} unit={unit} madeAt={open.data.madeAt} />
              </li>
            ))}
          </ul>
        )}
        {open.ok ? <LiveUpdates watch="/status" madeAt={open.data.madeAt} /> : null}
      </section>
    </div>
  )
}
