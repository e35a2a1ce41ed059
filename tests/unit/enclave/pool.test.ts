import { EventEmitter, once } from 'node:events'
import type { Worker } from 'node:worker_threads'
import { hexToBytes } from 'viem'
import { afterEach, describe, expect, it } from 'vitest'
import { PackedBids, RECORD_LENGTH } from '../../../lib/enclave/bids/packedBids'
import { openBids, type OpeningTask } from '../../../lib/enclave/opening/openBids'
import { unpackOpening } from '../../../lib/enclave/opening/openRecords'
import { OpeningPool } from '../../../lib/enclave/opening/pool'
import { startOpeningWorker } from '../../../lib/enclave/opening/startWorker'
import type { WorkerJob } from '../../../lib/enclave/opening/worker'
import { importPrivateKey } from '../../../lib/enclave/p256'
import type { SealedBid } from '../../../lib/protocol/sealing/seal'
import { alice, context, enclaveKey, seal, sealingKeyBytes } from '../protocol/sealingFixture'

const key = { publicKey: sealingKeyBytes, privateKey: importPrivateKey(enclaveKey, sealingKeyBytes) }

let pools: OpeningPool[] = []
afterEach(async () => {
  for (const pool of pools) await pool.close()
  pools = []
})

/** A pool of real threads, and the threads it started. */
function openPool(size: number): { pool: OpeningPool; workers: Worker[] } {
  const workers: Worker[] = []
  const start = () => {
    const worker = startOpeningWorker()
    workers.push(worker)
    return worker
  }
  const pool = new OpeningPool({ size, start })
  pools.push(pool)
  return { pool, workers }
}

function pack(sealed: readonly SealedBid[]): PackedBids {
  const bids = new PackedBids()
  const position = { blockNumber: 1n, blockHash: '0x', transactionHash: '0x', logIndex: 0 } as const
  sealed.forEach((bid, seq) =>
    bids.add({
      type: 'BidPlaced',
      id: context.id,
      bidder: alice,
      slot: 0,
      collateral: 7n,
      points: 0,
      creditBps: 0,
      seq,
      ...bid,
      ...position,
    }),
  )
  return bids
}

const taskOf = (bids: PackedBids): OpeningTask => ({ key, context, oneLot: true, bids })

describe('opening on worker threads', () => {
  it('keeps the order over many chunks, and opens nothing that was withdrawn', async () => {
    const distinct = await Promise.all([3, 5, 8].map((price) => seal({ price })))
    const bids = pack(Array.from({ length: 400 }, (_, index) => distinct[index % 3]!))
    for (const withdrawn of [1, 200, 399]) bids.cancel(withdrawn)
    const { pool, workers } = openPool(2)
    const told: number[] = []
    const openings = await openBids(pool.dueBy(0n), taskOf(bids), (opened) => told.push(opened))
    for (let position = 0; position < bids.size; ++position) {
      const expected = bids.isLive(position) ? { price: [3, 5, 8][position % 3], quantity: 1 } : null
      if (expected) expect(openings.at(position)).toMatchObject(expected)
      else expect(openings.at(position)).toBeNull()
    }
    expect(workers).toHaveLength(2)
    expect(told.at(-1)).toBe(397)
    expect([...told].sort((a, b) => a - b)).toEqual(told)
  })

  it('tells a valid bid from one with another’s commitment', async () => {
    const [bid, other] = [await seal(), await seal({ salt: new Uint8Array(16).fill(4) })]
    const openings = await openBids(openPool(1).pool.dueBy(0n), taskOf(pack([bid, { ...bid, x: other.x, y: other.y }])))
    expect(openings.at(0)).toEqual({ price: 120, quantity: 1, rho: bid.rho })
    expect(openings.at(1)).toBeNull()
  })

  it('fails cleanly where a worker dies, and replaces it', async () => {
    const bids = pack(Array.from({ length: 300 }, () => template))
    const { pool, workers } = openPool(1)
    const failed = openBids(pool.dueBy(0n), taskOf(bids)).catch((error: unknown) => error)
    await once(workers[0]!, 'online')
    await workers[0]!.terminate()
    expect(await failed).toMatchObject({ code: 'INTERNAL', details: 'a worker died' })
    expect((await openBids(pool.dueBy(0n), taskOf(bids))).at(299)).toMatchObject({ price: 120 })
    expect(workers.length).toBeGreaterThan(1)
  })

  it('fails a job that cannot be done without saying why, and goes on', async () => {
    const { pool, workers } = openPool(1)
    const records = pack([template]).record(0)
    const spoiled = { key, context: { ...context, id: '0x12' as const }, oneLot: true, records }
    await expect(pool.dueBy(0n).open(spoiled)).rejects.toMatchObject({ details: 'a worker could not open its bids' })
    const openings = await pool.dueBy(0n).open({ key, context, oneLot: true, records })
    expect(unpackOpening(Buffer.from(openings))).toMatchObject({ price: 120 })
    expect(workers).toHaveLength(1)
  })

  it('fails what is under way when it is closed', async () => {
    const { pool } = openPool(1)
    const job = { key, context, oneLot: true, records: pack([template]).record(0) }
    const jobs = [pool.spare, pool.dueBy(0n)].map((threads) => threads.open(job).catch((error: unknown) => error))
    await pool.close()
    for (const error of await Promise.all(jobs)) expect(error).toMatchObject({ code: 'INTERNAL' })
    await expect(pool.spare.open(job)).rejects.toMatchObject({ details: 'the pool is closed' })
  })
})

