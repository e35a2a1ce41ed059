import { describe, expect, it } from 'vitest'
import { RateLimit } from '../../../lib/enclave/http/rateLimit'
import { WorkQueue } from '../../../lib/enclave/workQueue'
import { endpointsOf, enclaveEnv, loadEnv } from '../../../lib/config/env'

describe('RateLimit', () => {
  it('admits twice the rate at once, then the rate, for each address by itself', () => {
    let now = 0
    const limit = new RateLimit(10, () => now)
    const admitted = (address: string, asked = 100) =>
      Array.from({ length: asked }, () => limit.admits(address)).filter(Boolean).length
    expect(admitted('a')).toBe(20)
    expect(admitted('b')).toBe(20)
    expect(admitted('a')).toBe(0)
    now += 1_000
    expect(admitted('a', 5)).toBe(5)
    expect(admitted('a')).toBeLessThanOrEqual(5)
    now += 60_000
    expect(admitted('a')).toBe(20)
  })

  it('remembers a bounded number of addresses', () => {
    const limit = new RateLimit(1, () => 0)
    for (let index = 0; index < 3; ++index) limit.admits('first')
    expect(limit.admits('first')).toBe(false)
    for (let index = 0; index < 5_000; ++index) limit.admits(`address ${index}`)
    expect(limit.admits('first')).toBe(true)
  })
})

