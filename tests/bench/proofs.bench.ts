// Settlement proofs: bytes a bid, and milliseconds a bid to make and to check, on one thread, on two, and in Chromium.
import { parseArgs } from 'node:util'
import zkp from '@vulpemventures/secp256k1-zkp'
import { proveHere, proveSettlement, type ProofRunner } from '../../lib/protocol/proof/proveSettlement'
import { shareTasks } from '../../lib/protocol/proof/shareTasks'
import { SERIALIZED_H } from '../../lib/protocol/proof/serializePoint'
import { runHere, verifySettlement, type BidRunner } from '../../lib/protocol/proof/verifySettlement'
import type { SettlementEvidence } from '../../lib/protocol/proof/evidence'
import { backend, contextOf, honestClaim, judgedBids, publish } from '../unit/proof/claim'
import { buildWorld, secrets, type World } from '../unit/proof/world'
import { report } from './line'
import { timesInChromium } from './proofs/browser'
import { startWorkers } from './proofs/nodeWorkers'
import { freshBytes } from '../fixtures/freshBytes'

const { values } = parseArgs({ options: { sizes: { type: 'string', default: '10,100,1000' } } })
const sizes = values.sizes.split(',').map(Number)

const round = (value: number) => Number(value.toPrecision(4))
type Measured = { case: string; value: number; unit: string; baseline?: number; ratio?: number; against?: string }
const print = (figure: Measured) => report({ bench: 'proofs', ...figure })

/** A figure of milliseconds beside what it is compared with. */
function compare(name: string, value: number, baseline: number, against: string): void {
  print({
    case: name,
    value: round(value),
    unit: 'ms/bid',
    baseline: round(baseline),
    ratio: round(baseline / value),
    against,
  })
}

type Loader = typeof zkp

/** The library's own calls, nothing around them: milliseconds to make and to check one proof of 32 bits. */
async function rawTimes(): Promise<{ make: number; check: number }> {
  const library = await (typeof zkp === 'function' ? zkp : (zkp as { default: Loader }).default)()
  const [blinding, nonce] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)]
  const commitment = library.pedersen.commitment('57', SERIALIZED_H, blinding)
  const make = () => library.rangeproof.sign('57', commitment, SERIALIZED_H, blinding, nonce, '0', '0', '32')
  const proof = make()
  const meanOf = (call: () => unknown, calls = 20) => {
    const start = performance.now()
    for (let index = 0; index < calls; ++index) call()
    return (performance.now() - start) / calls
  }
  return { make: meanOf(make), check: meanOf(() => library.rangeproof.verify(proof, commitment, SERIALIZED_H)) }
}

/** Second price, the worst case for a pair a lost bid: the winner comes last, and all others lose to him. */
function worldOf(size: number): World {
  const bids = Array.from({ length: size }, (_, index) => ({ price: 100 + ((index * 37) % 500) }))
  return buildWorld({ rule: 'SECOND_PRICE', bids: [...bids.slice(1), { price: 700 }] })
}

async function timed<Result>(work: () => Promise<Result>): Promise<{ result: Result; milliseconds: number }> {
  const start = performance.now()
  const result = await work()
  return { result, milliseconds: performance.now() - start }
}

async function make(world: World, run: ProofRunner) {
  const claim = honestClaim(world)
  const bids = judgedBids(world, claim)
  const { result, milliseconds } = await timed(() => proveSettlement(contextOf(world, claim), bids, { run }))
  return { bundle: result.bundle, claim, milliseconds }
}

async function check(evidence: SettlementEvidence, run: BidRunner): Promise<number> {
  const { result, milliseconds } = await timed(() => verifySettlement(evidence, { run }))
  if (!result.ok) throw new Error('an honest settlement did not verify')
  return milliseconds
}

const raw = await rawTimes()
const workers = await startWorkers(2)
const [proveOnTwo, verifyOnTwo] = [shareTasks(workers.prove), shareTasks(workers.verify)]
const settlements: SettlementEvidence[] = []
const onTwo: number[] = []
try {
  for (const size of sizes) {
    const world = worldOf(size)
    const two = await make(world, proveOnTwo)
    // A thousand on one thread take half a minute and tell nothing that a hundred do not.
    if (size <= 100) {
      const one = await make(world, proveHere(backend, secrets, freshBytes))
      if (!Buffer.from(one.bundle).equals(two.bundle)) throw new Error('two threads made other bytes than one')
      compare(`make ${size} bids, 1 thread`, one.milliseconds / size, raw.make, 'the library making one proof')
      compare(`make ${size} bids, 2 threads`, two.milliseconds / size, one.milliseconds / size, '1 thread')
    } else compare(`make ${size} bids, 2 threads`, two.milliseconds / size, raw.make, 'the library making one proof')
    print({ case: `bundle of ${size} bids`, value: round(two.bundle.length / size), unit: 'bytes/bid' })
    const evidence = await publish(world, two.claim, two.bundle)
    settlements.push(evidence)
    const checked = await check(evidence, runHere(backend))
    compare(`check ${size} bids, 1 thread`, checked / size, raw.check, 'the library checking one proof')
    const shared = await check(evidence, verifyOnTwo)
    onTwo.push(shared)
    compare(`check ${size} bids, 2 threads`, shared / size, checked / size, '1 thread')
  }
} finally {
  await workers.stop()
}
const inChromium = await timesInChromium(settlements)
sizes.forEach((size, index) => {
  const [browser, node] = [inChromium[index]!, onTwo[index]!]
  compare(`check ${size} bids, Chromium, 2 workers`, browser / size, node / size, 'Node, 2 threads')
  print({ case: `check all ${size} bids, Chromium, 2 workers`, value: round(browser / 1_000), unit: 's' })
})
