import Link from 'next/link'
import type { Portfolio } from './portfolio'
import { buttonClass } from '../_ui/Button'
import { Hash } from '../_ui/Hash'
import { Moment } from '../_ui/Moment'
import { activityInWords } from './activityInWords'
import type { Money } from './moneyInWords'
import { Empty } from './Section'

type Props = { portfolio: Portfolio; money: Money; before: string | undefined }

/** What the account did and got, the newest first, a page at a time. */
export function ActivityList({ portfolio, money, before }: Props) {
  const { activity, auctions, older, address } = portfolio
  if (activity.length === 0) return <Empty>Nothing has happened yet.</Empty>
  return (
    <div className="space-y-4">
      <ol className="divide-rule border-rule divide-y border-y text-sm">
        {activity.map((event) => {
          const lot = event.auctionId && auctions.get(event.auctionId)?.lot
          const href = event.marketId ? `/book/${event.marketId}` : `/auctions/${event.auctionId}`
          return (
            <li
              key={`${event.origin.blockNumber} ${event.origin.logIndex}`}
              className="flex flex-wrap justify-between gap-x-6 gap-y-0.5 py-2.5"
            >
              <p>
                {activityInWords(event)}
                {event.token && event.amount ? <strong> {money(event.token, event.amount)}</strong> : null}
                {(event.auctionId ?? event.marketId) ? (
                  <>
                    {' · '}
                    <Link href={href} prefetch={false} className="underline">
                      {event.marketId ? 'the market' : lot ? lot.title : 'the lot'}
                    </Link>
                  </>
                ) : null}
              </p>
              <p className="text-muted">
                <Moment at={event.origin.time} />{' '}
                <Hash value={event.origin.transactionHash} label="transaction" kind="transaction" />
              </p>
            </li>
          )
        })}
      </ol>
      <p className="flex gap-3">
        {before ? (
          <Link href={`/portfolio?address=${address}#activity`} className={buttonClass()}>
            Newest
          </Link>
        ) : null}
        {older ? (
          <Link
            href={`/portfolio?address=${address}&before=${older}#activity`}
            prefetch={false}
            className={buttonClass()}
          >
            Older activity
          </Link>
        ) : null}
      </p>
    </div>
  )
}
