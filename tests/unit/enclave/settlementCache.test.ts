import { keccak256, numberToHex, zeroHash, type Hex } from 'viem'
import { beforeEach, describe, expect, it } from 'vitest'
import type { SignedSettlement } from '../../../lib/enclave/settleAuction'
import { SettlementCache } from '../../../lib/enclave/settlementCache'

const inputs = (seed: number) => ({ id: keccak256(numberToHex(seed)), acc: zeroHash, count: 2, round: 1 })
const answer = (signature: Hex) => ({ signature }) as SignedSettlement

let now: number
let made: number
let cache: SettlementCache

beforeEach(() => {
  now = 0
  made = 0
  cache = new SettlementCache(() => now)
})

const make = () => Promise.resolve(answer(numberToHex((made += 1))))

describe('SettlementCache', () => {
  it('makes a settlement once, and again for any other input', async () => {
    const first = await cache.get(inputs(1), make)
    expect(await cache.get(inputs(1), make)).toBe(first)
    const others = [{ id: inputs(2).id }, { acc: keccak256('0x01') }, { count: 3 }, { round: 2 }]
    for (const other of others) await cache.get({ ...inputs(1), ...other }, make)
    expect(made).toBe(5)
  })

  it('keeps it for minutes from when it is ready, however long it took', async () => {
    let finish: (settlement: SignedSettlement) => void = () => undefined
    const slow = cache.get(inputs(1), () => new Promise((resolve) => (finish = resolve)))
    now = 60 * 60_000
    const waiting = cache.get(inputs(1), make)
    finish(answer('0x'))
    expect(await waiting).toBe(await slow)
    now += 9 * 60_000
    expect(await cache.get(inputs(1), make)).toBe(await slow)
    expect(made).toBe(0)
    now += 2 * 60_000
    await cache.get(inputs(1), make)
    expect(made).toBe(1)
  })

  it('does not keep a failure', async () => {
    await expect(cache.get(inputs(1), () => Promise.reject(new Error('no node')))).rejects.toThrow('no node')
    await cache.get(inputs(1), make)
    expect(made).toBe(1)
  })

  it('keeps a bounded number, and forgets the oldest first', async () => {
    for (let seed = 0; seed < 1_000; ++seed) await cache.get(inputs(seed), make)
    for (let seed = 999; seed >= 990; --seed) await cache.get(inputs(seed), make)
    expect(made).toBe(1_000)
    await cache.get(inputs(0), make)
    expect(made).toBe(1_001)
  })
})
