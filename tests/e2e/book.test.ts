import { erc20Abi } from 'viem'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoAccount } from '../../app/_wallet/demoAccounts'
import { DEMO_PEOPLE } from './support/cast'
import { sharedHouse } from './support/house'
import { inspect } from './support/inspect'
import { numbersIn } from './support/leaks'
import { openBrowser, openPage, type WatchedPage } from './support/openBrowser'
import { endBatch, endChallenge, openMarket, type TestMarket } from './support/openMarket'
import { agree, openAs } from './support/person'
import { fundMargin, marginOf, ordersOf, placeOrder } from './support/trader'

const DUSD = 1_000_000n
const [ADA, BELA, CLEO, DAN] = DEMO_PEOPLE.book
const PEOPLE = { ada: ADA, bela: BELA, cleo: CLEO, dan: DAN } as const

const house = sharedHouse()
let browser: Browser
let market: TestMarket
const people = new Map<string, WatchedPage>()

beforeAll(async () => {
  browser = await openBrowser()
  market = await openMarket(house)
})

afterAll(() => browser.close())

function pageOf(name: keyof typeof PEOPLE): Page {
  const person = people.get(name)
  if (!person) throw new Error(`${name} has not come in yet`)
  return person.page
}

async function comeIn(name: keyof typeof PEOPLE): Promise<Page> {
  const person = await openAs(browser, house.web, PEOPLE[name])
  people.set(name, person)
  await showMarket(person.page)
  return person.page
}

async function showMarket(page: Page): Promise<void> {
  await page.goto(market.path)
  await page.getByRole('heading', { level: 1, name: 'GRAIN / DUSD' }).waitFor()
}

/** Base units of demo money in a person's wallet. */
function moneyOf(name: keyof typeof PEOPLE): Promise<bigint> {
  const address = house.stack.deployment.contracts.demoToken!
  const args = [demoAccount(PEOPLE[name]).address] as const
  return house.client.readContract({ address, abi: erc20Abi, functionName: 'balanceOf', args })
}

/** The entries among one's own orders that say this. */
const entry = (page: Page, text: string | RegExp) => ordersOf(page).getByRole('listitem').filter({ hasText: text })

