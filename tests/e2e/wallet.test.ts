import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseReceipt } from '../../lib/protocol/receipt'
import type { WalletManners } from './support/announceWallet'
import { strangerOf } from './support/cast'
import { sharedHouse } from './support/house'
import { leaksIn } from './support/leaks'
import { leavesOf, putUp, type PutUp } from './support/market'
import { openBrowser } from './support/openBrowser'
import { bid, getDemoMoney, untilDone } from './support/person'
import { keptIn, receiptsIn, secretOf, storedIn } from './support/stored'
import { behave, comeWithWallet, sealAndSend } from './support/stranger'

const house = sharedHouse()
let browser: Browser
let lot: PutUp

beforeAll(async () => {
  browser = await openBrowser()
  lot = await putUp(house, 'A lot for strangers')
})

afterAll(() => browser.close())

const person = (position: number) => strangerOf('wallet', position).address
const leaves = () => leavesOf(house, lot)

/** One of this file's people, on the lot's page. @param before Runs in the page before anything of it loads. */
async function come(position: number, manners: Partial<WalletManners> = {}, before?: () => unknown): Promise<Page> {
  return (await comeWithWallet(browser, house, lot.path, person(position), manners, before)).page
}

describe('a browser wallet, found by EIP-6963', () => {
  it('may decline: nothing is locked, and the sealed bid is kept with its explanation', async () => {
    const page = await come(0)
    await getDemoMoney(page)
    await behave(page, { declines: ['eth_sendTransaction'] })
    await sealAndSend(page, '300')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('The request was declined in the wallet.').waitFor()
    await dialog.getByText('No money moved.').waitFor()
    await dialog.getByRole('button', { name: 'Close' }).click()
    await page.getByText('A sealed bid is saved here that is not on the chain.').waitFor()
    expect(await leaves()).toBe(0)

    await behave(page, { declines: [] })
    await bid(page, '310')
    await page.getByText('310 DUSD', { exact: true }).waitFor()
    // The wallet opens the bid again, so the browser keeps nothing that does.
    const secret = await secretOf(house, person(0), lot.auction.id)
    expect(await keptIn(page)).toHaveLength(2)
    for (const price of [300, 310]) expect(leaksIn(await storedIn(page), { price, secret })).toEqual([])
    await page.context().close()
  })

  it('is refused where its account or chain is another than when the bid was prepared', async () => {
    const page = await come(1)
    await getDemoMoney(page)
    const dialog = page.getByRole('dialog')
    const before = await leaves()

    await behave(page, { account: person(0) })
    await sealAndSend(page, '320')
    await dialog.getByText('The wallet changed its account').waitFor()
    await dialog.getByRole('button', { name: 'Close' }).click()

    await behave(page, { account: person(1), chainId: 1 })
    await sealAndSend(page, '320')
    await dialog.getByText('The wallet is on another chain.').waitFor()
    await dialog.getByRole('button', { name: 'Close' }).click()
    expect(await leaves()).toBe(before)
    await page.context().close()
  })

  it('that cannot make the same secret twice: the receipt must be stored before anything is sent', async () => {
    const page = await come(2, { signsDifferently: true })
    await getDemoMoney(page)
    await sealAndSend(page, '333')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Save your receipt first').waitFor()
    await dialog.getByText('does not sign the same way twice').waitFor()
    const goOn = dialog.getByRole('button', { name: 'I have it: go on' })
    expect(await goOn.isDisabled()).toBe(true)
    const before = await leaves()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Download receipt' }).click(),
    ])
    const text = await readFile(await download.path(), 'utf8')
    expect(parseReceipt(text)).toMatchObject({ price: 333, bidder: person(2) })
    expect(await leaves()).toBe(before)
    await goOn.click()
    await untilDone(page)
    expect(await receiptsIn(page)).toMatchObject([{ price: 333, secret: parseReceipt(text).secret }])
    await page.context().close()

    // On another device the wallet is of no use, but the file is.
    const elsewhere = await come(2, { signsDifferently: true })
    await elsewhere.getByRole('button', { name: 'Show my bid' }).click()
    await elsewhere.getByText('This wallet’s signature does not open the bid.').waitFor()
    const file = { name: 'receipt.json', mimeType: 'application/json', buffer: Buffer.from(text) }
    await elsewhere.getByLabel('or load a receipt').setInputFiles(file)
    await elsewhere.getByText('333 DUSD', { exact: true }).waitFor()
    await elsewhere.context().close()
  })

  it('in a browser that forbids storage: the page works, and the file stands in for it', async () => {
    const forbidStorage = () =>
      Object.defineProperty(window, 'localStorage', {
        get: () => {
          throw new DOMException('Access is denied.', 'SecurityError')
        },
      })
    const page = await come(3, {}, forbidStorage)
    await getDemoMoney(page)
    await sealAndSend(page, '344')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('This browser refused to store a record of the bid.').waitFor()
    expect(await dialog.getByText('does not sign the same way twice').count()).toBe(0)
    const goOn = dialog.getByRole('button', { name: 'I have it: go on' })
    expect(await goOn.isDisabled()).toBe(true)
    await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'Download receipt' }).click()])
    await goOn.click()
    await untilDone(page)
    await dialog.getByRole('button', { name: 'Close' }).click()
    await page.getByText('344 DUSD', { exact: true }).waitFor()
    await page.context().close()
  })
})
