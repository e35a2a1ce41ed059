import { describe, expect, it } from 'vitest'
import { expectedOutcome } from '../../../lib/dev/replay/expected'
import { createGasMeter } from '../../../lib/dev/replay/gas'
import { bidsToSend, readHistory } from '../../../lib/dev/replay/history'

const HEADER = 'auction,item,open_bid_cents,bidder,bid_cents,time_days\n'

describe('readHistory', () => {
  it('reads one auction in order of time, bids of one moment in order of the file', () => {
    const csv = `${HEADER}1,"Watch, gold",100,b2,200,0.5\n2,Other,1,b9,9,0\n1,"Watch, gold",100,b1,150,0.25\n1,"Watch, gold",100,b3,175,0.25\n`
    expect(readHistory(csv, '1')).toEqual({
      auction: '1',
      item: 'Watch, gold',
      reserve: 100,
      bids: [
        { bidder: 'b1', price: 150 },
        { bidder: 'b3', price: 175 },
        { bidder: 'b2', price: 200 },
      ],
    })
  })

  it('refuses an unknown auction and a row that makes no sense, with its number', () => {
    expect(() => readHistory(`${HEADER}1,Watch,100,b1,150,0.25\n`, '3')).toThrow('The data holds no auction 3.')
    expect(() => readHistory(`${HEADER}1,Watch,100,b1,150,0\n1,Watch,100,b1,1.5,0\n`, '1')).toThrow('Row 3')
    expect(() => readHistory(`${HEADER}1,Watch,100,b1,4294967296,0\n`, '1')).toThrow('Row 2')
  })
})

describe('numbers in a history', () => {
  it.each([
    ['150', '', 'time_days'],
    ['150', '1e-1', 'time_days'],
    ['150', '"0,25"', 'time_days'],
    ['150', '-1', 'time_days'],
    ['', '0.5', 'bid_cents'],
    ['0x2BC', '0.5', 'bid_cents'],
    ['1e3', '0.5', 'bid_cents'],
    ['"1,500"', '0.5', 'bid_cents'],
    ['0', '0.5', 'bid_cents'],
  ])('are refused where they are not plain digits: %j, %j', (cents, days, field) => {
    const csv = `${HEADER}1,Watch,100,b1,150,0\n1,Watch,100,b1,${cents},${days}\n`
    expect(() => readHistory(csv, '1')).toThrow(new RegExp(`^Row 3: [^]*${field}`))
  })
})

describe('bidsToSend', () => {
  it('leaves out what is not above its bidder’s best so far', () => {
    const bids = [
      { bidder: 'a', price: 10 },
      { bidder: 'b', price: 10 },
      { bidder: 'a', price: 10 },
      { bidder: 'a', price: 12 },
      { bidder: 'a', price: 11 },
    ]
    expect(bidsToSend(bids)).toEqual([bids[0], bids[1], bids[3]])
  })
})

describe('expectedOutcome', () => {
  const sent = [
    { bidder: 'a', price: 10 },
    { bidder: 'b', price: 30 },
    { bidder: 'a', price: 20 },
  ]
  it('lets a bidder’s last bid count', () => {
    expect(expectedOutcome('FIRST_PRICE', 5, sent)).toEqual({ winner: 'b', clearingPrice: 30 })
    expect(expectedOutcome('SECOND_PRICE', 5, sent)).toEqual({ winner: 'b', clearingPrice: 20 })
    expect(expectedOutcome('SECOND_PRICE', 25, sent)).toEqual({ winner: 'b', clearingPrice: 25 })
    expect(expectedOutcome('FIRST_PRICE', 31, sent)).toEqual({ winner: null, clearingPrice: null })
  })
})

describe('createGasMeter', () => {
  it('gives count, mean and maximum of the kinds that occurred, in the order of an auction’s life', () => {
    const meter = createGasMeter()
    meter.add('settle', 100n)
    meter.add('bid', 10n)
    meter.add('bid', 21n)
    expect(Object.entries(meter.figures())).toEqual([
      ['bid', { count: 2, mean: 16, max: 21 }],
      ['settle', { count: 1, mean: 100, max: 100 }],
    ])
  })
})