describe('who gets the threads', () => {
  /** Threads that do nothing until they are told, and which job each was given. */
  function openIdlePool(size: number) {
    const given: { job: WorkerJob; end: () => void }[] = []
    const start = () => {
      const worker = new EventEmitter() as unknown as Worker
      worker.postMessage = (job: WorkerJob) =>
        void given.push({ job, end: () => worker.emit('message', { openings: new Uint8Array() }) })
      worker.terminate = () => Promise.resolve(0)
      return worker
    }
    const pool = new OpeningPool({ size, start })
    pools.push(pool)
    const named = (name: number) => ({ key, context, oneLot: true, records: new Uint8Array([name]) })
    const names = () => given.map(({ job }) => ('open' in job ? job.open.records[0] : null))
    return { pool, given, named, names }
  }

  it('a settlement before one that is due later, and both before what can wait', async () => {
    const { pool, given, named, names } = openIdlePool(1)
    const jobs = [
      pool.dueBy(900n).open(named(1)),
      pool.spare.open(named(2)),
      pool.dueBy(900n).open(named(3)),
      pool.dueBy(10n).open(named(4)),
      pool.dueBy(900n).open(named(5)),
    ]
    for (let done = 0; done < 5; ++done) {
      given[done]!.end()
      await Promise.resolve()
    }
    expect(names()).toEqual([1, 4, 3, 5, 2])
    await Promise.all(jobs)
  })

  it('nobody else more than half of them, though nothing is to be settled', async () => {
    const { pool, given, named, names } = openIdlePool(4)
    expect(pool.spare.size).toBe(2)
    const waiting = [1, 2, 3, 4].map((name) => pool.spare.open(named(name)))
    expect(names()).toEqual([1, 2])
    const urgent = [5, 6].map((name) => pool.dueBy(7n).open(named(name)))
    expect(names()).toEqual([1, 2, 5, 6])
    for (let done = 0; done < 6; ++done) {
      given[done]!.end()
      await Promise.resolve()
    }
    expect(names()).toEqual([1, 2, 5, 6, 3, 4])
    await Promise.all([...waiting, ...urgent])
  })
})

const template = await seal()

describe('packed bids', () => {
  it('give back what was put in, from any segment', () => {
    const bids = pack(Array.from({ length: 2_100 }, () => template))
    const { x, y } = template
    for (const seq of [0, 1_023, 1_024, 2_099]) {
      expect(bids.at(seq)).toMatchObject({ seq, slot: 0, bidder: alice, collateral: 7n, x, y })
      expect(bids.record(seq)).toHaveLength(RECORD_LENGTH)
      expect(bids.record(seq).subarray(-257)).toEqual(Buffer.from(hexToBytes(template.sealed)))
      expect(bids.positionOf(seq)).toBe(seq)
    }
    expect(bids.positionOf(2_100)).toBe(-1)
    expect(() => bids.at(2_100)).toThrow('no bid at 2100')
  })
})
