import { describe, expect, it } from 'vitest'
import { freeMargin } from '../../../app/_margin/freeMargin'
import { depositJob, draftMove, requestJob } from '../../../app/_margin/marginJobs'
import { withdrawalStage } from '../../../app/_margin/withdrawalStage'
import { describeLeaks, describeOrder } from '../../../app/_orders/describeOrder'
import { coveredLots, marginFor, moneyAt } from '../../../app/_orders/orderTerms'
import type { Deployment } from '../../../lib/chain/deployment'
import { coverFrom } from '../../../lib/protocol/clearing/margin'
import { createColumns } from '../../../lib/protocol/clearing/orders'
import { buy, fill, market, sell } from './orderFixture'

const ME = '0x00000000000000000000000000000000000000aa'
const none = { base: 0n, quote: 0n }
const DUSD = 1_000_000n

describe('the money of an order', () => {
  it('is the most a buyer pays and the least a seller gets, with the fee rounded up', () => {
    // Ten lots of a tenth at 100 DUSD a token: 100 DUSD, and 0.1 %.
    expect(moneyAt(buy, 10, 1_000, market)).toEqual({
      payment: 100n * DUSD,
      fee: 100_000n,
      quote: 100_100_000n,
      base: DUSD,
    })
    expect(moneyAt(sell, 10, 1_000, market).quote).toBe(99_900_000n)
    expect(moneyAt(buy, 1, 1, { ...market, tickSize: 1n }).fee).toBe(1n)
    expect(marginFor(buy, 10, market)).toEqual({ base: 0n, quote: 100_100_000n })
    expect(marginFor(sell, 10, market)).toEqual({ base: DUSD, quote: 0n })
  })

  it('is covered as the clearing covers it, lot by lot', () => {
    const units = { tickSize: market.tickSize, lotSize: market.lotSize, feeBps: BigInt(market.feeBps) }
    for (const terms of [buy, sell]) {
      for (const share of [0n, 1n, 99n, 500n, 999n, 1_000n, 1_001n, 5_000n]) {
        const free = { base: (DUSD * share) / 1_000n, quote: (100_100_000n * share) / 1_000n }
        const columns = createColumns(1)
        columns.price[0] = terms.price
        columns.quantity[0] = terms.quantity
        columns.flags[0] = terms.flags
        expect(coveredLots(terms, terms.quantity, free, market)).toBe(coverFrom(units, columns, [free])(0))
      }
    }
  })
})

describe('free margin', () => {
  const margin = { base: 5n * DUSD, quote: 500n * DUSD }

  it('counts fills that are not final yet, and what open orders reserve', () => {
    const view = freeMargin(
      {
        margin,
        requested: { base: 0n, quote: 50n * DUSD },
        pending: [fill(3, 10, { price: 1_000, final: false })],
        orders: [
          { terms: buy, left: 5 },
          { terms: sell, left: 3 },
        ],
      },
      market,
    )
    expect(view.counted).toEqual({ base: 6n * DUSD, quote: 349_900_000n })
    expect(view.reserved).toEqual({ base: 300_000n, quote: 50_050_000n })
    expect(view.free).toEqual({ base: 5_700_000n, quote: 299_850_000n })
  })

  it('is never below nothing: what was asked for may be spent by then', () => {
    const view = freeMargin({ margin, requested: { base: 6n * DUSD, quote: 0n }, pending: [], orders: [] }, market)
    expect(view.free.base).toBe(0n)
    expect(view.free.quote).toBe(500n * DUSD)
  })
})

