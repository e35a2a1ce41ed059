import fc from 'fast-check'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ChainConnection } from '../../../lib/chain/connection'
import { closeDatabase, openDatabase, type Database } from '../../../lib/db/client'
import { migrate } from '../../../lib/db/migrate'
import { readSyncState } from '../../../lib/db/sync'
import { beginIndexing } from '../../../lib/indexer/beginIndexing'
import { newMemory } from '../../../lib/indexer/memory'
import { createIndexerMetrics } from '../../../lib/indexer/metrics'
import { syncToHead } from '../../../lib/indexer/syncToHead'
import { startPostgres, withClient, type TestPostgres } from '../../fixtures/postgres'
import { dumpIndex } from '../../integration/indexer/testIndex'
import { ModelChain } from './modelChain'
import { MODEL_DEPLOYMENT } from './modelDeployment'
import { ACTS, type Intent } from './modelHouse'
import { countSteps, Killed } from './mortal'

type Place = { url: string; db: Database }

let postgres: TestPostgres
let subject: Place
let fresh: Place

beforeAll(async () => {
  postgres = await startPostgres()
  const place = async (): Promise<Place> => {
    const url = await postgres.createDatabase()
    await migrate(url)
    return { url, db: openDatabase(url, { maxConnections: 2 }) }
  }
  ;[subject, fresh] = await Promise.all([place(), place()])
})
afterAll(async () => {
  await Promise.all([subject, fresh].map(({ db }) => closeDatabase(db)))
  await postgres.stop()
})

const empty = ({ url }: Place) => withClient(url, (client) => client.query('TRUNCATE blocks, sync_state, feed CASCADE'))

/** One life of an indexer, from its start: what it learns is gone when the next one starts. */
function start(db: Database, connection: ChainConnection) {
  const memory = newMemory()
  memory.rangeBlocks = 4n
  // Messages of an index that mends itself. With an honest node there is nothing to mend.
  const repairs: string[] = []
  const note = (line: string): void => {
    if (/disagrees|left events|in dispute/.test(line)) repairs.push(line)
  }
  const log = pino({ level: 'error' }, { write: note })
  const metrics = createIndexerMetrics(new Registry())
  const context = { connection, deployment: MODEL_DEPLOYMENT, db, term: null, log, metrics, isStopping: () => false }
  return {
    memory,
    round: async () => {
      await beginIndexing(context)
      await syncToHead(context, memory)
      expect(repairs).toEqual([])
    },
  }
}

/** Rounds until the index stands at the head: a chain that moves meanwhile makes a round fail. */
async function finish({ db }: Place, chain: ModelChain): Promise<void> {
  const indexer = start(db, chain.connection)
  for (let round = 0; round < 6; round += 1) {
    await indexer.round().catch(() => undefined)
    if ((await readSyncState(db))?.cursor?.hash === chain.head.hash) return
  }
  await indexer.round()
  expect((await readSyncState(db))?.cursor?.hash).toBe(chain.head.hash)
}

const intent: fc.Arbitrary<Intent> = fc.record({
  act: fc.constantFrom(...ACTS),
  auction: fc.nat({ max: 2 }),
  who: fc.nat({ max: 7 }),
})
const CREATIONS: Intent[] = [
  ...[0, 1, 2].map((who): Intent => ({ act: 'create', auction: 0, who })),
  ...[0, 1].map((who): Intent => ({ act: 'market', auction: 0, who })),
]
const blocks = fc.array(fc.array(intent, { maxLength: 5 }), { minLength: 1, maxLength: 5 })
const change = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('mine' as const), blocks }) },
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constant('reorganise' as const), depth: fc.integer({ min: 1, max: 9 }), blocks }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('reorganise' as const), depth: fc.constant(1_000), blocks }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('back' as const) }) },
)
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never
const action = fc.oneof(
  change,
  fc.record({ type: fc.constant('round' as const), prune: fc.boolean() }),
  fc.record({ type: fc.constant('killed' as const), at: fc.integer({ min: 1, max: 90 }) }),
  fc.record({ type: fc.constant('killed' as const), at: fc.integer({ min: 6, max: 30 }) }),
  fc.record({ type: fc.constant('moved' as const), at: fc.integer({ min: 1, max: 60 }), change }),
)

