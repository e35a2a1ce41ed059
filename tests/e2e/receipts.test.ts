import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { JOURNAL_KEY } from '../../app/_transaction/journalKey'
import { demoAccount } from '../../app/_wallet/demoAccounts'
import { readAuction } from '../../lib/chain/auctionState'
import { openEvmConnection } from '../../lib/chain/evm/connection'
import { parseReceipt } from '../../lib/protocol/receipt'
import { giveMoney, skipTime } from './support/chainControl'
import { sharedHouse } from './support/house'
import { inspect } from './support/inspect'
import { putUp, type PutUp } from './support/market'
import { openBrowser } from './support/openBrowser'
import { SOON, untilDone } from './support/person'
import { comeWithWallet, sealAndSend } from './support/stranger'

const MINUTE = 60_000
const house = sharedHouse()
let browser: Browser
let lot: PutUp

beforeAll(async () => {
  browser = await openBrowser()
  lot = await putUp(house, 'A lot to keep receipts of')
  for (const position of [0, 1, 2]) await giveMoney(house, position)
}, 3 * MINUTE)

afterAll(() => browser.close(), MINUTE)

const dialogOf = (page: Page) => page.getByRole('dialog')
const journalOf = (page: Page) => page.evaluate((key) => localStorage.getItem(key) ?? '', JOURNAL_KEY)
const keptOf = (page: Page) =>
  page.evaluate(() =>
    Object.entries(localStorage)
      .filter(([key]) => key.startsWith('subrosa.receipts'))
      .map(([, value]) => String(value))
      .join(),
  )
const fileOf = (text: string) => ({
  name: 'receipt.json',
  mimeType: 'application/json',
  buffer: Buffer.from(text),
})

/** Bids, replacements and withdrawals that the contract has of this lot, without waiting for an index. */
async function leaves(): Promise<number | undefined> {
  const { urls, deployment } = house.stack
  return (await readAuction(openEvmConnection(urls.rpc), deployment, lot.auction.id))?.count
}

/** What a click hands over as a file. */
async function download(page: Page, name: string): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()])
  return readFile(await file.path(), 'utf8')
}

describe('a page that is closed before anything was sent', () => {
  it(
    'while it encrypts: says so, and the next bid goes through',
    async () => {
      const { page } = await comeWithWallet(browser, house, lot.path, 0)
      // A computer so slow that the seal is never done.
      await page.evaluate(() => {
        const post = Object.getOwnPropertyDescriptor(Worker.prototype, 'postMessage')!.value as (
          ...all: unknown[]
        ) => void
        Worker.prototype.postMessage = function (...all: unknown[]) {
          if ((all[0] as { task?: string }).task !== 'seal') post.apply(this, all)
        }
      })
      await sealAndSend(page, '300')
      await dialogOf(page)
        .getByText('Your bid is encrypted in this browser. Nothing has been sent.')
        .waitFor({ timeout: SOON })
      const journal = await journalOf(page)
      expect(journal).toContain('"stage":"encrypting"')
      expect(journal).not.toMatch(/secret|price|300/)
      expect(await inspect(page)).toEqual([])
      await page.reload()
      await page.getByText('You left before the wallet was asked').waitFor({ timeout: SOON })
      await page.getByText('Nothing was sent and nothing is locked.').waitFor()
      expect(await keptOf(page)).toBe('')
      expect(await leaves()).toBe(0)
      await page.getByRole('button', { name: 'Dismiss' }).click()
      expect(await journalOf(page)).toBe('')

      await page.getByRole('button', { name: 'Review your bid' }).waitFor({ timeout: SOON })
      await sealAndSend(page, '310')
      await untilDone(page)
      await page.context().close()
    },
    3 * MINUTE,
  )

  it(
    'once it is saved: the receipt is there, can be exported, and is forgotten on demand',
    async () => {
      const before = await leaves()
      const { page } = await comeWithWallet(browser, house, lot.path, 1, { signsDifferently: true })
      await sealAndSend(page, '321')
      await dialogOf(page).getByText('Save your receipt first').waitFor({ timeout: SOON })
      expect(await journalOf(page)).toContain('"stage":"saved"')
      await page.reload()
      await page.getByText('You left before the wallet was asked').waitFor({ timeout: SOON })
      await page.getByRole('button', { name: 'Dismiss' }).click()
      await page.getByText('A sealed bid is saved here that is not on the chain.').waitFor({ timeout: SOON })
      expect(await leaves()).toBe(before)

      await page.getByText('Receipts in this browser: 1').click()
      await page.getByText('Not on the chain: receipt').waitFor()
      expect(await inspect(page)).toEqual([])
      const receipt = parseReceipt(await download(page, 'Download'))
      expect(receipt).toMatchObject({ price: 321, bidder: demoAccount(1).address, id: lot.auction.id })
      await page.getByRole('button', { name: 'Forget what is kept here' }).click()
      expect(await keptOf(page)).toContain('secret')
      await page.getByRole('button', { name: 'Yes, forget them for good' }).click()
      await page.getByText('Receipts', { exact: true }).waitFor({ timeout: SOON })
      expect(await keptOf(page)).toBe('')
      expect(await page.getByText('A sealed bid is saved here').count()).toBe(0)
      await page.context().close()
    },
    3 * MINUTE,
  )
})

