import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { announceWallet } from './support/announceWallet'
import { strangerOf } from './support/cast'
import { giveMoney } from './support/chainControl'
import { sharedHouse } from './support/house'
import { inspect } from './support/inspect'
import { DOLLAR, putUp } from './support/market'
import { openBrowser, openPage } from './support/openBrowser'
import { openMarket } from './support/openMarket'
import { agree } from './support/person'
import { choose } from './support/stranger'
import { marginOf, ordersOf } from './support/trader'

/** A phone in German, whose keys for numbers have a comma and no point. */
const PHONE = { locale: 'de-DE', viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true } as const

const house = sharedHouse()
let browser: Browser
let page: Page
let complaints: string[]
let lot = ''
let market = ''

/** One person, with a lot to bid on whose prices go in steps of half a dollar, and a market of their own. */
beforeAll(async () => {
  browser = await openBrowser()
  const me = strangerOf('amounts', 0).address
  lot = (await putUp(house, 'A lot with a comma', { tickSize: DOLLAR / 2n, reserve: 2 })).path
  market = (await openMarket(house)).path
  await giveMoney(house, me)
  ;({ page, complaints } = await openPage(browser, house.web, PHONE))
  await announceWallet(page, house.stack.urls.rpc, { account: me, declines: [] })
  await page.goto(lot)
  await choose(page)
})

afterAll(() => browser.close())

/** Types into a field as fingers do, key by key, in place of what it has. */
async function type(field: Locator, text: string): Promise<void> {
  await field.tap()
  await field.fill('')
  await field.pressSequentially(text)
}

/** Goes on to something that is no field. */
const leave = () => page.getByRole('heading', { level: 1 }).tap()
const valueOf = (field: Locator) => field.inputValue()
const focused = () => page.evaluate(() => document.activeElement?.textContent)
const hasFocus = (field: Locator) => field.evaluate((element) => element === document.activeElement)
const dialog = () => page.getByRole('dialog')
/** What assistive technology is told about a field, besides its name. */
const described = (field: Locator) =>
  field.evaluate((element) =>
    (element.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent ?? '')
      .join('\n'),
  )

/** What the dialog says will happen, which is then left. */
async function preview(): Promise<string> {
  await dialog().getByRole('listitem').first().waitFor()
  const lines = await dialog().getByRole('listitem').allInnerTexts()
  await page.keyboard.press('Escape')
  await dialog().waitFor({ state: 'hidden' })
  return lines.join('\n')
}

describe('a bid', () => {
  const price = () => page.getByLabel('The most you can pay')
  const review = () => page.getByRole('button', { name: 'Review your bid' })

  it('that can be read in two ways is asked about, and goes nowhere before', async () => {
    await type(price(), '1,500')
    expect(await page.getByText(/^Do you mean/).count()).toBe(0)
    await review().tap()
    await page.getByText('Do you mean 1,5 or 1.500?').waitFor()
    expect(await dialog().count()).toBe(0)
    expect(await price().getAttribute('aria-invalid')).toBe('true')
    expect(await described(price())).toContain('Do you mean 1,5 or 1.500?')
    expect(await inspect(page)).toEqual([])

    // By keyboard: the first answer has the focus, and the second comes after it.
    await expect.poll(focused).toBe('1,5 DUSD')
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('1.500 DUSD')
    await page.keyboard.press('Enter')
    expect(await valueOf(price())).toBe('1500')
    expect(await hasFocus(price())).toBe(true)
    await page.getByText('Every bid locks 1,000 DUSD here, so no bid can be higher than that.').waitFor()

    // By hand, with a point, and without trying to send.
    await type(price(), '1.500')
    await leave()
    await page.getByRole('button', { name: '1,5 DUSD' }).tap()
    expect(await valueOf(price())).toBe('1.5')
    await page.getByText('Read as 1,5 DUSD.').waitFor()
    expect(await page.getByText(/^Do you mean/).count()).toBe(0)
  })

  it('is checked when its field is left, not while it is typed; and the focus goes to what is wrong', async () => {
    const wrong = page.getByText('Prices go in steps of 0.5 DUSD: try 1 DUSD or 1.5 DUSD.')
    await type(price(), '1,3')
    expect(await wrong.count()).toBe(0)
    await leave()
    await wrong.waitFor()
    await price().tap()
    await page.keyboard.type('0')
    expect(await wrong.count()).toBe(0)
    await review().tap()
    await wrong.waitFor()
    expect(await dialog().count()).toBe(0)
    expect(await hasFocus(price())).toBe(true)
    expect(await described(price())).toContain('try 1 DUSD or 1.5 DUSD')
    expect(await inspect(page)).toEqual([])
  })

  it('is not lost by a click that leaves the field, whatever the check adds above the button', async () => {
    await type(price(), '1,500')
    const { x, y, width, height } = (await review().boundingBox())!
    await page.mouse.move(x + width / 2, y + height / 2)
    await page.mouse.down()
    await expect.poll(() => hasFocus(price())).toBe(false)
    await page.mouse.up()
    // Only a form that somebody tried to send moves the focus to an answer.
    await expect.poll(focused).toBe('1,5 DUSD')
  })

  it('of 1,5 is one and a half, sealed and read again', async () => {
    await type(price(), '1,5')
    await review().tap()
    expect(await agree(page, 'Seal and send')).toContain('at most 1.5 DUSD')
    await page.getByText('1.5 DUSD', { exact: true }).waitFor()
  })
})

