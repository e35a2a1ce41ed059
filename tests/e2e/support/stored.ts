import { createWalletClient, http, toHex, type Address, type Hex } from 'viem'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { readJournal, type JournalEntry } from '../../../app/_transaction/journal'
import { JOURNAL_KEY } from '../../../app/_transaction/journalKey'
import { auctionDomain } from '../../../lib/chain/deployment'
import { bidSecretTypedData, secretFromSignature } from '../../../lib/protocol/sealing/secret'
import { parseReceipt, type Receipt } from '../../../lib/protocol/receipt'
import type { E2eStack } from './e2eStack'

/** All that the app keeps in the page's browser, as one text of JSON. */
export async function storedIn(page: Page): Promise<string> {
  return JSON.stringify(Object.fromEntries(await itemsOf(page, 'subrosa.')))
}

function itemsOf(page: Page, prefix: string): Promise<[string, string][]> {
  return page.evaluate(
    (start) => Object.entries(localStorage as Record<string, string>).filter(([key]) => key.startsWith(start)),
    prefix,
  )
}

/** The jobs under way as the page's browser has them written down, each with the fields of a journal and no others. */
export async function journalIn(page: Page): Promise<JournalEntry[]> {
  const text = await page.evaluate((key) => localStorage.getItem(key) ?? '[]', JOURNAL_KEY)
  const entries = readJournal(() => ({ getItem: () => text, setItem: () => undefined, removeItem: () => undefined }))
  // Reading passes over what it does not understand.
  expect(entries).toHaveLength((JSON.parse(text) as unknown[]).length)
  return entries
}

/** What the page's browser keeps of bids and orders, a text of JSON each: receipts, and traces, which open nothing. */
export async function keptIn(page: Page): Promise<string[]> {
  return (await itemsOf(page, 'subrosa.receipts')).flatMap(([, value]) => JSON.parse(value) as string[])
}

/** What of it opens a bid or an order. */
export async function receiptsIn(page: Page): Promise<Receipt[]> {
  const opens = (text: string) => 'secret' in (JSON.parse(text) as object)
  return (await keptIn(page)).filter(opens).map(parseReceipt)
}

/**
 * The secret of a wallet for an auction: what opens its bids. Made from the same signature of the same node that the
 * announced wallet of a page gives.
 */
export async function secretOf(house: E2eStack, account: Address, id: Hex): Promise<Hex> {
  const { urls, deployment } = house.stack
  const wallet = createWalletClient({ account, transport: http(urls.rpc) })
  return toHex(
    secretFromSignature(await wallet.signTypedData(bidSecretTypedData({ ...auctionDomain(deployment), id }))),
  )
}