describe('WorkQueue', () => {
  it('runs a few at a time, in turn, and refuses what finds it full', async () => {
    const queue = new WorkQueue({ running: 2, waiting: 1 })
    const ends: (() => void)[] = []
    const started: string[] = []
    const work = (name: string) =>
      queue.run(() => {
        started.push(name)
        return new Promise<void>((resolve) => ends.push(resolve))
      })
    const [a, b, c] = [work('a'), work('b'), work('c')]
    await expect(work('d')).rejects.toMatchObject({ code: 'ENCLAVE_BUSY' })
    expect(started).toEqual(['a', 'b'])
    ends[0]!()
    await a
    await Promise.resolve()
    expect(started).toEqual(['a', 'b', 'c'])
    ends[1]!()
    ends[2]!()
    await Promise.all([b, c])
    const e = work('e')
    ends[3]!()
    await e
  })

  it('takes the earliest deadline first, whoever came first', async () => {
    const queue = new WorkQueue({ running: 1, waiting: 4 })
    const started: string[] = []
    let end = () => {}
    const first = queue.run(() => new Promise<void>((resolve) => (end = resolve)), 500n)
    const later = ['late', 'soon', 'soon too', 'soonest'].map((name, place) =>
      queue.run(() => {
        started.push(name)
        return Promise.resolve()
      }, [900n, 20n, 20n, 10n][place]),
    )
    end()
    await Promise.all([first, ...later])
    expect(started).toEqual(['soonest', 'soon', 'soon too', 'late'])
  })

  it('refuses the latest deadline where it is full, though that came first', async () => {
    const queue = new WorkQueue({ running: 1, waiting: 1 })
    let end = () => {}
    const first = queue.run(() => new Promise<void>((resolve) => (end = resolve)), 1n)
    const late = queue.run(() => Promise.resolve('late'), 900n)
    const soon = queue.run(() => Promise.resolve('soon'), 10n)
    await expect(late).rejects.toMatchObject({ code: 'ENCLAVE_BUSY' })
    await expect(queue.run(() => Promise.resolve('later'), 901n)).rejects.toMatchObject({ code: 'ENCLAVE_BUSY' })
    end()
    expect(await soon).toBe('soon')
    await first
  })

  it('begins what is due before everything that runs, in places that nothing else gets', async () => {
    const queue = new WorkQueue({ running: 2, urgent: 1, waiting: 4 })
    const ends = new Map<bigint, () => void>()
    const started: bigint[] = []
    const work = (deadline: bigint) =>
      queue.run(() => {
        started.push(deadline)
        return new Promise<void>((resolve) => ends.set(deadline, resolve))
      }, deadline)
    const [late, later] = [work(800n), work(900n)]
    const between = work(850n)
    const soon = work(10n)
    const soonest = work(5n)
    expect(started).toEqual([800n, 900n, 10n])
    // The place is gone with the work that it was for, unless again something is due before all the rest.
    ends.get(10n)!()
    await soon
    expect(started).toEqual([800n, 900n, 10n, 5n])
    ends.get(5n)!()
    await soonest
    expect(started).toEqual([800n, 900n, 10n, 5n])
    ends.get(800n)!()
    await late
    expect(started).toEqual([800n, 900n, 10n, 5n, 850n])
    for (const deadline of [900n, 850n]) ends.get(deadline)!()
    await Promise.all([later, between])
  })

  it('gives its place back where work fails', async () => {
    const queue = new WorkQueue({ running: 1, waiting: 0 })
    await expect(queue.run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
    expect(await queue.run(() => Promise.resolve(7))).toBe(7)
  })
})

describe('the enclave’s endpoints', () => {
  const of = (env: Record<string, string>, chainId = 31337) =>
    endpointsOf(loadEnv(enclaveEnv, { ENCLAVE_OPERATOR: `0x${'0a'.repeat(20)}`, ...env }), chainId)

  it('are RPC_URL alone, or RPC_URLS of which more than half must agree', () => {
    expect(of({ RPC_URL: 'http://a:1' })).toEqual({ urls: ['http://a:1'], threshold: 1 })
    expect(of({ RPC_URLS: 'http://a, http://b,http://c' }, 1)).toEqual({
      urls: ['http://a', 'http://b', 'http://c'],
      threshold: 2,
    })
    expect(of({ RPC_URLS: 'http://a,http://b', RPC_THRESHOLD: '1' }).threshold).toBe(1)
  })

  it('are counted once each, and refused where more must agree than there are', () => {
    expect(() => of({ RPC_URLS: 'http://a,http://a', RPC_THRESHOLD: '2' })).toThrow('RPC_THRESHOLD')
    expect(() => of({ RPC_URLS: 'http://a,ftp://b' })).toThrow('RPC_URLS')
    expect(() => of({ RPC_THRESHOLD: '0' })).toThrow('RPC_THRESHOLD')
  })

  it.each([
    ['with a slash', 'https://rpc.example/'],
    ['in capitals', 'https://RPC.Example'],
    ['with the default port', 'https://rpc.example:443'],
    ['with a path of its own', 'https://rpc.example/key/2?b=c'],
    ['with a dot at its end', 'https://rpc.example.'],
    ['without TLS', 'http://rpc.example'],
    ['by WebSocket', 'wss://rpc.example'],
    ['as somebody’s', 'https://user:secret@rpc.example'],
    ['at another port', 'https://rpc.example:8545'],
  ])('are one host however it is written: %s', (_how, url) => {
    const RPC_URLS = `https://rpc.example,${url}`
    expect(() => of({ RPC_URLS, RPC_THRESHOLD: '2' }, 1)).toThrow('2 must agree, but there are 1 different hosts')
    expect(() => of({ RPC_URLS }, 1)).toThrow('at least 2 endpoints must agree on chain 1, not 1')
    expect(of({ RPC_URLS: `${RPC_URLS},https://other.example` }, 1)).toEqual({
      urls: ['https://rpc.example', 'https://other.example'],
      threshold: 2,
    })
  })

  it('are nodes at several ports on the local chain, where every host is one', () => {
    const RPC_URLS = 'http://127.0.0.1:8545,http://127.0.0.1:8546,http://127.0.0.1:8545/'
    expect(of({ RPC_URLS }).urls).toEqual(['http://127.0.0.1:8545', 'http://127.0.0.1:8546'])
  })

  it('are never one alone away from the local chain', () => {
    const alone: Record<string, string>[] = [
      {},
      { RPC_URL: 'https://a' },
      { RPC_URLS: 'https://a,https://b', RPC_THRESHOLD: '1' },
    ]
    for (const env of alone) expect(() => of(env, 1)).toThrow('at least 2 endpoints must agree on chain 1')
  })
})
