import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoAccount } from '../../app/_wallet/demoAccounts'
import { parseReceipt } from '../../lib/protocol/receipt'
import { announceWallet, type WalletManners } from './support/announceWallet'
import { askCounts } from './support/askApi'
import { sharedHouse } from './support/house'
import { openAuction } from './support/openAuction'
import { openBrowser, openPage } from './support/openBrowser'
import { bid, getDemoMoney, openAs, SOON, untilDone } from './support/person'

const MINUTE = 60_000
const house = sharedHouse()
let browser: Browser
let lot = ''

beforeAll(async () => {
  browser = await openBrowser()
  const { page } = await openAs(browser, house.web, 9)
  lot = await openAuction(page, { title: 'A lot for strangers', reserve: '50', minutes: 60 })
  await page.context().close()
}, 5 * MINUTE)

afterAll(() => browser.close(), MINUTE)

/** A person with a browser wallet of his own, on the lot's page. */
async function comeWithWallet(
  position: number,
  manners: Partial<WalletManners> = {},
  before: () => unknown = () => undefined,
): Promise<Page> {
  const { page } = await openPage(browser, house.web)
  await page.addInitScript(before)
  await announceWallet(page, house.stack.urls.rpc, {
    account: demoAccount(position).address,
    declines: [],
    ...manners,
  })
  await page.goto(lot)
  const main = page.locator('main')
  await main.getByRole('button', { name: 'Connect a wallet to bid' }).click()
  await main.getByRole('button', { name: 'Test wallet' }).click()
  await page.getByRole('heading', { name: 'Your bid' }).waitFor({ timeout: SOON })
  return page
}

const behave = (page: Page, manners: Partial<WalletManners>) =>
  page.evaluate((change) => void Object.assign(window.walletManners, change), manners)

async function review(page: Page, amount: string): Promise<void> {
  await page.getByLabel('The most you can pay').fill(amount)
  await page.getByRole('button', { name: 'Review your bid' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Seal and send' }).click()
}

/** All that the app keeps of bids in the page's browser. */
const stored = (page: Page) =>
  page.evaluate(() =>
    Object.entries(localStorage)
      .filter(([key]) => key.startsWith('subrosa.'))
      .map(([, value]) => String(value))
      .join(),
  )

/** Leaves of the auction, by the chain's own count as the index has it. */
async function leaves(): Promise<number> {
  return (await askCounts(house.web, lot)).leaves
}

describe('a browser wallet, found by EIP-6963', () => {
  it(
    'may decline: nothing is locked, and the sealed bid is kept with its explanation',
    async () => {
      const page = await comeWithWallet(0)
      await getDemoMoney(page)
      await behave(page, { declines: ['eth_sendTransaction'] })
      await review(page, '300')
      const dialog = page.getByRole('dialog')
      await dialog.getByText('The request was declined in the wallet.').waitFor({ timeout: SOON })
      await dialog.getByText('No money moved.').waitFor()
      await dialog.getByRole('button', { name: 'Close' }).click()
      await page.getByText('A sealed bid is saved here that is not on the chain.').waitFor({ timeout: SOON })
      expect(await leaves()).toBe(0)

      await behave(page, { declines: [] })
      await bid(page, '310')
      await page.getByText('310 DUSD', { exact: true }).waitFor({ timeout: SOON })
      // The wallet opens the bid again, so the browser keeps nothing that does.
      const kept = await stored(page)
      expect(kept).toContain('sealed')
      expect(kept).not.toMatch(/secret|price/)
      await page.context().close()
    },
    2 * MINUTE,
  )

  it(
    'is refused where its account or chain is another than when the bid was prepared',
    async () => {
      const page = await comeWithWallet(1)
      await getDemoMoney(page)
      const dialog = page.getByRole('dialog')
      const before = await leaves()

      await behave(page, { account: demoAccount(2).address })
      await review(page, '320')
      await dialog.getByText('The wallet changed its account').waitFor({ timeout: SOON })
      await dialog.getByRole('button', { name: 'Close' }).click()

      await behave(page, { account: demoAccount(1).address, chainId: 1 })
      await review(page, '320')
      await dialog.getByText('The wallet is on another chain.').waitFor({ timeout: SOON })
      await dialog.getByRole('button', { name: 'Close' }).click()
      expect(await leaves()).toBe(before)
      await page.context().close()
    },
    2 * MINUTE,
  )

  it(
    'that cannot make the same secret twice: the receipt must be stored before anything is sent',
    async () => {
      const page = await comeWithWallet(3, { signsDifferently: true })
      await getDemoMoney(page)
      await review(page, '333')
      const dialog = page.getByRole('dialog')
      await dialog.getByText('Save your receipt first').waitFor({ timeout: SOON })
      await dialog.getByText('does not sign the same way twice').waitFor()
      const goOn = dialog.getByRole('button', { name: 'I have it: go on' })
      expect(await goOn.isDisabled()).toBe(true)
      const before = await leaves()
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        dialog.getByRole('button', { name: 'Download receipt' }).click(),
      ])
      const text = await readFile(await download.path(), 'utf8')
      expect(parseReceipt(text)).toMatchObject({ price: 333, bidder: demoAccount(3).address })
      expect(await leaves()).toBe(before)
      await goOn.click()
      await untilDone(page)
      expect(await stored(page)).toContain('secret')
      await page.context().close()

      // On another device the wallet is of no use, but the file is.
      const elsewhere = await comeWithWallet(3, { signsDifferently: true })
      await elsewhere.getByRole('button', { name: 'Show my bid' }).click()
      await elsewhere.getByText('This wallet’s signature does not open the bid.').waitFor({ timeout: SOON })
      const file = { name: 'receipt.json', mimeType: 'application/json', buffer: Buffer.from(text) }
      await elsewhere.getByLabel('or load a receipt').setInputFiles(file)
      await elsewhere.getByText('333 DUSD', { exact: true }).waitFor({ timeout: SOON })
      await elsewhere.context().close()
    },
    2 * MINUTE,
  )

  it(
    'in a browser that forbids storage: the page works, and the file stands in for it',
    async () => {
      const forbidStorage = () =>
        Object.defineProperty(window, 'localStorage', {
          get: () => {
            throw new DOMException('Access is denied.', 'SecurityError')
          },
        })
      const page = await comeWithWallet(4, {}, forbidStorage)
      await getDemoMoney(page)
      await review(page, '344')
      const dialog = page.getByRole('dialog')
      await dialog.getByText('This browser refused to store a record of the bid.').waitFor({ timeout: SOON })
      expect(await dialog.getByText('does not sign the same way twice').count()).toBe(0)
      const goOn = dialog.getByRole('button', { name: 'I have it: go on' })
      expect(await goOn.isDisabled()).toBe(true)
      await Promise.all([
        page.waitForEvent('download'),
        dialog.getByRole('button', { name: 'Download receipt' }).click(),
      ])
      await goOn.click()
      await untilDone(page)
      await dialog.getByRole('button', { name: 'Close' }).click()
      await page.getByText('344 DUSD', { exact: true }).waitFor({ timeout: SOON })
      await page.context().close()
    },
    2 * MINUTE,
  )
})
