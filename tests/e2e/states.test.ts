import type { Browser, Page, Route } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoAccount } from '../../app/_wallet/demoAccounts'
import { DEMO_PEOPLE } from './support/cast'
import { bidAs, putUp, type PutUp } from './support/market'
import { sharedHouse } from './support/house'
import { inspect } from './support/inspect'
import { openBrowser, openPage } from './support/openBrowser'
import { openAs } from './support/person'

const [BIDDER] = DEMO_PEOPLE.states
const house = sharedHouse()
let browser: Browser
let lot: PutUp

beforeAll(async () => {
  browser = await openBrowser()
  lot = await putUp(house, 'A lot in every state')
  await bidAs(house, demoAccount(BIDDER), lot, 100)
})

afterAll(() => browser.close())

/** Leaves the browser's questions to the chain without an answer. @returns lets them through, those that wait as well. */
async function holdChain(page: Page): Promise<() => Promise<void>> {
  const waiting: Route[] = []
  const pattern = `${house.stack.urls.rpc}/**`
  const hold = (route: Route) => void waiting.push(route)
  await page.route(pattern, hold)
  return async () => {
    await page.unroute(pattern, hold)
    await Promise.all(waiting.map((route) => route.continue().catch(() => undefined)))
  }
}

describe('while something is on its way', () => {
  it.each([
    ['one’s bids', () => lot.path, 'Looking for your bids', 'Your bid is sealed and counted'],
    [
      'one’s balances',
      () => `/portfolio?address=${demoAccount(BIDDER).address}`,
      'Loading a balance',
      'in your wallet',
    ],
    ['evidence', () => '/network', 'Checking the evidence in your browser', 'evidence holds'],
  ])(
    '%s: says what is loading, in a place of its own, and shows it when it comes',
    async (_what, path, loading, loaded) => {
      const { page, complaints } = await openAs(browser, house.web, BIDDER)
      const release = await holdChain(page)
      await page.goto(path())
      await page.getByText(loading).first().waitFor({ state: 'attached' })
      expect(await page.getByText(loaded).count()).toBe(0)
      expect(await inspect(page)).toEqual([])
      await release()
      await page.getByText(loaded).first().waitFor()
      await expect.poll(() => page.getByText(loading).count()).toBe(0)
      expect(complaints).toEqual([])
      await page.context().close()
    },
  )
})

describe('while the chain does not answer this browser', () => {
  it('one’s bids cannot be read: says that they stay counted, and tries again on demand', async () => {
    const { page } = await openAs(browser, house.web, BIDDER)
    await page.route(`${house.stack.urls.rpc}/**`, (route) => route.abort())
    await page.goto(lot.path)
    await page.getByText('A bid that was counted stays').waitFor()
    expect(await inspect(page)).toEqual([])
    await page.unrouteAll()
    await page.getByText('Your bid is sealed and counted').first().waitFor()
    await page.context().close()
  })
})

describe('while the index does not answer', () => {
  it('every live page keeps what it shows, says that it is late, and catches up', async () => {
    const portfolio = `/portfolio?address=${demoAccount(BIDDER).address}`
    for (const path of ['/', '/auctions', lot.path, portfolio, '/network', '/audit']) {
      const { page } = await openPage(browser, house.web)
      await page.route('**/api/v1/**', (route) => route.abort())
      await page.goto(path)
      await page.getByText('This page is late.').waitFor()
      await page.getByText('Money and bids are on the chain and not affected').first().waitFor()
      expect(await page.getByText('cannot be shown right now').count(), path).toBe(0)
      expect(await inspect(page), path).toEqual([])
      await page.unrouteAll()
      await page.getByText('This page is late.').waitFor({ state: 'detached' })
      await page.context().close()
    }
  })
})

describe('a page of another chain', () => {
  it('offers no demo wallet, and does not take up one that was used here before', async () => {
    const { page } = await openAs(browser, house.web, BIDDER)
    await page.locator('summary', { hasText: `Demo person ${BIDDER + 1}` }).waitFor()
    // The same server, had it been started for another chain.
    await page.route(/\/auctions$/, async (route) => {
      const answer = await route.fetch()
      const body = (await answer.text()).replaceAll('chainId\\":31337', 'chainId\\":11155111')
      await route.fulfill({ response: answer, body })
    })
    await page.reload()
    await page.locator('summary', { hasText: 'Connect wallet' }).waitFor()
    await page.locator('summary', { hasText: 'Connect wallet' }).click()
    await page.getByText('No wallet, or yours is not listed?').waitFor()
    expect(await page.getByRole('button', { name: 'Demo wallet' }).count()).toBe(0)
    await page.unrouteAll()
    await page.reload()
    await page.locator('summary', { hasText: `Demo person ${BIDDER + 1}` }).waitFor()
    await page.context().close()
  })
})

describe('without a wallet', () => {
  it('a seller sees the whole form and its preview, and what was typed is there once a wallet is', async () => {
    const { page, complaints } = await openPage(browser, house.web)
    await page.goto('/auctions/new')
    await page.getByRole('button', { name: 'See the form first' }).click()
    await page.getByLabel(/^Reserve/).fill('123')
    await page.getByLabel('Token number').fill('1')
    await page.getByRole('heading', { name: 'As bidders will see it' }).waitFor()
    expect(await page.getByRole('button', { name: 'Review the auction' }).count()).toBe(0)
    expect(await inspect(page)).toEqual([])
    await page.getByRole('button', { name: 'Connect a wallet to sell' }).click()
    await page.locator('main').getByRole('button', { name: 'Demo wallet' }).click()
    await page.getByRole('button', { name: 'Review the auction' }).waitFor()
    expect(await page.getByLabel(/^Reserve/).inputValue()).toBe('123')
    expect(complaints).toEqual([])
    await page.context().close()
  })
})
