import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseReceipt } from '../../lib/protocol/receipt'
import { strangerOf } from './support/cast'
import { giveMoney, skipTime } from './support/chainControl'
import { sharedHouse } from './support/house'
import { inspect } from './support/inspect'
import { leaksIn } from './support/leaks'
import { leavesOf, putUp, type PutUp } from './support/market'
import { openBrowser } from './support/openBrowser'
import { untilDone } from './support/person'
import { journalIn, keptIn, receiptsIn, secretOf, storedIn } from './support/stored'
import { comeWithWallet, sealAndSend } from './support/stranger'

const HOUR = 3_600
/** Seconds: longer than all tests of this file but the last, which skips them. */
const LASTS = 6 * HOUR
const person = (position: number) => strangerOf('receipts', position).address
const house = sharedHouse()
let browser: Browser
let lot: PutUp

beforeAll(async () => {
  browser = await openBrowser()
  lot = await putUp(house, 'A lot to keep receipts of', { closesIn: LASTS })
  for (const position of [0, 1, 2]) await giveMoney(house, person(position))
})

afterAll(() => browser.close())

const dialogOf = (page: Page) => page.getByRole('dialog')
const fileOf = (text: string) => ({
  name: 'receipt.json',
  mimeType: 'application/json',
  buffer: Buffer.from(text),
})

/** What a click hands over as a file. */
async function download(page: Page, name: string): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()])
  return readFile(await file.path(), 'utf8')
}

describe('a page that is closed before anything was sent', () => {
  it('while it encrypts: says so, and the next bid goes through', async () => {
    const { page } = await comeWithWallet(browser, house, lot.path, person(0))
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
    await dialogOf(page).getByText('Your bid is encrypted in this browser. Nothing has been sent.').waitFor()
    await expect.poll(() => journalIn(page)).toMatchObject([{ stage: 'encrypting' }])
    const opening = { price: 300, secret: await secretOf(house, person(0), lot.auction.id) }
    expect(leaksIn(await storedIn(page), opening)).toEqual([])
    expect(await inspect(page)).toEqual([])
    await page.reload()
    await page.getByText('You left before the wallet was asked').waitFor()
    await page.getByText('Nothing was sent and nothing is locked.').waitFor()
    expect(await keptIn(page)).toEqual([])
    expect(await leavesOf(house, lot)).toBe(0)
    await page.getByRole('button', { name: 'Dismiss' }).click()
    await expect.poll(() => journalIn(page)).toEqual([])

    await page.getByRole('button', { name: 'Review your bid' }).waitFor()
    await sealAndSend(page, '310')
    await untilDone(page)
    await page.context().close()
  })

  it('once it is saved: the receipt is there, can be exported, and is forgotten on demand', async () => {
    const before = await leavesOf(house, lot)
    const { page } = await comeWithWallet(browser, house, lot.path, person(1), { signsDifferently: true })
    await sealAndSend(page, '321')
    await dialogOf(page).getByText('Save your receipt first').waitFor()
    await expect.poll(() => journalIn(page)).toMatchObject([{ stage: 'saved' }])
    await page.reload()
    await page.getByText('You left before the wallet was asked').waitFor()
    await page.getByRole('button', { name: 'Dismiss' }).click()
    await page.getByText('A sealed bid is saved here that is not on the chain.').waitFor()
    expect(await leavesOf(house, lot)).toBe(before)

    await page.getByText('Receipts in this browser: 1').click()
    await page.getByText('Not on the chain: receipt').waitFor()
    expect(await inspect(page)).toEqual([])
    const receipt = parseReceipt(await download(page, 'Download'))
    expect(receipt).toMatchObject({ price: 321, bidder: person(1), id: lot.auction.id })
    await page.getByRole('button', { name: 'Forget what is kept here' }).click()
    expect(await receiptsIn(page)).toEqual([receipt])
    // What looks for leaks would have seen this one.
    expect(leaksIn(await storedIn(page), receipt)).toContain('the text holds the secret')
    await page.getByRole('button', { name: 'Yes, forget them for good' }).click()
    await page.getByText('Receipts', { exact: true }).waitFor()
    expect(await keptIn(page)).toEqual([])
    expect(leaksIn(await storedIn(page), receipt)).toEqual([])
    await page.getByText('A sealed bid is saved here').waitFor({ state: 'detached' })
    await page.context().close()
  })
})

describe('a receipt', () => {
  let text = ''

  it('is handed over before the bid is sent, and opens it on another device, where only the right one is taken', async () => {
    const first = await comeWithWallet(browser, house, lot.path, person(2), { signsDifferently: true })
    await sealAndSend(first.page, '333')
    await dialogOf(first.page).getByText('Save your receipt first').waitFor()
    text = await download(first.page, 'Download receipt')
    await dialogOf(first.page).getByRole('button', { name: 'I have it: go on' }).click()
    await untilDone(first.page)
    await first.page.context().close()

    const { page } = await comeWithWallet(browser, house, lot.path, person(2), { signsDifferently: true })
    await page.getByRole('button', { name: 'Show my bid' }).waitFor()
    await page.getByText('Receipts', { exact: true }).click()
    const load = (content: string) => page.getByLabel('Import a receipt').setInputFiles(fileOf(content))
    await load('{"price": 333}')
    await page.getByText('The file is not a Subrosa receipt.').waitFor()
    await load(text.replaceAll(lot.auction.id, `0x${'ab'.repeat(32)}`))
    await page.getByText('It is a receipt, but for another auction').waitFor()
    await load('x'.repeat(30_000))
    await page.getByText('The file is too long.').waitFor()
    expect(await inspect(page)).toEqual([])
    expect(await keptIn(page)).toEqual([])

    await load(text)
    await page.getByText('333 DUSD', { exact: true }).waitFor()
    // Kept here from now on, and handed out again as it came.
    await page.reload()
    await page.getByText('333 DUSD', { exact: true }).waitFor()
    expect(parseReceipt(await download(page, 'Download receipt'))).toEqual(parseReceipt(text))
    expect(await page.evaluate(() => window.walletAsked ?? [])).not.toContain('eth_signTypedData_v4')
    await page.context().close()
  })

  // Last: the auction ends.
  it('is removed from the browser on demand, once all is paid out', async () => {
    const { page } = await comeWithWallet(browser, house, lot.path, person(2), { signsDifferently: true })
    await page.getByText('Receipts', { exact: true }).click()
    await page.getByLabel('Import a receipt').setInputFiles(fileOf(text))
    await page.getByText('333 DUSD', { exact: true }).waitFor()
    expect(await page.getByText('Remove the receipt from this browser').count()).toBe(0)
    await skipTime(house, LASTS)
    await page.getByText('Settled', { exact: true }).waitFor()
    await skipTime(house, HOUR)
    await page.getByText('Final', { exact: true }).waitFor()
    // A keeper pays everyone out.
    await page.getByRole('button', { name: 'Remove the receipt from this browser' }).click()
    expect(await receiptsIn(page)).toEqual([parseReceipt(text)])
    await page.getByRole('button', { name: 'Remove it for good' }).click()
    await page.getByRole('button', { name: 'Show my bid' }).waitFor()
    expect(await receiptsIn(page)).toEqual([])
    expect(leaksIn(await storedIn(page), parseReceipt(text))).toEqual([])
    expect(await inspect(page)).toEqual([])
    await page.context().close()
  })
})