describe('a receipt', () => {
  let text = ''

  it(
    'is handed over before the bid is sent, and opens it on another device, where only the right one is taken',
    async () => {
      const first = await comeWithWallet(browser, house, lot.path, 2, { signsDifferently: true })
      await sealAndSend(first.page, '333')
      await dialogOf(first.page).getByText('Save your receipt first').waitFor({ timeout: SOON })
      text = await download(first.page, 'Download receipt')
      await dialogOf(first.page).getByRole('button', { name: 'I have it: go on' }).click()
      await untilDone(first.page)
      await first.page.context().close()

      const { page } = await comeWithWallet(browser, house, lot.path, 2, { signsDifferently: true })
      await page.getByRole('button', { name: 'Show my bid' }).waitFor({ timeout: SOON })
      await page.getByText('Receipts', { exact: true }).click()
      const load = (content: string) => page.getByLabel('Import a receipt').setInputFiles(fileOf(content))
      await load('{"price": 333}')
      await page.getByText('The file is not a Subrosa receipt.').waitFor({ timeout: SOON })
      await load(text.replaceAll(lot.auction.id, `0x${'ab'.repeat(32)}`))
      await page.getByText('It is a receipt, but for another auction').waitFor({ timeout: SOON })
      await load('x'.repeat(30_000))
      await page.getByText('The file is too long.').waitFor({ timeout: SOON })
      expect(await inspect(page)).toEqual([])
      expect(await keptOf(page)).toBe('')

      await load(text)
      await page.getByText('333 DUSD', { exact: true }).waitFor({ timeout: SOON })
      // Kept here from now on, and handed out again as it came.
      await page.reload()
      await page.getByText('333 DUSD', { exact: true }).waitFor({ timeout: SOON })
      expect(parseReceipt(await download(page, 'Download receipt'))).toEqual(parseReceipt(text))
      expect(await page.evaluate(() => window.walletAsked ?? [])).not.toContain('eth_signTypedData_v4')
      await page.context().close()
    },
    3 * MINUTE,
  )

  // Last: the auction ends.
  it(
    'is removed from the browser on demand, once all is paid out',
    async () => {
      const { page } = await comeWithWallet(browser, house, lot.path, 2, { signsDifferently: true })
      await page.getByText('Receipts', { exact: true }).click()
      await page.getByLabel('Import a receipt').setInputFiles(fileOf(text))
      await page.getByText('333 DUSD', { exact: true }).waitFor({ timeout: SOON })
      expect(await page.getByText('Remove the receipt from this browser').count()).toBe(0)
      await skipTime(house, 3_600)
      await page.getByText('Settled', { exact: true }).waitFor({ timeout: 2 * MINUTE })
      await skipTime(house, 60)
      await page.getByText('Final', { exact: true }).waitFor({ timeout: MINUTE })
      // A keeper pays everyone out.
      await page.getByRole('button', { name: 'Remove the receipt from this browser' }).click({ timeout: 2 * MINUTE })
      expect(await keptOf(page)).toContain('secret')
      await page.getByRole('button', { name: 'Remove it for good' }).click()
      await page.getByRole('button', { name: 'Show my bid' }).waitFor({ timeout: SOON })
      expect(await keptOf(page)).not.toContain('secret')
      expect(await inspect(page)).toEqual([])
      await page.context().close()
    },
    6 * MINUTE,
  )
})
