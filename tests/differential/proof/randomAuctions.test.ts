import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NO_SALE_PRICE } from '../../../lib/protocol/constants'
import type { BundleEntry } from '../../../lib/protocol/proof/bundle'
import { makeProof, planProofs } from '../../../lib/protocol/proof/proveSettlement'
import { runHere, verifySettlement } from '../../../lib/protocol/proof/verifySettlement'
import { wrapped } from '../../unit/proof/cheat'
import {
  backend,
  bundleOf,
  contextOf,
  honestClaim,
  judgedBids,
  openingOf,
  publish,
  settleHonestly,
  type Claim,
} from '../../unit/proof/claim'
import { buildWorld, secrets, type BidSpec, type World } from '../../unit/proof/world'
import { freshBytes } from '../../fixtures/freshBytes'

/** The same auctions in every run: proofs are slow, and a failure must come back. */
const SEED = 20_261_122
const run = runHere(backend)

const bidArbitrary: fc.Arbitrary<BidSpec> = fc.record(
  {
    price: fc.integer({ min: 1, max: 6 }),
    collateral: fc.constantFrom(3, 5, 1_000, 1_000),
    cancelled: fc.constantFrom(false, false, false, true),
    spoil: fc.constantFrom<(BidSpec['spoil'] | undefined)[]>(undefined, undefined, undefined, undefined, 'ciphertext'),
  },
  { requiredKeys: ['price'] },
)

const worldArbitrary = fc.record({
  rule: fc.constantFrom('FIRST_PRICE' as const, 'SECOND_PRICE' as const),
  reserve: fc.constantFrom(0, 2),
  bids: fc.array(bidArbitrary, { minLength: 1, maxLength: 4 }),
})

/** Another claim than the honest one: someone else wins, or nobody does, at a price that somebody bid. */
function lieAbout(world: World, honest: Claim, pick: number): Claim | null {
  const isFirstPrice = world.params.rule === 0
  const seqs = world.live.map(({ seq }) => seq)
  // A hidden winner's spoiled blob is what proofs do not show (section 13): the test below.
  const mayWin = (seq: number) => isFirstPrice || honest.dispositions.get(seq) !== 'invalid'
  const winners = [
    ...seqs.filter((seq) => seq !== honest.winnerSeq && mayWin(seq)),
    ...(honest.winnerSeq === null ? [] : [null]),
  ]
  const winnerSeq = winners[pick % Math.max(winners.length, 1)]
  if (winnerSeq === undefined) return null
  const others = seqs.filter((seq) => seq !== winnerSeq)
  const openedSeq = isFirstPrice ? winnerSeq : winnerSeq === null ? null : (others[pick % others.length] ?? null)
  const opened = openedSeq === null ? [] : [openingOf(world, openedSeq)]
  const price = winnerSeq === null ? NO_SALE_PRICE : (opened[0]?.price ?? world.params.reserve)
  const dispositions: Claim['dispositions'] = new Map(
    seqs.map((seq) => {
      const said = honest.dispositions.get(seq)!
      if (seq === winnerSeq) return [seq, 'won']
      if (said !== 'won' && said !== 'lost') return [seq, said]
      return [seq, winnerSeq === null ? 'below-reserve' : 'lost']
    }),
  )
  return { winnerSeq, price, opened, dispositions }
}

/** True proofs of what is true, and of the rest the best there is. */
function bestProofs(world: World, claim: Claim): BundleEntry[] {
  const context = contextOf(world, claim)
  const proofs = planProofs(context, judgedBids(world, claim)).map((task) => {
    try {
      return makeProof(backend, context, secrets, task, freshBytes)
    } catch {
      return wrapped(context, world, task.bid.seq, task.row)
    }
  })
  return proofs.filter((proof) => proof !== null)
}

describe('random auctions', () => {
  it('what section 6 says passes', async () => {
    const property = fc.asyncProperty(worldArbitrary, async (spec) => {
      const verdict = await verifySettlement(await settleHonestly(buildWorld(spec)), { run })
      expect(verdict.checks.filter(({ ok }) => !ok)).toEqual([])
      expect(verdict.ok).toBe(true)
    })
    await fc.assert(property, { seed: SEED, numRuns: 12 })
  })

  it('another winner does not, whatever is proven of it', async () => {
    let lies = 0
    const property = fc.asyncProperty(worldArbitrary, fc.nat(5), async (spec, pick) => {
      const world = buildWorld(spec)
      const lie = lieAbout(world, honestClaim(world), pick)
      if (lie === null) return
      lies++
      const verdict = await verifySettlement(await publish(world, lie, bundleOf(world, bestProofs(world, lie))), {
        run,
      })
      expect(verdict.ok).toBe(false)
    })
    await fc.assert(property, { seed: SEED, numRuns: 25 })
    expect(lies).toBeGreaterThan(10)
  })

  it('the one exception: a hidden winner’s spoiled bid, whose commitment would have won', async () => {
    const world = buildWorld({ rule: 'SECOND_PRICE', bids: [{ price: 50, spoil: 'ciphertext' }, { price: 40 }] })
    const honest = honestClaim(world)
    const lie: Claim = {
      ...{ winnerSeq: 0, price: 40, opened: [openingOf(world, 1)] },
      dispositions: new Map([...honest.dispositions, [0, 'won'], [1, 'lost']]),
    }
    const verdict = await verifySettlement(await publish(world, lie, bundleOf(world, bestProofs(world, lie))), { run })
    expect(verdict.ok).toBe(true)
  })
})