describe('a seller’s form', () => {
  const field = (label: string | RegExp) => page.getByLabel(label, { exact: true })

  beforeAll(async () => {
    await page.goto('/auctions/new')
    await page.getByRole('button', { name: 'Review the auction' }).waitFor()
  })

  it('reads a comma in every amount and span', async () => {
    await page.getByText('ERC-20', { exact: true }).tap()
    await type(field('Amount'), '1,5')
    await type(field(/^Price step/), '0,5')
    await type(field(/^Reserve/), '2,5')
    await type(field(/^Every bid locks, in/), '1.500,00')
    await type(field('Most bids'), '1 500')
    for (const label of ['Closes in', 'Must be settled within', 'Challenge window']) {
      await type(page.getByLabel(label, { exact: true }), '1,5')
      await page.getByLabel(`${label}, unit`).selectOption('hours')
    }
    await page.getByRole('button', { name: 'Review the auction' }).tap()
    const lines = await preview()
    expect(lines).toContain('Allow the contract to take 1.5 DUSD')
    expect(lines).toContain('for at least 2.5 DUSD')
    expect(lines).toContain('Every bid locks 1,500 DUSD')
    expect(lines).toContain('Pay out 1 h 30 min after the settlement')
    await page.getByText('Room for 1500 bids only').waitFor()
  })

  it('says of whole numbers which there are, and names the first field that is wrong', async () => {
    await page.getByText('ERC-1155', { exact: true }).tap()
    await type(field('Token number'), '1,5')
    await type(field('Copies'), '1,5')
    await type(field('Most bids'), '1,5')
    await type(field(/^Reserve/), '2,7')
    await page.getByRole('button', { name: 'Review the auction' }).tap()
    expect(await dialog().count()).toBe(0)
    await expect.poll(() => hasFocus(field('Token number'))).toBe(true)
    for (const label of ['Token number', 'Copies', 'Most bids']) {
      expect(await described(field(label))).toContain('Whole numbers only: try 1 or 2.')
    }
    expect(await described(field(/^Reserve/))).toContain('Reserves go in steps of 0.5 DUSD: try 2.5 DUSD or 3 DUSD.')
    expect(await inspect(page)).toEqual([])
  })
})

it('a deposit of 1,5 and a withdrawal of 0,5 are as much', async () => {
  await page.goto(`/portfolio?address=${strangerOf('amounts', 0).address}`)
  const amount = page.getByLabel('Amount of DUSD')
  const row = page.getByRole('listitem').filter({ has: amount })
  await amount.waitFor()
  await type(amount, '1,5')
  await row.getByRole('button', { name: 'Deposit' }).tap()
  expect(await agree(page, 'Deposit')).toContain('Send 1.5 DUSD from your wallet')
  await type(amount, '0,5')
  await row.getByRole('button', { name: 'Withdraw' }).tap()
  expect(await agree(page, 'Withdraw')).toContain('Send 0.5 DUSD from the contract')
})

describe('a market', () => {
  const trade = () => page.getByRole('region', { name: 'Trade', exact: true })

  it('takes 1,5 into the margin, and 0,5 out of it', async () => {
    await page.goto(market)
    const margin = marginOf(page)
    const amount = margin.getByLabel('Amount of DUSD')
    await amount.waitFor()
    await type(amount, '1.000,5')
    await margin.getByRole('button', { name: 'Deposit' }).tap()
    expect(await agree(page, 'Deposit')).toContain('Send 1,000.5 DUSD from your wallet to your margin')
    await type(amount, '0,5')
    await margin.getByRole('button', { name: 'Ask back' }).tap()
    expect(await agree(page, 'Ask for it')).toContain('Ask for 0.5 DUSD of your margin')
  })

  it('seals an order at 100,5 for 1,5, of which 0,5 at least', async () => {
    await type(trade().getByLabel(/^Limit price/), '100,5')
    await type(trade().getByLabel(/^Size/), '1,5')
    await trade().getByText('Partial fills').tap()
    await type(trade().getByLabel(/^Least to fill in a batch/), '0,5')
    await trade().getByText('Your browser checked the enclave’s evidence: it holds.').waitFor()
    await trade().getByRole('button', { name: 'Review your buy order' }).tap()
    const lines = await agree(page, 'Seal and send')
    expect(lines).toContain('no higher than 100.5 DUSD per GRAIN')
    expect(lines).toContain('0.5 GRAIN')
    await ordersOf(page).getByText('Buy 1.5 GRAIN at 100.5 DUSD').waitFor()
  })

  it('asks about a worst price and a size that may be thousands', async () => {
    await trade().getByRole('group', { name: 'Kind of order' }).getByText('Market', { exact: true }).tap()
    await type(trade().getByLabel(/^Worst price/), '2,495')
    await type(trade().getByLabel(/^Size/), '1.500')
    await trade().getByRole('button', { name: 'Review your buy order' }).tap()
    await trade().getByText('Do you mean 2,495 or 2.495?').waitFor()
    await trade().getByText('Do you mean 1,5 or 1.500?').waitFor()
    await expect.poll(focused).toBe('2,495 DUSD')
    await page.keyboard.press('Enter')
    expect(await valueOf(trade().getByLabel(/^Worst price/))).toBe('2,4950')
    expect(await inspect(page)).toEqual([])
  })
})

it('no browser complained: no console error, no refusal by the content security policy', () => {
  expect(complaints).toEqual([])
})