describe('the order book', () => {
  it('two people trade at one price, and neither learns the other’s limit', async () => {
    const ada = await comeIn('ada')
    const bela = await comeIn('bela')
    await fundMargin(ada, 'DUSD', '1000')
    await fundMargin(bela, 'GRAIN', '20')
    const preview = await placeOrder(ada, { side: 'buy', price: '101.3', size: '2', life: 'Until I cancel it' })
    expect(preview).toContain('no higher than 101.3 DUSD per GRAIN: at most 202.8026 DUSD')
    await entry(ada, 'Buy 2 GRAIN')
      .getByText(/^(Sealed|Resting)$/)
      .waitFor()
    await placeOrder(bela, { side: 'sell', price: '98.7', size: '2', life: 'Until I cancel it' })
    await endBatch(house, market)
    await entry(ada, 'Buy 2 GRAIN').getByText('Filled', { exact: true }).waitFor()
    await entry(bela, 'Sell 2 GRAIN').getByText('Filled', { exact: true }).waitFor()
    // Between the two limits, before any trade, the middle: 100 DUSD.
    for (const page of [ada, bela]) {
      await ordersOf(page)
        .getByText(/2 GRAIN at 100 DUSD/)
        .waitFor()
    }
    const trades = ada.getByRole('region', { name: 'Trades', exact: true })
    await trades.getByText('Bought').first().waitFor()
    await trades.getByText('Sold').first().waitFor()
    const [seen, known] = await Promise.all([ada, bela].map((page) => page.locator('main').innerText()))
    expect(numbersIn(seen!)).toContain('101.3')
    expect(numbersIn(seen!)).not.toContain('98.7')
    expect(numbersIn(known!)).toContain('98.7')
    expect(numbersIn(known!)).not.toContain('101.3')
  })

  it('the fill is in the margins once the batch is final, the fee taken off', async () => {
    const ada = pageOf('ada')
    await endChallenge(house, market)
    await entry(ada, 'Buy 2 GRAIN').getByText('All of it traded, for good.').waitFor()
    const free = marginOf(ada).getByRole('row', { name: /^Free for new orders/ })
    // 1,000 less 200 and a thousandth of it.
    await expect.poll(() => free.innerText()).toMatch(/2\s+799\.8$/)
  })

  it('one order is filled in part over three batches', async () => {
    const [ada, bela] = [pageOf('ada'), pageOf('bela')]
    await placeOrder(ada, { side: 'buy', price: '100', size: '3', life: 'Until I cancel it' })
    const own = entry(ada, 'Buy 3 GRAIN')
    for (const [round, traded] of [
      [1, '1 GRAIN of it traded.'],
      [2, '2 GRAIN of it traded.'],
    ] as const) {
      await placeOrder(bela, { side: 'sell', price: '100', size: '1', life: 'For this batch' })
      await endBatch(house, market)
      await own.getByText('Partly filled', { exact: true }).waitFor()
      await own.getByText(traded).waitFor()
      await expect.poll(() => entry(bela, 'Sell 1 GRAIN').getByText('Filled').count()).toBe(round)
    }
    await placeOrder(bela, { side: 'sell', price: '100', size: '1', life: 'For this batch' })
    await endBatch(house, market)
    await own.getByText('Filled', { exact: true }).waitFor()
    await expect.poll(() => own.getByText(/^Batch \d+: 1 GRAIN at 100 DUSD/).count()).toBe(3)
  })

  it('one cancels: the page tells the rule first, and the order never trades again', async () => {
    const cleo = await comeIn('cleo')
    await fundMargin(cleo, 'DUSD', '500')
    await placeOrder(cleo, { side: 'buy', price: '99', size: '1', life: 'Until I cancel it' })
    const own = entry(cleo, 'Buy 1 GRAIN')
    await endBatch(house, market)
    await own.getByText('Resting', { exact: true }).waitFor()
    await own.getByRole('button', { name: /^Cancel the order/ }).click()
    const preview = await agree(cleo, 'Cancel the order')
    expect(preview).toMatch(/From the batch of the block that takes this on, the order does not trade/)
    expect(preview).toMatch(/A batch before that which is not settled yet may still fill it/)
    await own.getByText('Cancelled', { exact: true }).waitFor()
    await own.getByText('You cancelled it before it traded.').waitFor()
    // What would have met it finds nothing.
    const bela = pageOf('bela')
    await placeOrder(bela, { side: 'sell', price: '99', size: '0.5', life: 'For this batch' })
    await endBatch(house, market)
    await entry(bela, 'Sell 0.5 GRAIN').getByText('Expired', { exact: true }).waitFor()
    expect(await own.getByText(/of it traded/).count()).toBe(0)
  })

  it('one withdraws while a batch is open: asked back, due, paid, and in the wallet', async () => {
    const dan = await comeIn('dan')
    await fundMargin(dan, 'DUSD', '300')
    // The batch is used, so that the withdrawal has something to wait for.
    await placeOrder(dan, { side: 'buy', price: '97', size: '1', life: 'Until I cancel it' })
    const before = await moneyOf('dan')
    const margin = marginOf(dan)
    await margin.getByLabel('Amount of DUSD').fill('250')
    await margin.getByRole('button', { name: 'Ask back' }).click()
    const preview = await agree(dan, 'Ask for it')
    expect(preview).toMatch(/It is paid once that batch .* is final or void/)
    await margin.getByText('Asked back: 250 DUSD').waitFor()
    // At once, orders no longer count on it: of 300 DUSD, 50 are left, of which the order draws on more.
    await expect.poll(() => margin.getByRole('row', { name: /^Margin in all/ }).innerText()).toMatch(/\s50$/)
    await endBatch(house, market)
    await entry(dan, 'Buy 1 GRAIN').getByText('Resting', { exact: true }).waitFor()
    await endChallenge(house, market)
    // The keeper pays it once it is due.
    await margin.getByText('Your balance in the book: 250 DUSD').waitFor()
    await margin.getByRole('button', { name: 'To my wallet' }).click()
    await agree(dan, 'Withdraw')
    expect((await moneyOf('dan')) - before).toBe(250n * DUSD)
  })

  it('each order says why: left out for its minimum, killed, and a market order trades', async () => {
    const [ada, bela] = [pageOf('ada'), pageOf('bela')]
    // The second finds too little to be filled whole, and the third is too little for the first.
    const least = { side: 'buy', price: '98', size: '2', atLeast: '2', life: 'Until I cancel it' } as const
    expect(await placeOrder(ada, least)).toMatch(/2 GRAIN/)
    await placeOrder(bela, { side: 'sell', price: '98', size: '5', whole: true })
    await placeOrder(bela, { side: 'sell', price: '98', size: '1', life: 'For this batch' })
    const [own, killed] = [entry(ada, 'Buy 2 GRAIN at 98 DUSD'), entry(bela, 'Sell 5 GRAIN at 98 DUSD')]
    await endBatch(house, market)
    await killed.getByText('its batch could not fill all of it').waitFor()
    await killed.getByText('Dropped', { exact: true }).waitFor()
    await own.getByText(/^Batch \d+ would have given it less than its minimum fill/).waitFor()
    await own.getByText('Left out', { exact: true }).waitFor()
    expect(await killed.getByText(/GRAIN of it traded/).count()).toBe(0)
    // At the market, to the edge of the band; the price is the other's limit.
    const preview = await placeOrder(bela, { side: 'sell', kind: 'Market', size: '2' })
    expect(preview).toMatch(/95 DUSD/)
    const sold = entry(bela, 'Sell 2 GRAIN at the market, to 95 DUSD')
    await endBatch(house, market)
    await sold.getByText('Filled', { exact: true }).waitFor()
    await sold.getByText(/2 GRAIN at 98 DUSD/).waitFor()
    await own.getByText('Filled', { exact: true }).waitFor()
  })

  it('another device reads the orders again from wallet and chain alone', async () => {
    const { page, complaints } = await openAs(browser, house.web, PEOPLE.ada)
    await showMarket(page)
    await ordersOf(page).getByText('Sealed order').first().waitFor()
    await ordersOf(page).getByRole('button', { name: 'Show my orders' }).click()
    await entry(page, 'Buy 3 GRAIN at 100 DUSD').waitFor()
    await entry(page, 'Buy 2 GRAIN at 101.3 DUSD').waitFor()
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('no browser complained: no console error, no refusal by the content security policy', () => {
    const complaints = [...people].flatMap(([name, person]) => person.complaints.map((text) => `${name}: ${text}`))
    expect(people.size).toBe(4)
    expect(complaints).toEqual([])
  })
})

describe.each(['light', 'dark'] as const)('the pages of the book, %s', (colorScheme) => {
  it.each([1280, 360])(
    'are accessible and fit at %i px, with and without a wallet, before any trade and after',
    async (width) => {
      const options = { colorScheme, viewport: { width, height: 800 } }
      const untouched = (await openMarket(house)).path
      for (const connected of [false, true]) {
        const watched = connected
          ? await openAs(browser, house.web, PEOPLE.ada, options)
          : await openPage(browser, house.web, options)
        const { page, complaints } = watched
        for (const path of ['/book', market.path, untouched]) {
          await page.goto(path)
          await page.getByRole('heading', { level: 1, name: /^(Markets|GRAIN \/ DUSD)$/ }).waitFor()
          await expect.poll(() => page.locator('main .pulse').count()).toBe(0)
          expect(await inspect(page), `${path} at ${width} px, ${colorScheme}`).toEqual([])
        }
        expect(complaints).toEqual([])
        await page.context().close()
      }
    },
  )
})
