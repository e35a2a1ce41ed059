import Link from 'next/link'
import { buttonClass } from './_ui/Button'
import { WaxSeal } from './_ui/WaxSeal'

const STEPS = [
  {
    title: 'Seal',
    text: 'You say the most you can pay. Your browser encrypts it before anything is sent; the chain keeps only a sealed envelope and its fingerprint.',
  },
  {
    title: 'Close',
    text: 'After the close an enclave opens the envelopes and signs the outcome. The contract recomputes every payment itself and refuses any above the bid.',
  },
  {
    title: 'Settle',
    text: 'The winner takes the lot, everyone else his money back. Losing bids stay sealed: their amounts are never published.',
  },
]

/** What this is, and the way in. */
export default function LandingPage() {
  return (
    <div className="space-y-16">
      <section className="grid items-center gap-10 py-6 sm:grid-cols-[1fr_auto]">
        <div className="max-w-xl space-y-6">
          <h1 className="text-4xl font-semibold sm:text-5xl">Bid what it is worth to you. Nobody sees it.</h1>
          <p className="text-muted text-lg">
            Subrosa is an auction house for sealed bids on a public chain. The rules are in the contract, the bids are
            under wax.
          </p>
          <Link href="/auctions" className={buttonClass('main')}>
            See the auctions
          </Link>
        </div>
        <WaxSeal className="hidden size-48 sm:block" />
      </section>
      <section aria-labelledby="how">
        <h2 id="how" className="mb-6 text-2xl font-semibold">
          How it goes
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
    </div>
  )
}
