import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { settlementListResponseSchema } from '../../app/api/v1/_schemas/settlement'
import { seedAuction } from '../../lib/dev/seed/seedAuction'
import { parseEther, zeroAddress } from 'viem'
import { askApi } from './support/askApi'
import { sharedHouse } from './support/house'
import { inspectThemes } from './support/inspect'
import { skipTime } from './support/chainControl'
import { openBrowser, openPage } from './support/openBrowser'
import { until } from './support/until'

const WIDTHS = [1280, 360]

const house = sharedHouse()
let browser: Browser
let id: string

/** A second price auction with a bid taken back, one below the reserve, and two that lose; settled and proven for real. */
beforeAll(async () => {
  browser = await openBrowser()
  const { rpc: rpcUrl, enclave: enclaveUrl } = house.stack.urls
  const network = { rpcUrl, enclaveUrl, deployment: house.stack.deployment }
  id = await seedAuction(
    { network, grain: zeroAddress },
    {
      ...{ key: 'audited', title: 'A lot to be audited', rule: 'SECOND_PRICE', policy: 'UNIFORM', payment: 'native' },
      lot: { kind: 'single', description: 'Nothing to see.' },
      ...{
        tickSize: parseEther('0.01'),
        reserve: 20,
        collateral: parseEther('2'),
        closesIn: 3_600,
        challengeWindow: 6,
      },
      bids: [
        { bidder: 0, price: 90 },
        { bidder: 1, price: 70 },
        { bidder: 2, price: 10 },
        { bidder: 3, price: 120 },
        { bidder: 4, price: 130 },
        { bidder: 4 },
      ],
    },
  )
  await skipTime(house, 3_600)
  const proven = async () => {
    const { settlements } = await askApi(house.web, '/settlements?proof=available', settlementListResponseSchema)
    return settlements.find(({ auctionId }) => auctionId === id)
  }
  await until('settlement with its proofs', proven)
})

afterAll(() => browser.close())

const run = (page: Page) => page.getByRole('button', { name: /^Run/ }).click()
const verdict = (page: Page) => page.locator('[data-verdict]')

it.each(WIDTHS)('from the list to the green end, without a complaint: %i px', async (width) => {
  const { page, complaints } = await openPage(browser, house.web, { viewport: { width, height: 800 } })
  await page.goto('/audit')
  await page.getByRole('heading', { level: 1, name: 'Audit' }).waitFor()
  expect(await inspectThemes(page)).toEqual([])
  await page.locator(`a[href="/audit/${id}"]`).click()
  await page.getByRole('heading', { level: 1, name: 'A lot to be audited' }).waitFor()
  await run(page)
  await verdict(page).waitFor()
  expect(await verdict(page).getAttribute('data-verdict'), await verdict(page).innerText()).toBe('good')
  await page.getByText('This auction was settled by its rules.').waitFor()
  const checks = await page.locator('[data-check]').allInnerTexts()
  expect(checks.join('\n')).toMatch(/Bid 2 was counted, and does not beat the winner/)
  expect(checks.join('\n')).toMatch(/Bid 3 was counted, and is below the reserve/)
  expect(checks.filter((text) => text.includes('Failed'))).toEqual([])
  // Taken back before the close: it is a leaf, and no bid to be judged.
  expect(await page.locator('[data-check="bid:4"]').count()).toBe(0)
  expect(await inspectThemes(page)).toEqual([])
  expect(complaints).toEqual([])
  await page.context().close()
})

it('proofs that were tampered with come to the red end, and say where', async () => {
  const { page } = await openPage(browser, house.web)
  await page.route('**/api/v1/bundles/**', async (route) => {
    const response = await route.fetch()
    const body = Buffer.from(await response.body())
    body[body.length - 1] = body.at(-1)! ^ 1
    await route.fulfill({ response, body })
  })
  await page.goto(`/audit/${id}`)
  await run(page)
  await verdict(page).waitFor()
  expect(await verdict(page).getAttribute('data-verdict')).toBe('bad')
  expect(await page.locator('[data-check="bundle-hash"]').innerText()).toMatch(/Failed/)
  expect(await page.locator('[data-check="leaves"]').innerText()).toMatch(/Passed/)
  await page.context().close()
})

it('a chain that hides a bid comes to the red end too', async () => {
  const { page } = await openPage(browser, house.web)
  await page.route(`${house.stack.urls.rpc}/**`, async (route) => {
    const asked = route.request().postDataJSON() as { method: string; params: { topics?: unknown }[] }
    const response = await route.fetch()
    const body = (await response.json()) as { result: { topics: string[] }[] }
    // The third log of the auction is its second bid.
    const isHistory = asked.method === 'eth_getLogs' && body.result.length > 5
    if (isHistory) body.result.splice(2, 1)
    await route.fulfill({ response, json: body })
  })
  await page.goto(`/audit/${id}`)
  await run(page)
  await verdict(page).waitFor()
  expect(await verdict(page).getAttribute('data-verdict')).toBe('bad')
  expect(await page.locator('[data-check="leaves"]').innerText()).toMatch(/Failed/)
  await page.context().close()
})

it('without the proofs it is unproven, and can be stopped on the way', async () => {
  const { page } = await openPage(browser, house.web)
  let answer = false
  await page.route('**/api/v1/bundles/**', (route) => (answer ? route.fulfill({ status: 404, json: {} }) : undefined))
  await page.goto(`/audit/${id}`)
  await run(page)
  await page.getByText('Downloading the proofs').waitFor()
  await page.getByRole('button', { name: 'Stop' }).click()
  await page.getByText('Stopped.').waitFor()
  expect(await verdict(page).count()).toBe(0)
  answer = true
  await run(page)
  await verdict(page).waitFor()
  expect(await verdict(page).getAttribute('data-verdict')).toBe('plain')
  await page.getByText('Not proven.').waitFor()
  await page.getByText('Unproven: what became of bids 1, 2, 3, 4.').waitFor()
  await page.context().close()
})