/** What chance brings about too seldom: cancellations and replacements of older bids, indexed, and taken back. */
const TAKEN_BACK: [Intent[][], (typeof action extends fc.Arbitrary<infer T> ? T : never)[]] = [
  [[0, 1, 2].map((who) => ({ act: 'bid', auction: 0, who }))],
  [
    { type: 'round', prune: false },
    {
      type: 'mine',
      blocks: [
        [{ act: 'cancel', auction: 0, who: 0 }],
        [
          { act: 'replace', auction: 0, who: 0 },
          { act: 'bid', auction: 0, who: 3 },
        ],
      ],
    },
    { type: 'round', prune: false },
    { type: 'reorganise', depth: 2, blocks: [[{ act: 'bid', auction: 0, who: 0 }]] },
  ],
]

/** Batches settled, final and void, struck and settled again; each taken back after it was indexed. */
const inMarket = (...acts: Intent['act'][]): Intent[] => acts.map((act, who) => ({ act, auction: 0, who: who + 1 }))
const BOOK_TAKEN_BACK: typeof TAKEN_BACK = [
  [inMarket('fund', 'fundBase', 'order', 'order', 'order'), [], [], inMarket('order', 'cancelOrder')],
  [
    { type: 'mine', blocks: [inMarket('settleBatch'), [], inMarket('settleBatch', 'order')] },
    { type: 'round', prune: false },
    { type: 'mine', blocks: [inMarket('strike'), inMarket('settleBatch'), inMarket('voidBatch')] },
    { type: 'round', prune: true },
    { type: 'reorganise', depth: 2, blocks: [inMarket('settleBatch', 'finalizeBatch', 'request', 'payOut')] },
    { type: 'round', prune: false },
    { type: 'reorganise', depth: 5, blocks: [inMarket('voidBatch'), inMarket('order'), inMarket('settleBatch')] },
    { type: 'round', prune: false },
    { type: 'back' },
  ],
]

function apply(chain: ModelChain, changed: Change): void {
  if (changed.type === 'mine') for (const intents of changed.blocks) chain.mine(intents)
  else if (changed.type === 'back') chain.goBack()
  else chain.reorganise(changed.depth, changed.blocks)
}

test('after any reorganisations, kills and restarts, the index equals one made from nothing', async () => {
  await fc.assert(
    fc.asyncProperty(blocks, fc.array(action, { minLength: 3, maxLength: 12 }), async (first, actions) => {
      await Promise.all([subject, fresh].map(empty))
      const chain = new ModelChain()
      // Without auctions, nearly nothing that people try comes to anything.
      chain.mine(CREATIONS)
      for (const intents of first) chain.mine(intents)
      let indexer = start(subject.db, chain.connection)
      for (const step of actions) {
        switch (step.type) {
          case 'round':
            if (step.prune) indexer.memory.prunedBelow = -1_000n
            await indexer.round()
            break
          case 'killed':
            await roundWith(chain, (count) => {
              if (count === step.at) throw new Killed()
            })
            indexer = start(subject.db, chain.connection)
            break
          case 'moved':
            await roundWith(chain, (count) => {
              if (count === step.at) apply(chain, step.change)
            })
            break
          default:
            apply(chain, step)
        }
      }
      await finish(subject, chain)
      await finish(fresh, chain)
      expect(await dumpIndex(subject.url)).toEqual(await dumpIndex(fresh.url))
    }),
    { numRuns: 25, examples: [TAKEN_BACK, BOOK_TAKEN_BACK] },
  )
})

/** A round in which something happens before some statement or request. */
async function roundWith(chain: ModelChain, onStep: (step: number) => void): Promise<void> {
  const { db, connection } = countSteps(subject.db, chain.connection, onStep)
  await start(db, connection)
    .round()
    .catch(() => undefined)
}
