import Link from 'next/link'
import type { Portfolio } from './portfolio'
import { Moment } from '../_ui/Moment'
import { lockInWords } from './lockInWords'
import type { Money } from './moneyInWords'
import { Empty } from './Section'

/** What is locked, why, until when, and what to do about it; soonest free first. */
export function LockList({ portfolio, money }: { portfolio: Portfolio; money: Money }) {
  const { locks, auctions } = portfolio
  if (locks.length === 0) return <Empty>Nothing is locked.</Empty>
  return (
    <ul className="divide-rule border-rule divide-y border-y text-sm">
      {locks.map((lock) => {
        const { why, next } = lockInWords(lock)
        const free = lock.phase === 'final' || lock.phase === 'voided'
        return (
          <li key={`${lock.auctionId} ${lock.seq}`} className="grid gap-x-6 gap-y-1 py-3 sm:grid-cols-[10rem_1fr]">
            <p className="text-base font-semibold">{money(lock.token, lock.amount)}</p>
            <div>
              <p>
                <Link href={`/auctions/${lock.auctionId}`} prefetch={false} className="underline">
                  {auctions.get(lock.auctionId)?.lot.title ?? 'A lot'}
                </Link>
                : {why}
              </p>
              <p className="text-muted">
                {free ? null : (
                  <>
                    Free {lock.exact ? 'from' : 'at the latest'} <Moment at={lock.unlocksAt} />.{' '}
                  </>
                )}
                {next}
              </p>
            </div>
          </li>
        )
      })}
    </ul>
  )
}
