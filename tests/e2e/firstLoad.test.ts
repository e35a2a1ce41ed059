import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sharedHouse } from './support/house'
import { measureScripts } from './support/measureScripts'
import { openAuction } from './support/openAuction'
import { openMarket } from './support/openMarket'
import { openBrowser, openPage } from './support/openBrowser'
import { connectAs, openAs, SOON } from './support/person'

const MINUTE = 60_000
/** Bytes of JavaScript, with gzip, that someone who only looks may have to load. */
const BUDGET = 150_000
/** How long a page is left alone, so that whatever loads when it is idle would show. */
const IDLE_MS = 4_000
const house = sharedHouse()
let browser: Browser
let lot = ''
let market = ''

beforeAll(async () => {
  browser = await openBrowser()
  const { page } = await openAs(browser, house.web, 9)
  lot = await openAuction(page, { title: 'A light lot', reserve: '50', minutes: 60 })
  await page.context().close()
  market = (await openMarket(house, 9)).path
}, 5 * MINUTE)

afterAll(() => browser.close(), MINUTE)

/** What a visitor loads who opens a page and does nothing. */
async function look(path: string) {
  const { page } = await openPage(browser, house.web)
  const measured = measureScripts(page)
  await page.goto(path)
  await page.getByRole('heading', { level: 1 }).waitFor({ timeout: SOON })
  await page.waitForTimeout(IDLE_MS)
  return { page, measured, scripts: await measured() }
}

describe('the first load of someone who only looks', () => {
  it.each(['/auctions', '/book', 'one auction', 'one market'])(
    'fits its budget: %s',
    async (what) => {
      const { page, scripts } = await look(what === 'one auction' ? lot : what === 'one market' ? market : what)
      const total = scripts.reduce((sum, { gzipped }) => sum + gzipped, 0)
      const list = scripts.map(({ path, gzipped }) => `${gzipped} ${path}`).join('\n')
      expect(scripts.length).toBeGreaterThan(0)
      expect(total, `${total} bytes:\n${list}`).toBeLessThan(BUDGET)
      await page.context().close()
    },
    MINUTE,
  )

  it(
    'holds back what speaks to wallets until one is chosen',
    async () => {
      const { page, measured, scripts } = await look('/auctions')
      await connectAs(page, 0)
      const after = await measured()
      const more = after.reduce((sum, { gzipped }) => sum + gzipped, 0)
      const before = scripts.reduce((sum, { gzipped }) => sum + gzipped, 0)
      // The measure sees what a click loads, so it would have seen it before the click too.
      expect(more - before).toBeGreaterThan(20_000)
      await page.context().close()
    },
    MINUTE,
  )
})
