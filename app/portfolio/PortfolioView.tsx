import { zeroAddress, type Address } from 'viem'
import type { Portfolio } from './portfolio'
import { sameHex } from '../_format/hex'
import { ActivityList } from './ActivityList'
import { BookSection } from './BookSection'
import { BalanceList } from './BalanceList'
import { BidList } from './BidList'
import { collectables, type Collectable } from './collectables'
import { CollectPanel } from './CollectPanel'
import { LinkSection } from './LinkSection'
import { LockList } from './LockList'
import { moneyWith, type Money } from './moneyInWords'
import { SaleList } from './SaleList'
import { Empty, Section } from './Section'
import { Viewer } from './Viewer'

type Props = {
  portfolio: Portfolio
  before: string | undefined
  /** Tokens to show even with nothing of them, so that they can be put in. */
  usual: readonly Address[]
}

/** All that one address has to do with: money first, then what it is waiting for, then what was. */
export function PortfolioView({ portfolio, before, usual }: Props) {
  const { address, auctions } = portfolio
  const money = moneyWith(portfolio.units)
  const waiting = collectables({
    address,
    bids: portfolio.bids,
    sales: portfolio.sales,
    auctionOf: (id) => auctions.get(id)?.auction,
  })
  return (
    <div className="space-y-12">
      <Viewer address={address} />
      {waiting.length > 0 ? (
        <Section
          id="collect"
          title="Yours to collect"
          lead="A keeper usually sends these within a minute. You need not wait for it."
        >
          <CollectPanel
            address={address}
            items={waiting.map((thing) => ({
              thing,
              title: auctions.get(thing.auctionId)?.lot.title ?? 'A lot',
              what: nameOf(thing, money),
            }))}
          />
        </Section>
      ) : null}
      <Section
        id="balances"
        title="Balance in the contract"
        lead="Refunds and proceeds are credited here, and bids can be paid from here. Only its owner can take it out, at any time."
      >
        <BalanceList
          address={address}
          balances={tokensOf(portfolio, usual).map((token) => {
            const known = portfolio.balances.find((balance) => sameHex(balance.token, token))
            return {
              token,
              symbol: portfolio.units.get(token.toLowerCase())?.symbol ?? 'Token',
              native: token === zeroAddress,
              available: money(token, known?.available ?? '0'),
              locked: money(token, known?.locked ?? '0'),
              claimable: money(token, known?.claimable ?? '0'),
            }
          })}
        />
      </Section>
      <Section
        id="book"
        title="In the order book"
        lead="Margin stands behind orders in one market; what was paid out of it lies in the book’s contract until its owner takes it. The orders themselves are at the market, readable by their owner."
      >
        <BookSection address={address} book={portfolio.book} money={money} />
      </Section>
      <Section id="locks" title="Locked">
        <LockList portfolio={portfolio} money={money} />
      </Section>
      <Section id="bids" title="Bids" lead="What was bid is not here: its owner reads it at the lot, with his wallet.">
        <BidList portfolio={portfolio} money={money} />
        {portfolio.bidCount > portfolio.bids.length ? (
          <p className="text-muted text-sm">
            The newest {portfolio.bids.length} of {portfolio.bidCount}.
          </p>
        ) : null}
      </Section>
      <Section id="sales" title="Sales">
        <SaleList portfolio={portfolio} money={money} />
      </Section>
      <Section
        id="link"
        title="Polkadot account"
        lead="Show that this account and one of Polkadot are one person’s: to someone whose list you are on, for instance."
      >
        <LinkSection address={address} />
      </Section>
      <Section id="activity" title="Activity">
        {before && portfolio.activity.length === 0 ? (
          <Empty>Nothing older.</Empty>
        ) : (
          <ActivityList portfolio={portfolio} money={money} before={before} />
        )}
      </Section>
    </div>
  )
}

function nameOf(thing: Collectable, money: Money): string {
  switch (thing.kind) {
    case 'collateral':
      return `What you locked, less what you pay: ${money(thing.token, thing.amount)}`
    case 'lot':
      return 'The lot you won'
    case 'proceeds':
      return `Your proceeds: ${money(thing.token, thing.amount)}`
    case 'unsold':
      return 'Your lot, which was not sold'
  }
}

function tokensOf({ balances }: Portfolio, usual: readonly Address[]): Address[] {
  const others = balances.map(({ token }) => token).filter((token) => !usual.some((known) => sameHex(known, token)))
  return [...usual, ...others].sort((a, b) => Number(a === zeroAddress) - Number(b === zeroAddress))
}
