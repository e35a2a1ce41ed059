import { describe, expect, it } from 'vitest'
import {
  isReceiptOf,
  readReceipts,
  saveReceipt,
  type BidPlace,
  type ReceiptStorage,
} from '../../../app/_bids/receiptStore'
import type { Receipt } from '../../../lib/protocol/receipt'

const hex = (byte: string, length: number) => `0x${byte.repeat(length)}` as const
const place: BidPlace = { chainId: 31337, contract: hex('aa', 20), account: hex('bb', 20), id: hex('cc', 32) }
const receipt: Receipt = {
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

function memory(): ReceiptStorage & { entries: Map<string, string> } {
  const entries = new Map<string, string>()
  return { entries, getItem: (key) => entries.get(key) ?? null, setItem: (key, value) => void entries.set(key, value) }
}

describe('receipts', () => {
  it('come back as they were saved, the oldest first', () => {
    const storage = memory()
    expect(saveReceipt(place, receipt, storage)).toBe(true)
    expect(saveReceipt(place, { ...receipt, price: 400, x: 9n }, storage)).toBe(true)
    expect(readReceipts(place, storage).map(({ price }) => price)).toEqual([300, 400])
    expect(readReceipts(place, storage)[0]).toEqual(receipt)
  })

  it.each([
    ['chain', { chainId: 1 }],
    ['contract', { contract: hex('ab', 20) }],
    ['account', { account: hex('ba', 20) }],
    ['auction', { id: hex('cd', 32) }],
  ])('are not shown for another %s', (_, change) => {
    const storage = memory()
    saveReceipt(place, receipt, storage)
    const elsewhere = { ...place, ...change }
    expect(readReceipts(elsewhere, storage)).toEqual([])
    expect(isReceiptOf(receipt, elsewhere)).toBe(false)
    expect(isReceiptOf(receipt, place)).toBe(true)
  })

  it('count as not kept where the browser refuses, or forgets at once', () => {
    const full: ReceiptStorage = {
      getItem: () => null,
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError')
      },
    }
    expect(saveReceipt(place, receipt, full)).toBe(false)
    expect(saveReceipt(place, receipt, { getItem: () => '[]', setItem: () => undefined })).toBe(false)
  })

  it('survive a neighbour that someone spoiled', () => {
    const storage = memory()
    saveReceipt(place, receipt, storage)
    const [[key, text]] = [...storage.entries] as [[string, string]]
    storage.entries.set(key, JSON.stringify(['not a receipt', ...(JSON.parse(text) as string[])]))
    expect(readReceipts(place, storage)).toEqual([receipt])
    storage.entries.set(key, '{')
    expect(readReceipts(place, storage)).toEqual([])
  })
})
