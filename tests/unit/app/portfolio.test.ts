import { describe, expect, it } from 'vitest'
import { collectables } from '../../../app/portfolio/collectables'
import { fateOf } from '../../../app/portfolio/fateOf'
import { lockInWords } from '../../../app/portfolio/lockInWords'
import { moneyWith } from '../../../app/portfolio/moneyInWords'
import type { AccountBid } from '../../../app/api/v1/_schemas/account'
import type { AuctionDetail } from '../../../app/api/v1/_schemas/auction'

const ME = '0x00000000000000000000000000000000000000Aa'
const TOKEN = '0x00000000000000000000000000000000000000bb'
const ID = `0x${'1'.repeat(64)}` as const

const auctionWith = (change: Partial<AuctionDetail>) =>
  ({
    ...{ id: ID, phase: 'final', params: { paymentToken: TOKEN, supply: 1 }, winners: [], lotsReclaimed: 0 },
    ...{ proceedsClaimed: null, settlement: { totalFilled: 1 } },
    ...change,
  }) as unknown as AuctionDetail
const bidWith = (bid: Partial<AccountBid['bid']>, auction = auctionWith({})) =>
  ({
    bid: {
      ...{
        seq: 2,
        slot: 0,
        bidder: ME,
        collateral: '100',
        points: 0,
        creditBps: 0,
        x: '1',
        y: '2',
        sealedHash: ID,
        state: 'live',
      },
      ...{ won: null, claim: null },
      ...bid,
    },
    auction,
  }) as unknown as AccountBid
const won = { seq: 2, slot: 0, bidder: ME.toLowerCase(), payment: '60', claimed: false, lotClaimed: false }
const collect = (bids: AccountBid[], sales: AuctionDetail[] = [], detail = auctionWith({})) =>
  collectables({ address: ME, bids, sales, auctionOf: () => detail }).map((thing) =>
    'amount' in thing ? `${thing.kind} ${thing.amount}` : thing.kind,
  )

describe('collectables', () => {
  it('gives a loser all he locked, and a winner the rest and the lot', () => {
    expect(collect([bidWith({})])).toEqual(['collateral 100'])
    const detail = auctionWith({ winners: [won] as unknown as AuctionDetail['winners'] })
    expect(collect([bidWith({ won: { fill: 1, payment: '60' } }, detail)], [], detail)).toEqual([
      'collateral 40',
      'lot',
    ])
  })

  it('gives nothing twice', () => {
    const claim = { refund: '40', payment: '60' } as unknown as AccountBid['bid']['claim']
    const detail = auctionWith({ winners: [{ ...won, lotClaimed: true }] as unknown as AuctionDetail['winners'] })
    expect(collect([bidWith({ won: { fill: 1, payment: '60' }, claim }, detail)], [], detail)).toEqual([])
    expect(collect([], [auctionWith({ winners: detail.winners, proceedsClaimed: '60' })])).toEqual([])
    expect(collect([], [auctionWith({ phase: 'voided', lotsReclaimed: 1 })])).toEqual([])
  })

  it.each(['open', 'closed', 'settled'] as const)('gives nothing while %s', (phase) => {
    expect(collect([bidWith({}, auctionWith({ phase }))], [auctionWith({ phase })])).toEqual([])
  })

  it('gives nothing for a bid that was withdrawn or replaced', () => {
    expect(collect([bidWith({ state: 'cancelled' }), bidWith({ state: 'replaced' })])).toEqual([])
  })

  it('gives a seller his proceeds, or the lot that was not sold', () => {
    const winners = [won] as unknown as AuctionDetail['winners']
    expect(collect([], [auctionWith({ winners })])).toEqual(['proceeds 60'])
    const unsold = { totalFilled: 0 } as unknown as AuctionDetail['settlement']
    expect(collect([], [auctionWith({ settlement: unsold })])).toEqual(['unsold'])
    expect(collect([bidWith({}, auctionWith({ phase: 'voided' }))], [auctionWith({ phase: 'voided' })])).toEqual([
      'collateral 100',
      'unsold',
    ])
  })
})

describe('words of the portfolio', () => {
  it('gives no sealed bid a rank', () => {
    expect(fateOf(bidWith({}, auctionWith({ phase: 'open', settlement: null })))).toBe('Sealed and counted')
    expect(fateOf(bidWith({}, auctionWith({ phase: 'closed', settlement: null })))).toBe('Sealed and counted')
    expect(fateOf(bidWith({ won: { fill: 1, payment: '6' } }, auctionWith({ phase: 'settled' })))).toBe(
      'Won, not final',
    )
    const claim = { refund: '100', payment: '0' } as unknown as AccountBid['bid']['claim']
    expect(fateOf(bidWith({}, auctionWith({ phase: 'voided' })))).toBe('Void, comes back')
    expect(fateOf(bidWith({ claim }, auctionWith({ phase: 'voided' })))).toBe('Void, refunded')
    expect(fateOf(bidWith({}))).toBe('Not won, comes back')
    expect(fateOf(bidWith({ claim }))).toBe('Not won, refunded')
    expect(fateOf(bidWith({ state: 'replaced' }))).toBe('Replaced')
  })

  it('says why money is locked and what to do', () => {
    expect(lockInWords({ phase: 'open', payment: '0' }).next).toContain('Withdraw the bid')
    expect(lockInWords({ phase: 'settled', payment: '0' }).next).toContain('all of it comes back')
    expect(lockInWords({ phase: 'settled', payment: '5' }).why).toContain('You won')
    expect(lockInWords({ phase: 'voided', payment: '0' }).next).toContain('Collect it')
  })

  it('writes amounts of tokens that do not say how, too', () => {
    const money = moneyWith(new Map([[TOKEN, { symbol: 'T', decimals: 2 }]]))
    expect(money(TOKEN.toUpperCase().replace('X', 'x'), '1250')).toBe('12.5 T')
    expect(money(ME, '1250')).toBe('1250 base units')
  })
})
