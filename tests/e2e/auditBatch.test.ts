import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { batchListResponseSchema } from '../../app/api/v1/_schemas/batch'
import { createMarketCall } from '../../lib/chain/calls/book/createMarket'
import { openEvmSender } from '../../lib/chain/evm/sender'
import { BOOK_TOPICS } from '../../lib/chain/book/topics'
import { ACCOUNT, localAccount } from '../../lib/dev/accounts'
import { readEnclaveKeys } from '../../lib/dev/enclaveApi'
import { bookEventIn, createTrader } from '../../lib/dev/market/trader'
import { ORDER_FLAG } from '../../lib/protocol/clearing/orders'
import { askApi } from './support/askApi'
import { startE2eStack, type E2eStack } from './support/e2eStack'
import { inspect } from './support/inspect'
import { openBrowser, openPage } from './support/openBrowser'
import { SOON } from './support/person'

const MINUTE = 60_000
const WINDOWS: [string, BrowserContextOptions][] = [
  ['light, 1280 px', { colorScheme: 'light', viewport: { width: 1280, height: 800 } }],
  ['dark, 360 px', { colorScheme: 'dark', viewport: { width: 360, height: 800 } }],
]

let house: E2eStack
let browser: Browser
let market = ''
let batch = 0
const cleanups: (() => Promise<void>)[] = []
const place = () => `/audit/markets/${market}/${batch}`

/** Two people trade in one batch, which the keeper has the enclave settle. */
beforeAll(async () => {
  const [stack, chromium] = await Promise.allSettled([startE2eStack(), openBrowser()])
  if (stack.status === 'fulfilled') cleanups.push(stack.value.stop)
  if (chromium.status === 'fulfilled') cleanups.push(() => chromium.value.close())
  if (stack.status === 'rejected') throw stack.reason
  if (chromium.status === 'rejected') throw chromium.reason
  house = stack.value
  browser = chromium.value
  const { deployment, urls } = house.stack
  const where = { rpcUrl: urls.rpc, deployment }
  const creator = openEvmSender({ ...where, account: localAccount(ACCOUNT.seller) })
  const opening = createMarketCall(deployment, {
    ...{ base: deployment.contracts.demoBase!, quote: deployment.contracts.demoToken!, tickSize: 1_000n, lotSize: 10n },
    ...{ batchLength: 30, feeBps: 10, bandBps: 500, batchSettleBy: 3_600, challengeWindow: 5 },
  })
  const { id, params, startsAt } = bookEventIn(await creator.execute(opening), 'MarketCreated')
  market = id
  const [epoch] = (await readEnclaveKeys(urls.enclave)).epochs
  const money = { base: 1_000n, quote: 10_000_000n }
  for (const [index, flags] of [ORDER_FLAG.stays, ORDER_FLAG.stays | ORDER_FLAG.sell].entries()) {
    const trader = createTrader({ ...where, account: localAccount(20 + index), keyId: epoch!.keyId })
    await trader.fund({ id, params, startsAt }, money)
    await trader.place({ id, params, startsAt }, { flags, price: 100, quantity: 5, minFill: 0, expiryBatch: 0 })
  }
  for (const deadline = Date.now() + 4 * MINUTE; ; await new Promise((resolve) => setTimeout(resolve, 1_000))) {
    const { batches } = await askApi(house.web, `/markets/${id}/batches`, batchListResponseSchema)
    // The list of what became of its orders comes to the index a little after the settlement, and is a check, too.
    batch = batches.find(({ settlement }) => settlement && settlement.fillCount > 0 && settlement.listed)?.batchId ?? 0
    if (batch > 0) return
    if (Date.now() > deadline) throw new Error('no batch in which somebody traded')
  }
}, 10 * MINUTE)

afterAll(() => Promise.all(cleanups.map((cleanup) => cleanup())), MINUTE)

const run = (page: Page) => page.getByRole('button', { name: /^Run/ }).click()
const verdict = (page: Page) => page.locator('[data-verdict]')

it.each(WINDOWS)(
  'from the list to what the chain can show, without a complaint: %s',
  async (_name, options) => {
    const { page, complaints } = await openPage(browser, house.web, options)
    await page.goto('/audit')
    await page.getByRole('link', { name: 'Batches of markets' }).click()
    await page.getByRole('link', { name: `Batch ${batch}` }).waitFor({ timeout: SOON })
    expect(await inspect(page)).toEqual([])
    await page.getByRole('link', { name: `Batch ${batch}` }).click()
    await page.getByRole('heading', { level: 1, name: `How batch ${batch}` }).waitFor({ timeout: SOON })
    await page.getByText('What stays unproven').waitFor()
    await run(page)
    await verdict(page).waitFor({ timeout: 2 * SOON })
    expect(await verdict(page).getAttribute('data-verdict'), await verdict(page).innerText()).toBe('good')
    const checks = await page.locator('[data-check]').allInnerTexts()
    expect(checks).toHaveLength(18)
    expect(checks.filter((text) => text.includes('Failed'))).toEqual([])
    expect(await page.getByLabel('Command').innerText()).toContain(`verify batch ${market} ${batch}`)
    expect(await inspect(page)).toEqual([])
    expect(complaints).toEqual([])
    await page.context().close()
  },
  3 * MINUTE,
)

it(
  'a chain that hides an order comes to the red end, and a check can be stopped',
  async () => {
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
    await page.getByText('Reading the chain').waitFor({ timeout: SOON })
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.getByText('Stopped.').waitFor()
    expect(await verdict(page).count()).toBe(0)
    silent = false
    await run(page)
    await verdict(page).waitFor({ timeout: 2 * SOON })
    expect(await verdict(page).getAttribute('data-verdict')).toBe('bad')
    expect(await page.locator('[data-check="leaves"]').innerText()).toMatch(/Failed/)
    await page.context().close()
  },
  2 * MINUTE,
)
