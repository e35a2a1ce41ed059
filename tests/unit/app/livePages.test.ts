import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createBlockClock } from '../../../app/_data/blockClock'
import { concerns } from '../../../app/_data/concerns'
import { draftStore } from '../../../app/auctions/new/keptDraft'
import { firstForm } from '../../../app/auctions/new/firstForm'
import { decodePicture } from '../../../app/_lot/decodePicture'
import { remember } from '../../../app/_server/remember'

describe('createBlockClock', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('runs on between blocks, never back, and rests when nobody looks', async () => {
    let block = 100
    let asked = 0
    const clock = createBlockClock(() => (asked++, Promise.resolve(block)))
    const leave = clock.subscribe(() => undefined)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(clock.read()?.block).toBe(100)
    block = 90
    await vi.advanceTimersByTimeAsync(4_000)
    expect(clock.read()?.block).toBe(100)
    expect(clock.read()!.now - clock.read()!.seenAt).toBeGreaterThan(3_000)
    block = 112
    await vi.advanceTimersByTimeAsync(2_000)
    expect(clock.read()?.block).toBe(112)
    leave()
    const before = asked
    await vi.advanceTimersByTimeAsync(10_000)
    expect(asked).toBe(before)
  })

  it('keeps what it knows while the node does not answer', async () => {
    let fails = false
    const clock = createBlockClock(() => (fails ? Promise.reject(new Error('down')) : Promise.resolve(7)))
    const leave = clock.subscribe(() => undefined)
    await vi.advanceTimersByTimeAsync(0)
    fails = true
    await vi.advanceTimersByTimeAsync(60_000)
    expect(clock.read()?.block).toBe(7)
    expect(clock.read()!.now - clock.read()!.seenAt).toBeGreaterThan(55_000)
    leave()
  })
})

describe('concerns', () => {
  const event = (kind: string, auctionId: string | null = null, account: string | null = null) => ({
    ...{ kind, auctionId, marketId: null, account },
  })

  it('takes what is of the page, and everything after a reset or a rollback', () => {
    const lot = { auctions: ['0xa'] }
    expect(concerns(event('BidPlaced', '0xa'), lot)).toBe(true)
    expect(concerns(event('BidPlaced', '0xb'), lot)).toBe(false)
    expect(concerns(event('Deposited', null, '0xAB'), { account: '0xab' })).toBe(true)
    expect(concerns(event('Deposited', null, '0xcd'), { account: '0xab' })).toBe(false)
    expect(concerns(event('BidPlaced', '0xb'), {})).toBe(true)
    expect(concerns(event('Block'), {})).toBe(false)
    for (const kind of ['reset', 'Rollback']) expect(concerns(event(kind), lot)).toBe(true)
  })

  it('takes what is of a market, or of any where all are shown', () => {
    const settled = { kind: 'BatchSettled', auctionId: null, marketId: '0xm', account: null }
    expect(concerns(settled, { markets: ['0xm'] })).toBe(true)
    expect(concerns(settled, { markets: ['0xn'] })).toBe(false)
    expect(concerns(settled, { markets: 'all' })).toBe(true)
    expect(concerns(settled, { auctions: ['0xm'] })).toBe(false)
    expect(concerns(event('BidPlaced', '0xa'), { markets: 'all' })).toBe(false)
  })
})

describe('draftStore', () => {
  const first = firstForm({})
  const memory = () => {
    const kept = new Map<string, string>()
    return {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    }
  }

  it('keeps a draft for one seller on one chain', () => {
    const storage = memory()
    const mine = draftStore({ chainId: 1, account: '0xA' }, () => storage)
    mine.keep({ ...first, reserve: '12' })
    expect(mine.read(first).reserve).toBe('12')
    expect(draftStore({ chainId: 2, account: '0xA' }, () => storage).read(first)).toEqual(first)
    expect(draftStore({ chainId: 1, account: '0xB' }, () => storage).read(first)).toEqual(first)
    mine.forget()
    expect(mine.read(first)).toEqual(first)
  })

  it('takes from a broken or strange record what fits, and works where storage is forbidden', () => {
    const storage = memory()
    const store = draftStore({ chainId: 1, account: '0xA' }, () => storage)
    for (const text of ['{', 'null', '7', '[]']) {
      storage.setItem('subrosa.auctionDraft.1.0xa', text)
      expect(store.read(first)).toEqual(first)
    }
    storage.setItem('subrosa.auctionDraft.1.0xa', '{"reserve":"5","tick":9,"__proto__":{"x":1},"other":"y"}')
    expect(store.read(first)).toEqual({ ...first, reserve: '5' })
    const forbidden = draftStore({ chainId: 1, account: '0xA' }, () => {
      throw new DOMException('no')
    })
    forbidden.keep(first)
    expect(forbidden.read(first)).toEqual(first)
  })
})

describe('decodePicture', () => {
  it('reads pictures of data URIs, and nothing else', () => {
    const text = (uri: string) => new TextDecoder().decode(decodePicture(uri)?.bytes)
    expect(text('data:image/svg+xml;base64,PHN2Zy8+')).toBe('<svg/>')
    expect(text('data:image/svg+xml,%3Csvg/%3E')).toBe('<svg/>')
    expect(decodePicture('data:image/png;base64,AAAA')?.type).toBe('image/png')
    for (const uri of [
      'https://x/y.png',
      'data:text/html,<b>',
      'data:image/png;base64,*',
      'data:image/svg+xml,%E0%A4%A',
    ]) {
      expect(decodePicture(uri)).toBeNull()
    }
  })
})

describe('remember', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('asks once a key, forgets the oldest, and a failure soon', async () => {
    const recall = remember<string>(2)
    let asked = 0
    const ask = (answer: string) => () => (asked++, Promise.resolve(answer))
    expect(await recall('a', ask('A'))).toBe('A')
    expect(await recall('a', ask('other'))).toBe('A')
    await recall('b', ask('B'))
    await recall('c', ask('C'))
    expect(asked).toBe(3)
    expect(await recall('a', ask('again'))).toBe('again')
    expect(await recall('x', () => Promise.reject(new Error('down')))).toBeNull()
    expect(await recall('x', ask('too soon'))).toBeNull()
    await vi.advanceTimersByTimeAsync(6_000)
    expect(await recall('x', ask('back'))).toBe('back')
  })
})
