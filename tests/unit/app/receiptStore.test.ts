import { describe, expect, it } from 'vitest'
import {
  dropKept,
  isReceipt,
  isReceiptOf,
  keepRecord,
  readKept,
  traceOf,
  type SealPlace,
  type ReceiptStorage,
} from '../../../app/_sealing/receiptStore'
import { whyToSave } from '../../../app/_transaction/SaveReceipt'
import type { BidReceipt, OrderReceipt } from '../../../lib/protocol/receipt'

const hex = (byte: string, length: number) => `0x${byte.repeat(length)}` as const
const place: SealPlace = {
  room: 'auctions',
  chainId: 31337,
  contract: hex('aa', 20),
  account: hex('bb', 20),
  id: hex('cc', 32),
}
const receipt: BidReceipt = {
  version: 1,
  chainId: 31337n,
  contract: place.contract,
  id: place.id,
  bidder: place.account,
  price: 300,
  quantity: 1,
  collateral: 10n ** 21n,
  secret: hex('01', 32),
  salt: hex('02', 16),
  sealed: hex('03', 257),
  x: 7n,
  y: 8n,
}

function memory() {
  const entries = new Map<string, string>()
  const storage: ReceiptStorage = {
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
    removeItem: (key) => void entries.delete(key),
  }
  return { entries, open: () => storage }
}

describe('kept bids', () => {
  it('come back as they were saved, the oldest first', () => {
    const { open } = memory()
    expect(keepRecord(place, receipt, open)).toBe(true)
    expect(keepRecord(place, traceOf({ ...receipt, x: 9n }), open)).toBe(true)
    const [first, second] = readKept(place, open)
    expect(first).toEqual(receipt)
    expect(first && isReceipt(first)).toBe(true)
    expect(second).toEqual(traceOf({ ...receipt, x: 9n }))
    expect(second && isReceipt(second)).toBe(false)
  })

  it('hold neither secret nor price of a bid that the wallet opens by itself', () => {
    const { entries, open } = memory()
    expect(keepRecord(place, traceOf({ ...receipt, price: 987_654_321 }), open)).toBe(true)
    const stored = [...entries.values()].join()
    expect(stored).toContain(receipt.sealed)
    for (const told of ['secret', 'price', receipt.secret.slice(2), '987654321']) expect(stored).not.toContain(told)
  })

  it('hold none of the terms of an order that the wallet opens by itself', () => {
    const { entries, open } = memory()
    const { bidder, collateral: _, ...fields } = receipt
    const terms = { kind: 'order', keyId: hex('04', 32), flags: 5, minFill: 77_777, expiryBatch: 88_888 } as const
    const order: OrderReceipt = { ...fields, trader: bidder, ...terms }
    expect(keepRecord(place, traceOf(order), open)).toBe(true)
    expect(keepRecord(place, { ...order, x: 9n }, open)).toBe(true)
    expect(readKept(place, open)).toEqual([traceOf(order), { ...order, x: 9n }])
    expect(isReceiptOf(order, place)).toBe(true)
    const [trace] = JSON.parse([...entries.values()][0]!) as [string]
    expect(trace).toContain(receipt.sealed)
    for (const told of ['secret', 'price', 'flags', 'minFill', 'expiryBatch', '77777', '88888'])
      expect(trace).not.toContain(told)
  })

  it.each([
    ['chain', { chainId: 1 }],
    ['contract', { contract: hex('ab', 20) }],
    ['account', { account: hex('ba', 20) }],
    ['auction', { id: hex('cd', 32) }],
  ])('are not shown for another %s', (_, change) => {
    const { open } = memory()
    keepRecord(place, receipt, open)
    const elsewhere = { ...place, ...change }
    expect(readKept(elsewhere, open)).toEqual([])
    expect(isReceiptOf(receipt, elsewhere)).toBe(false)
    expect(isReceiptOf(receipt, place)).toBe(true)
  })

  it('count as not kept where the browser refuses, forgets at once, or forbids storage altogether', () => {
    const { open } = memory()
    const full = {
      ...open(),
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError')
      },
    }
    expect(keepRecord(place, receipt, () => full)).toBe(false)
    expect(keepRecord(place, receipt, () => ({ ...open(), setItem: () => undefined }))).toBe(false)
    const forbidden = () => {
      throw new DOMException('forbidden', 'SecurityError')
    }
    expect(keepRecord(place, receipt, forbidden)).toBe(false)
    expect(readKept(place, forbidden)).toEqual([])
  })

  it('grow no further than fifty traces, while every receipt stays', () => {
    const { open } = memory()
    keepRecord(place, receipt, open)
    for (let x = 100n; x < 160n; x++) expect(keepRecord(place, traceOf({ ...receipt, x }), open)).toBe(true)
    const kept = readKept(place, open)
    expect(kept[0]).toEqual(receipt)
    expect(kept.slice(1).map(({ x }) => x)).toEqual(Array.from({ length: 50 }, (_, index) => BigInt(110 + index)))
  })

  it('survive a neighbour that someone spoiled', () => {
    const { entries, open } = memory()
    keepRecord(place, receipt, open)
    const [[key, text]] = [...entries] as [[string, string]]
    const { secret: _, ...spoiled } = JSON.parse((JSON.parse(text) as [string])[0]) as Record<string, unknown>
    entries.set(key, JSON.stringify(['not a receipt', JSON.stringify(spoiled), ...(JSON.parse(text) as string[])]))
    expect(readKept(place, open)).toEqual([receipt])
    entries.set(key, '{')
    expect(readKept(place, open)).toEqual([])
  })

  it('are gone once dropped, and others stay', () => {
    const { open } = memory()
    const elsewhere = { ...place, id: hex('cd', 32) }
    keepRecord(place, receipt, open)
    keepRecord(elsewhere, { ...receipt, id: elsewhere.id }, open)
    dropKept(place, open)
    expect(readKept(place, open)).toEqual([])
    expect(readKept(elsewhere, open)).toHaveLength(1)
  })
})

describe('why the receipt must be saved', () => {
  it('is told apart: the wallet, the browser, or both', () => {
    const wallet = whyToSave({ repeatable: false, kept: true })
    const browser = whyToSave({ repeatable: true, kept: false })
    const both = whyToSave({ repeatable: false, kept: false })
    expect(wallet).toMatch(/does not sign the same way twice/)
    expect(browser).not.toMatch(/does not sign the same way twice/)
    expect(browser).toMatch(/refused to store/)
    expect(both).toMatch(/does not sign the same way twice.*refused to store.*only copy/s)
    expect(wallet).not.toMatch(/only copy/)
  })
})
