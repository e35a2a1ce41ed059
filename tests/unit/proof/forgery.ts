import type { BundleEntry } from '../../../lib/protocol/proof/bundle'
import type { Row } from '../../../lib/protocol/proof/rows'
import { runHere, verifySettlement } from '../../../lib/protocol/proof/verifySettlement'
import { wrapped } from './cheat'
import { backend, bundleOf, contextOf, honestClaim, openingOf, proofsOf, publish, type Claim } from './claim'
import { buildWorld, type BidSpec, type World, type WorldSpec } from './world'

type ClaimedDisposition = 'won' | 'lost' | 'invalid' | 'below-reserve' | 'uncovered'

/** What a cheating enclave says, and how it tries to prove what is false of it. All the rest it does honestly. */
export type Forgery = {
  name: string
  reserve?: number
  bids: BidSpec[]
  /** Left out: whatever is honest. `opened` by seq. */
  claim?: {
    winnerSeq?: number | null
    price?: number
    opened?: number | null
    dispositions?: Record<number, ClaimedDisposition>
  }
  /** Proofs that it makes by cheating: their bids get no honest ones. */
  cheats?: (world: World, claim: Claim) => BundleEntry[]
  leaveOut?: number[]
  /** The checks that catch it: these and no others. */
  caught: string[]
}

/** Proofs of false statements by values wrapped into the range. */
export const wrap =
  (...rows: [number, Row][]) =>
  (world: World, claim: Claim) =>
    rows.map(([seq, row]) => wrapped(contextOf(world, claim), world, seq, row))

/** Publishes the forgery, as if the contract had taken it, and checks it. */
export async function failedChecks(rule: WorldSpec['rule'], forgery: Forgery): Promise<string[]> {
  const { reserve, bids, claim = {}, cheats, leaveOut = [] } = forgery
  const world = buildWorld({ rule, reserve, bids })
  const honest = honestClaim(world)
  const { opened, dispositions = {}, ...rest } = claim
  const openings = opened === undefined ? honest.opened : opened === null ? [] : [openingOf(world, opened)]
  const lie: Claim = { ...honest, ...rest, opened: openings }
  const said = Object.entries(dispositions).map(([seq, disposition]) => [Number(seq), disposition] as const)
  lie.dispositions = new Map([...honest.dispositions, ...said])
  const cheated = cheats?.(world, lie) ?? []
  const without = [...leaveOut, ...cheated.map(({ seq }) => seq)]
  // Where the price is off, the rest cannot be proven either: what is true of it is.
  const provable = world.live.map(({ seq }) => seq).filter((seq) => !without.includes(seq))
  const honestly = provable.flatMap((seq) => {
    const others = world.live.map((bid) => bid.seq).filter((other) => other !== seq)
    try {
      return proofsOf(world, lie, { leaveOut: others })
    } catch {
      return []
    }
  })
  const bundle = bundleOf(world, [...honestly, ...cheated])
  const verdict = await verifySettlement(await publish(world, lie, bundle), { run: runHere(backend) })
  return verdict.ok ? [] : verdict.checks.filter(({ ok }) => !ok).map(({ name }) => name)
}
