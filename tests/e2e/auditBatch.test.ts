import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { batchListResponseSchema } from '../../app/api/v1/_schemas/batch'
import { BOOK_TOPICS } from '../../lib/chain/book/topics'
import { createTrader } from '../../lib/dev/market/trader'
import { ORDER_FLAG } from '../../lib/protocol/clearing/orders'
import { askApi } from './support/askApi'
import { strangerOf } from './support/cast'
import { sharedHouse } from './support/house'
import { inspect } from './support/inspect'
import { openBrowser, openPage } from './support/openBrowser'
import { endBatch, openMarket, type TestMarket } from './support/openMarket'
import { until } from './support/until'

const WINDOWS: [string, BrowserContextOptions][] = [
  ['light, 1280 px', { colorScheme: 'light', viewport: { width: 1280, height: 800 } }],
  ['dark, 360 px', { colorScheme: 'dark', viewport: { width: 360, height: 800 } }],
]

const house = sharedHouse()
let browser: Browser
let market: TestMarket
let batch = 0
const place = () => `/audit/markets/${market.id}/${batch}`

/** Two people trade in one batch, which the keeper has the enclave settle. */
beforeAll(async () => {
  browser = await openBrowser()
  market = await openMarket(house, { tickSize: 1_000n, lotSize: 10n })
  const { deployment, urls } = house.stack
  const money = { base: 1_000n, quote: 10_000_000n }
  for (const [index, flags] of [ORDER_FLAG.stays, ORDER_FLAG.stays | ORDER_FLAG.sell].entries()) {
    const account = strangerOf('auditBatch', index)
    const trader = createTrader({ rpcUrl: urls.rpc, deployment, account })
    await trader.fund(market, money)
    await trader.place(market, { flags, price: 100, quantity: 5, minFill: 0, expiryBatch: 0 })
  }
  await endBatch(house, market)
  const traded = async () => {
    const { batches } = await askApi(house.web, `/markets/${market.id}/batches`, batchListResponseSchema)
    // The list of what became of its orders comes to the index a little after the settlement, and is a check, too.
    return batches.find(({ settlement }) => settlement && settlement.fillCount > 0 && settlement.listed)?.batchId
  }
  batch = await until('batch in which somebody traded', traded)
})

afterAll(() => browser.close())

const run = (page: Page) => page.getByRole('button', { name: /^Run/ }).click()
const verdict = (page: Page) => page.locator('[data-verdict]')

it.each(WINDOWS)('from the list to what the chain can show, without a complaint: %s', async (_name, options) => {
  const { page, complaints } = await openPage(browser, house.web, options)
  await page.goto('/audit')
  await page.getByRole('link', { name: 'Batches of markets' }).click()
  await page.getByLabel('Market').selectOption(market.id)
  await page.getByRole('button', { name: 'Show' }).click()
  const link = page.locator(`a[href="${place()}"]`)
  await link.getByText(`Batch ${batch}`).waitFor()
  expect(await inspect(page)).toEqual([])
  await link.click()
  await page.getByRole('heading', { level: 1, name: `How batch ${batch}` }).waitFor()
  await page.getByText('What stays unproven').waitFor()
  await run(page)
  await verdict(page).waitFor()
  expect(await verdict(page).getAttribute('data-verdict'), await verdict(page).innerText()).toBe('good')
  const checks = await page.locator('[data-check]').allInnerTexts()
  expect(checks).toHaveLength(18)
  expect(checks.filter((text) => text.includes('Failed'))).toEqual([])
  expect(await page.getByLabel('Command').innerText()).toContain(`verify batch ${market.id} ${batch}`)
  expect(await inspect(page)).toEqual([])
  expect(complaints).toEqual([])
  await page.context().close()
})

it('a chain that hides an order comes to the red end, and a check can be stopped', async () => {
  const { page } = await openPage(browser, house.web)
  let silent = true
  await page.route(`${house.stack.urls.rpc}/**`, async (route) => {
    const { method } = route.request().postDataJSON() as { method: string }
    if (silent && method === 'eth_getLogs') return
    const response = await route.fetch()
    const body = (await response.json()) as { result: { topics: string[] }[] }
    if (method === 'eth_getLogs') {
      const at = body.result.findIndex(({ topics }) => topics[0] === BOOK_TOPICS.OrderPlaced)
      if (at !== -1) body.result.splice(at, 1)
    }
    await route.fulfill({ response, json: body })
  })
  await page.goto(place())
  await run(page)
  await page.getByText('Reading the chain').waitFor()
  await page.getByRole('button', { name: 'Stop' }).click()
  await page.getByText('Stopped.').waitFor()
  expect(await verdict(page).count()).toBe(0)
  silent = false
  await run(page)
  await verdict(page).waitFor()
  expect(await verdict(page).getAttribute('data-verdict')).toBe('bad')
  expect(await page.locator('[data-check="leaves"]').innerText()).toMatch(/Failed/)
  await page.context().close()
})
