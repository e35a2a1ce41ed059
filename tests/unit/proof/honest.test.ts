import { describe, expect, it } from 'vitest'
import { runHere, verifySettlement } from '../../../lib/protocol/proof/verifySettlement'
import { backend, bundleOf, honestClaim, proofsOf, publish, settleHonestly } from './claim'
import { buildWorld, type WorldSpec } from './world'

const run = runHere(backend)

const SHAPES: (WorldSpec & { name: string; invalid?: number })[] = [
  { name: 'no bid', rule: 'FIRST_PRICE', bids: [] },
  { name: 'one bid, first price', rule: 'FIRST_PRICE', bids: [{ price: 50 }] },
  { name: 'one bid, second price: the reserve binds', rule: 'SECOND_PRICE', bids: [{ price: 50 }] },
  { name: 'one bid, no reserve: free', rule: 'SECOND_PRICE', reserve: 0, bids: [{ price: 50 }] },
  { name: 'one bid at the reserve', rule: 'SECOND_PRICE', bids: [{ price: 10 }] },
  { name: 'ties, first price', rule: 'FIRST_PRICE', bids: [{ price: 50 }, { price: 50 }, { price: 50 }] },
  { name: 'ties, second price', rule: 'SECOND_PRICE', bids: [{ price: 50 }, { price: 50 }, { price: 50 }] },
  { name: 'a tie for second place', rule: 'SECOND_PRICE', bids: [{ price: 40 }, { price: 40 }, { price: 50 }] },
  { name: 'runner-up first', rule: 'SECOND_PRICE', bids: [{ price: 40 }, { price: 50 }, { price: 30 }] },
  { name: 'runner-up last', rule: 'SECOND_PRICE', bids: [{ price: 30 }, { price: 50 }, { price: 40 }] },
  { name: 'winner last', rule: 'FIRST_PRICE', bids: [{ price: 49 }, { price: 50 }, { price: 51 }] },
  { name: 'all below the reserve', rule: 'SECOND_PRICE', bids: [{ price: 9 }, { price: 1 }] },
  { name: 'one above the reserve, others below', rule: 'SECOND_PRICE', bids: [{ price: 9 }, { price: 11 }] },
  { name: 'uncovered by a tick', rule: 'FIRST_PRICE', bids: [{ price: 51, collateral: 50 }, { price: 50 }] },
  { name: 'covered to the tick', rule: 'SECOND_PRICE', bids: [{ price: 50, collateral: 50 }, { price: 40 }] },
  { name: 'all uncovered', rule: 'SECOND_PRICE', bids: [{ price: 51, collateral: 50 }] },
  { name: 'cancelled and replaced', rule: 'FIRST_PRICE', bids: [{ price: 90, cancelled: true }, { price: 20 }] },
  { name: 'all cancelled', rule: 'FIRST_PRICE', bids: [{ price: 90, cancelled: true }] },
  {
    name: 'all invalid, in every way',
    rule: 'SECOND_PRICE',
    invalid: 9,
    bids: [
      { price: 50, spoil: 'pok' },
      { price: 50, spoil: 'prefix' },
      { price: 50, spoil: 'ciphertext' },
      { price: 50, sealedPrice: 60 },
      { price: 50, quantity: 2 },
      { price: 50, plaintext: { price: 0 } },
      { price: 50, plaintext: { kind: 2 } },
      { price: 50, plaintext: { version: 2 } },
      { price: 50, plaintext: { flags: 1 } },
    ],
  },
  {
    name: 'the highest and the lowest price there is',
    rule: 'SECOND_PRICE',
    reserve: 0,
    bids: [{ price: 1 }, { price: 0xffff_ffff, collateral: 0xffff_ffff }, { price: 0xffff_ffff, collateral: 2 ** 33 }],
  },
]

describe('honest settlements', () => {
  it.each(SHAPES)('$name', async ({ invalid = 0, ...spec }) => {
    const verdict = await verifySettlement(await settleHonestly(buildWorld(spec)), { run })
    expect(verdict.checks.filter(({ ok }) => !ok)).toEqual([])
    expect(verdict).toMatchObject({ ok: true, bids: spec.bids.length, invalid, unproven: [] })
  })

  it('give the same bytes twice', async () => {
    const world = buildWorld({ rule: 'SECOND_PRICE', bids: [{ price: 40 }, { price: 50 }, { price: 5 }] })
    const [first, second] = [await settleHonestly(world), await settleHonestly(world)]
    expect(second.bundle).toEqual(first.bundle)
    expect(second.settlement.proofHash).toBe(first.settlement.proofHash)
  })

  it('are unproven, and not ok, without a bundle', async () => {
    const world = buildWorld({ rule: 'FIRST_PRICE', bids: [{ price: 50 }, { price: 40, spoil: 'pok' }, { price: 5 }] })
    const evidence = await settleHonestly(world)
    const verdict = await verifySettlement({ ...evidence, bundle: null }, { run })
    expect(verdict.checks.every(({ ok }) => ok)).toBe(true)
    expect(verdict).toMatchObject({ ok: false, invalid: 1, unproven: ['bundle', 'bid:0', 'bid:2'] })
  })

  it('are proven by the chain alone where nobody’s live bid needs a proof', async () => {
    const world = buildWorld({ rule: 'FIRST_PRICE', bids: [{ price: 40, spoil: 'pok' }] })
    const verdict = await verifySettlement(await publish(world, honestClaim(world), null), { run })
    expect(verdict).toMatchObject({ ok: true, invalid: 1, unproven: [] })
  })

  it('tell their progress, and stop when told to, without a verdict', async () => {
    const world = buildWorld({ rule: 'FIRST_PRICE', bids: [{ price: 50 }, { price: 40 }, { price: 30 }] })
    const evidence = await settleHonestly(world)
    const steps: number[] = []
    await verifySettlement(evidence, { run, onProgress: ({ done, total }) => steps.push(done, total) })
    expect(steps).toEqual([1, 3, 2, 3, 3, 3])
    const controller = new AbortController()
    const stopped = verifySettlement(evidence, {
      run,
      onProgress: () => controller.abort(new Error('enough')),
      signal: controller.signal,
    })
    await expect(stopped).rejects.toThrow('enough')
  })

  it('are judged in any order of the bids’ verdicts', async () => {
    const world = buildWorld({ rule: 'FIRST_PRICE', bids: [{ price: 50 }, { price: 40 }] })
    const evidence = await settleHonestly(world)
    const backwards: typeof run = (context, tasks) => run(context, [...tasks].reverse())
    const verdict = await verifySettlement(evidence, { run: backwards })
    expect(verdict.checks.filter(({ name }) => name.startsWith('bid:')).map(({ name }) => name)).toEqual([
      'bid:0',
      'bid:1',
    ])
    expect(verdict.ok).toBe(true)
    // A runner that loses a bid does not make it pass.
    const lossy: typeof run = (context, tasks) => run(context, tasks.slice(1))
    expect(await verifySettlement(evidence, { run: lossy })).toMatchObject({ ok: false })
  })

  it('count bytes: one range proof a lost bid', () => {
    const world = buildWorld({
      rule: 'SECOND_PRICE',
      bids: [{ price: 40 }, { price: 50 }, { price: 30 }, { price: 35 }],
    })
    const claim = honestClaim(world)
    const bundle = bundleOf(world, proofsOf(world, claim))
    expect(bundle.length).toBe(45 + 2 * (5 + 2_564) + (5 + 129) + 2 * (5 + 2_564))
  })
})