describe('moving margin', () => {
  const funds = { wallet: 20n * DUSD, vault: 0n, allowance: 0n }
  const stored = { margin: { base: 0n, quote: 30n * DUSD }, withdrawal: { base: 0n, quote: 5n * DUSD, batchId: 4n } }
  const facts = { market, token: 'quote', funds, stored } as const
  const deployment = { contracts: { book: ME } } as unknown as Deployment

  it('takes no more in than the wallet has, and no more out than is there and not asked for yet', () => {
    expect(draftMove('20', 'in', facts)).toEqual({ ok: true, amount: 20n * DUSD })
    expect(draftMove('20.000001', 'in', facts)).toMatchObject({ ok: false })
    expect(draftMove('25', 'out', facts)).toEqual({ ok: true, amount: 25n * DUSD })
    expect(draftMove('25.1', 'out', facts)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('25 DUSD') as string,
    })
    expect(draftMove('0', 'in', facts)).toMatchObject({ ok: false })
    expect(draftMove('1,5', 'in', facts)).toEqual({ ok: true, amount: 1_500_000n })
    expect(draftMove('1.500', 'in', facts)).toEqual({ ok: false, reason: 'Do you mean 1.5 or 1,500?' })
    // Before it is known which way, only what can be read is said.
    expect(draftMove('1000', null, facts)).toMatchObject({ ok: true })
  })

  it('allows the exact amount, and only where the contract may not take it yet', async () => {
    const sent: string[] = []
    const flow = { send: ({ method }: { method: string }) => Promise.resolve(sent.push(method)) }
    const run = async (allowance: bigint) =>
      depositJob(deployment, ME, DUSD, 'approve', { ...facts, funds: { ...funds, allowance } }).run(flow as never)
    await run(0n)
    await run(DUSD)
    expect(sent).toEqual(['approve', 'depositMargin', 'depositMargin'])
    expect(depositJob(deployment, ME, DUSD, 'approve', facts).preview[0]).toContain('1 DUSD, and no more')
  })

  it('says when what is asked back is due at the latest', () => {
    // Batch 2 ends at 1,060; it may be settled for ten minutes and challenged for one.
    const [, when] = requestJob(deployment, ME, DUSD, 1_031, facts).preview
    expect(when).toContain('now 2')
    expect(withdrawalStage({ batchId: 2, head: 1 }, market, 1_059)).toBe('open')
    expect(withdrawalStage({ batchId: 2, head: 2 }, market, 1_060)).toBe('waiting')
    expect(withdrawalStage({ batchId: 2, head: 2 }, market, 1_720)).toBe('late')
    expect(withdrawalStage({ batchId: 2, head: 3 }, market, 1_060)).toBe('due')
    expect(withdrawalStage({ batchId: 2, head: 0 }, market, 1_060)).toBe('due')
  })
})

describe('an order in words', () => {
  const circumstances = { signs: false, free: { base: 0n, quote: 1_000n * DUSD }, now: 1_000 }

  it('names what it is for, the most it pays, and how long it lasts', () => {
    const text = describeOrder(buy, market, circumstances).join('\n')
    expect(text).toContain('Buy up to 1 GRAIN')
    expect(text).toContain(
      'no higher than 100 DUSD per GRAIN: at most 100.1 DUSD for all of it, the fee of 0.1 DUSD included',
    )
    expect(text).toContain('until you cancel it')
    expect(text).toContain('Your margin covers all of it.')
    expect(text).toContain('Earlier batches that are not settled yet may still fill it.')
    const selling = describeOrder({ ...sell, flags: 1 | 8 }, market, circumstances).join('\n')
    expect(selling).toContain('Sell up to 1 GRAIN at whatever price the batch clears at, but no lower than')
    expect(selling).toContain('at least 99.9 DUSD')
    expect(selling).toContain('over with it')
    expect(selling).toContain('covers only 0 GRAIN')
  })

  it('says what others learn, and what margin in one token alone gives away', () => {
    expect(describeLeaks(market, { base: 1n, quote: 1n })).not.toContain('alone')
    expect(describeLeaks(market, { base: 0n, quote: 1n })).toContain('you can only buy')
    expect(describeLeaks(market, { base: 1n, quote: 0n })).toContain('you can only sell')
    expect(describeLeaks(market, none)).not.toContain('alone')
  })
})
