import type { Browser } from 'playwright-core'
import { zeroAddress } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sharedHouse } from './support/house'
import { measureScripts } from './support/measureScripts'
import { putUp } from './support/market'
import { openMarket } from './support/openMarket'
import { openBrowser, openPage } from './support/openBrowser'
import { connectAs } from './support/person'
import { watchIdle } from './support/watchIdle'

/** Bytes of JavaScript, with gzip, that someone who only looks may have to load. */
const BUDGET = 150_000
/** How long a page is left alone by its own clock, so that whatever loads when it is idle would show. */
const IDLE_MS = 20_000
const house = sharedHouse()
let browser: Browser
let lot = ''
let market = ''

beforeAll(async () => {
  browser = await openBrowser()
  lot = (await putUp(house, 'A light lot')).path
  market = (await openMarket(house)).path
})

afterAll(() => browser.close())

/** What a visitor loads who opens a page and does nothing. */
async function look(path: string) {
  const { page } = await openPage(browser, house.web)
  const measured = measureScripts(page)
  const untilIdle = watchIdle(page)
  await page.clock.install()
  await page.goto(path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await untilIdle()
  await page.clock.runFor(IDLE_MS)
  await untilIdle()
  return { page, measured, scripts: await measured() }
}

describe('the first load of someone who only looks', () => {
  it.each(['/auctions', '/book', 'one auction', 'one market'])('fits its budget: %s', async (what) => {
    const { page, scripts } = await look(what === 'one auction' ? lot : what === 'one market' ? market : what)
    const total = scripts.reduce((sum, { gzipped }) => sum + gzipped, 0)
    const list = scripts.map(({ path, gzipped }) => `${gzipped} ${path}`).join('\n')
    expect(scripts.length).toBeGreaterThan(0)
    expect(total, `${total} bytes:\n${list}`).toBeLessThan(BUDGET)
    await page.context().close()
  })

  it('holds back what speaks to wallets until one is chosen', async () => {
    const { page, measured, scripts } = await look('/auctions')
    await connectAs(page, 0)
    const after = await measured()
    const more = after.reduce((sum, { gzipped }) => sum + gzipped, 0)
    const before = scripts.reduce((sum, { gzipped }) => sum + gzipped, 0)
    // The measure sees what a click loads, so it would have seen it before the click too.
    expect(more - before).toBeGreaterThan(20_000)
    // Nothing of Polkadot, for an Ethereum wallet either: what carries @polkadot names its packages.
    expect(after.filter(({ text }) => text.includes('@polkadot/')).map(({ path }) => path)).toEqual([])
    await page.context().close()
  })

  it('holds back what speaks to Polkadot until a link between accounts is checked', async () => {
    const { page, measured } = await look(`/portfolio?address=${zeroAddress}`)
    const carriers = async () => (await measured()).filter(({ text }) => text.includes('@polkadot/'))
    await page.getByRole('button', { name: 'Make or check a link' }).click()
    const file = page.getByLabel('Check a link')
    await file.waitFor()
    expect(await carriers()).toEqual([])
    // Of the right form, which is all that is looked at before.
    const signature = `0x${'11'.repeat(65)}`
    const link = {
      ...{ version: 1, ethereum: zeroAddress, polkadot: '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY' },
      ...{ issuedAt: 0, ethereumSignature: signature, polkadotSignature: signature },
    }
    await file.setInputFiles({
      ...{ name: 'link.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(link)) },
    })
    await page.locator('[data-link=broken]').waitFor()
    // The measure sees it once it is there, so it would have seen it before.
    expect((await carriers()).length).toBeGreaterThan(0)
    await page.context().close()
  })
})
