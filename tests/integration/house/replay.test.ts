import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readAuctionLogs } from '../../../lib/chain/auctionLogs'
import { openEvmConnection } from '../../../lib/chain/evm/connection'
import { randomBasePort } from '../../../lib/dev/ports'
import { readHistory } from '../../../lib/dev/replay/history'
import { replay } from '../../../lib/dev/replay/replay'
import { OPEN, SHORT } from '../../../lib/dev/seed/catalogue'
import { startStack, type Stack } from '../../../lib/dev/stack'
import { portsFrom } from '../../../lib/dev/stackOptions'
import { until } from '../../fixtures/until'
import { makeScratch } from './scratch'

/** Four bidders who raise, repeat themselves, go below their own bid, and meet at the same price. */
const HISTORY = `auction,item,open_bid_cents,bidder,bid_cents,time_days
7,Pocket watch,100,b1,100,0.1
7,Pocket watch,100,b2,500,0.2
7,Pocket watch,100,b1,500,0.3
7,Pocket watch,100,b2,450,0.4
7,Pocket watch,100,b3,2500,0.5
7,Pocket watch,100,b3,2500,0.6
7,Pocket watch,100,b4,2500,0.7
7,Pocket watch,100,b1,1999,0.8
8,Other watch,100,b1,200,0.1
9,Priceless watch,100,b1,4294967295,0.1
`

/** Auctions that the tests here open beside the demonstration. */
const REPLAYS = 4

let dir = ''
let stack: Stack
const lines: string[] = []

beforeAll(async () => {
  dir = await makeScratch('replay')
  stack = await startStack({
    dir,
    ports: portsFrom(randomBasePort()),
    web: false,
    seed: true,
    log: (line) => void lines.push(line),
  })
})
afterAll(async () => {
  await stack.stop()
  await rm(dir, { recursive: true, force: true })
})

const network = () => ({ rpcUrl: stack.urls.rpc, enclaveUrl: stack.urls.enclave, deployment: stack.deployment })

describe('a bid history through the whole stack', () => {
  it.each([
    ['FIRST_PRICE', 2500],
    ['SECOND_PRICE', 2500],
  ] as const)('%s: sealed, sent, settled and claimed as `outcome` says', async (rule, clearingPrice) => {
    const report = await replay(network(), readHistory(HISTORY, '7'), rule)
    expect(report).toMatchObject({
      ...{ auction: '7', item: 'Pocket watch', rule, winner: 'b3', clearingPrice, reserve: 100 },
      // Not sent: b2's 450 and b3's second 2500. Replacing: b1's 500 and 1999.
      ...{ bids: 6, replaced: 2, bidders: 4, agreesWithOutcome: true },
    })
    const counts = Object.fromEntries(Object.entries(report.gas).map(([kind, { count }]) => [kind, count]))
    expect(counts).toEqual({
      ...{ create: 1, firstBid: 1, bid: 3, replace: 2, settle: 1 },
      ...{ claimWinner: 1, claimLoser: 3, claimLot: 1, claimProceeds: 1 },
    })
    expect(report.secondsToSettlement).toBeGreaterThan(0)
  })

  it('a lone bidder pays the reserve under SECOND_PRICE', async () => {
    const report = await replay(network(), readHistory(HISTORY, '8'), 'SECOND_PRICE')
    expect(report).toMatchObject({ winner: 'b1', clearingPrice: 100, bids: 1, agreesWithOutcome: true })
  })

  it('the highest price there is counts as a sale', async () => {
    const report = await replay(network(), readHistory(HISTORY, '9'), 'FIRST_PRICE')
    expect(report).toMatchObject({ winner: 'b1', clearingPrice: 4294967295, bids: 1, agreesWithOutcome: true })
    expect(report.gas).toMatchObject({ claimWinner: { count: 1 }, claimLot: { count: 1 }, claimProceeds: { count: 1 } })
  })

  it('finds every demonstration auction opened beside it, and the short ones over but for one whose enclave is gone', async () => {
    const waiting = SHORT.filter(({ enclaveIsGone }) => enclaveIsGone).length
    expect(waiting).toBe(1)
    const connection = openEvmConnection(stack.urls.rpc)
    const read = async () => {
      const { number } = await connection.readBlock('latest')
      return readAuctionLogs(connection, stack.deployment, { toBlock: number })
    }
    const isOver = (events: Awaited<ReturnType<typeof read>>) => {
      const seeded = events.filter((event) => event.type === 'AuctionSettled' || event.type === 'AuctionVoided').length
      return seeded >= SHORT.length - waiting + REPLAYS
    }
    // The short ones take as long as they take: there is no hurry.
    let events = await read()
    await until(async () => isOver((events = await read())), 240_000)
    expect(events.filter(({ type }) => type === 'AuctionCreated')).toHaveLength(OPEN.length + SHORT.length + REPLAYS)
    expect(events.filter(({ type }) => type === 'AuctionVoided')).toHaveLength(1)
    expect(events.filter(({ type }) => type === 'AuctionSettled')).toHaveLength(SHORT.length - waiting - 1 + REPLAYS)
    expect(lines.filter((line) => line.includes('failed'))).toEqual([])
  })
})
