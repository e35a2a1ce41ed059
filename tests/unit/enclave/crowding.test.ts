import { zeroAddress } from 'viem'
import { expect, it } from 'vitest'
import { newBatch, type AgreedEvent, type MarketHistory } from '../../../lib/enclave/book/marketHistory'
import { outcomeOf } from '../../../lib/enclave/book/outcome'
import { EMPTY_BOOK } from '../../../lib/protocol/book/batchOutcome'
import { ZERO_HASH } from '../../../lib/protocol/constants'
import { restingBook } from '../../fixtures/restingBook'

const terms = { tickSize: 3n, lotSize: 2n, feeBps: 25, bandBps: 2_000 }
const quote = `0x${'22'.repeat(20)}` as const

it('signs no more fills than a transaction can settle and make final, however many orders cross', () => {
  const { history, openings } = restingBook(
    { ...terms, maxFills: 1_000, maxOrderAge: 10 },
    { resting: 4_000, fresh: 0 },
  )
  const state = {
    ...{ acc: ZERO_HASH, count: 0, keyId: ZERO_HASH, next: 0n, status: 0, price: 0, priceBefore: 0 },
    ...{ settlementHash: ZERO_HASH, challengeUntil: 0n, signer: zeroAddress, isStruck: false },
  }
  const batches = history.batches.slice(0, 1).map(({ batchId, orders }) => {
    const sealed = { keyId: ZERO_HASH, x: 1n, y: 1n, sealed: '0x' as const }
    return { ...newBatch(batchId, state), orders: orders.map((order, seq) => ({ ...order, ...sealed, batchId, seq })) }
  })
  const events = history.money.flatMap((money): AgreedEvent[] => {
    const { trader, blockNumber, logIndex } = money
    const place = { blockNumber, logIndex, blockHash: ZERO_HASH, transactionHash: ZERO_HASH, trader, batchId: 1n }
    const deposit = { type: 'MarginDeposited' as const, id: ZERO_HASH, ...place, amount: 10n ** 9n }
    return [
      { ...deposit, token: zeroAddress },
      { ...deposit, token: quote },
    ]
  })
  const market = {
    ...{ ...terms, id: ZERO_HASH, creator: quote, base: zeroAddress, quote, batchLength: 60, startsAt: 0n },
    ...{ batchSettleBy: 60, challengeWindow: 60, lastPrice: 0, strikes: 0, moves: 0 },
    ...{ operator: quote, minLots: 1, maxOrderAge: 10, maxFills: 1_000 },
    ...{ head: 1n, toSettle: 1n, tail: 1n },
  }
  const read: MarketHistory & { market: typeof market } = {
    ...{ id: ZERO_HASH, next: 1n, market, first: 1n, events },
    batches: new Map(batches.map((batch) => [batch.id, batch])),
  }
  const { fills } = outcomeOf(read, new Map(), 1n, openings, EMPTY_BOOK)
  expect(fills.length).toBeGreaterThan(250)
  expect(fills.length).toBeLessThanOrEqual(1_000)
})
