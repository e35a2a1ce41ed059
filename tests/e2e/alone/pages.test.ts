import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeDatabase, openDatabase } from '../../../lib/db/client'
import { startE2eStack, type E2eStack } from '../support/e2eStack'
import { openEveryPhase, type EveryPhase } from '../support/everyPhase'
import { inspect, inspectThemes } from '../support/inspect'
import { measureShift, readShift } from '../support/measureShift'
import { openBrowser, openPage } from '../support/openBrowser'

const MOST_SHIFT = 0.02
/** The seed's seller, and a bidder who won, lost and has bids standing. */
const SELLER = '0x90F79bf6EB2c4f870365E785982E1f101E93b906'
const BIDDER = '0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65'
const NOBODY = `0x${'ab'.repeat(20)}`
const UNKNOWN = `/auctions/0x${'ab'.repeat(32)}`

const WIDTHS = [1280, 360]
/** What Chromium says in the console of an answer 404, and nothing else. */
const NOT_FOUND = /^error: Failed to load resource: the server responded with a status of 404 \(Not Found\)$/

let house: E2eStack
let browser: Browser
let paths: EveryPhase
const cleanups: (() => unknown)[] = []

beforeAll(async () => {
  const [stack, chromium] = await Promise.allSettled([startE2eStack(), openBrowser()])
  if (stack.status === 'fulfilled') cleanups.push(stack.value.stop)
  if (chromium.status === 'fulfilled') cleanups.push(() => chromium.value.close())
  if (stack.status === 'rejected') throw stack.reason
  if (chromium.status === 'rejected') throw chromium.reason
  house = stack.value
  browser = chromium.value
})

afterAll(() => Promise.all(cleanups.map((cleanup) => cleanup())))

/** Goes there, waits until nothing is on its way, and says what is wrong with what it shows. */
async function visit(page: Page, path: string, look = inspect): Promise<string[]> {
  await page.goto(path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await expect.poll(() => page.locator('main .pulse').count()).toBe(0)
  return look(page)
}

/** What is wrong with each of these pages at this width: faults in either theme, movement, the browser's complaints. */
async function faultsOf(pages: readonly string[], width: number, allowed = /^$/): Promise<string[]> {
  const { page, complaints } = await openPage(browser, house.web, { viewport: { width, height: 800 } })
  await measureShift(page)
  const faults: string[] = []
  for (const path of pages) {
    faults.push(...(await visit(page, path, inspectThemes)).map((fault) => `${path}: ${fault}`))
    const shift = await readShift(page)
    if (shift >= MOST_SHIFT) faults.push(`${path}: moves by ${shift.toFixed(3)}`)
  }
  await page.context().close()
  return [...faults, ...complaints.filter((text) => !allowed.test(text))]
}

describe('before anything is for sale', () => {
  it.each(WIDTHS)('every page is sound in both themes: %i px', async (width) => {
    const empty = ['/', '/auctions', '/auctions?q=lantern', '/auctions/new', '/portfolio', '/network', '/audit']
    expect(await faultsOf([...empty, `/portfolio?address=${NOBODY}`], width)).toEqual([])
  })

  it('pages say so, and lead on', async () => {
    const { page } = await openPage(browser, house.web)
    await visit(page, '/auctions')
    await page.getByText('No auction is in this phase now.').waitFor()
    await visit(page, '/auctions?phase=all')
    await page.getByText('No auction yet.').waitFor()
    await visit(page, `/portfolio?address=${NOBODY}`)
    for (const text of ['Nothing is locked.', 'No bids yet.', 'Nothing offered yet.', 'Nothing has happened yet.']) {
      await page.getByText(text).waitFor()
    }
    await page.context().close()
  })
})

describe('with auctions in every phase', () => {
  beforeAll(async () => {
    const opened = await openEveryPhase(house.stack, house.web)
    paths = opened.paths
    cleanups.unshift(opened.resume)
  })

  it.each(WIDTHS)('every page is sound in every state and both themes: %i px', async (width) => {
    const lists = [
      '/',
      '/auctions',
      '/auctions?phase=all',
      '/auctions?phase=all&q=nothing-like-it',
      '/network',
      '/audit',
    ]
    const people = [`/portfolio?address=${SELLER}`, `/portfolio?address=${BIDDER}`, '/portfolio?address=0x12']
    expect(await faultsOf([...lists, ...people, ...Object.values(paths)], width)).toEqual([])
    // The browser itself reports the answers 404.
    expect(await faultsOf([UNKNOWN, '/nowhere'], width, NOT_FOUND)).toEqual([])
  })

  it('a lot says in words where it stands', async () => {
    const { page } = await openPage(browser, house.web)
    const says = async (name: keyof EveryPhase, ...texts: string[]) => {
      await visit(page, paths[name])
      const text = await page.locator('main').innerText()
      for (const expected of texts) expect(text, name).toContain(expected)
    }
    await says('open', 'Closes in', '3 sealed bids', 'You can bid', 'not even who is ahead')
    await says('closed', 'Must settle within', 'Wait for the outcome')
    await says('settled', 'Final in', 'Nothing is paid out before the challenge window is over', 'proofs published')
    await says('final', 'Sold to', '1.5 ETH', 'the winning bid itself', 'The others stay sealed for good')
    await says('unsold', 'Not sold: no bid reached the reserve.', 'they stay sealed for good')
    await says('voided', 'The auction is void: nothing was sold.', 'It closed without a standing bid.')
    await page.context().close()
  })

  it('the catalogue answers its address: search, filters, order, and back again', async () => {
    const { page } = await openPage(browser, house.web)
    const titles = () => page.locator('main article h2').allInnerTexts()
    await visit(page, '/auctions?phase=all')
    expect(await titles()).toHaveLength(6)
    await page.getByRole('searchbox').fill('orchard')
    await page.keyboard.press('Enter')
    await page.waitForURL('/auctions?phase=all&q=orchard')
    await expect.poll(titles).toEqual(['Orchard in October'])
    await page.goBack()
    await expect.poll(async () => (await titles()).length).toBe(6)
    await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('')
    await page.getByText('Narrow by rule').click()
    await page.locator('select[name="lot"]').selectOption('ERC20')
    await page.waitForURL(/lot=ERC20/)
    await expect.poll(titles).toEqual(['250 GRAIN'])
    await visit(page, `/auctions?phase=all&sort=bids&seller=${SELLER}`)
    expect((await titles()).at(-1)).toBe('Umbrella, slightly used')
    await visit(page, `/auctions?phase=all&seller=${NOBODY}`)
    await page.getByText('No lot matches.').waitFor()
    await page.context().close()
  })

  it('without scripts the catalogue still answers, and a lot can still be read', async () => {
    const { page } = await openPage(browser, house.web, { javaScriptEnabled: false })
    await page.goto('/auctions?phase=all')
    await page.getByRole('searchbox').fill('maps')
    await page.keyboard.press('Enter')
    await page.waitForURL(/q=maps/)
    await page.getByText('No lot matches.').waitFor()
    await page.getByRole('searchbox').fill('lantern')
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: 'Lantern without a flame' }).click()
    await page.getByText('0.88 ETH').first().waitFor()
    await page.getByText('UTC').first().waitFor()
    await page.context().close()
  })

  it('by keyboard alone: skip the frame, then straight into the lots', async () => {
    const { page } = await openPage(browser, house.web)
    await visit(page, '/auctions?phase=all')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true)
    for (let step = 0; step < 30; step++) {
      const title = await page.evaluate(() => document.activeElement?.closest('article')?.innerText)
      if (title) return page.context().close()
      await page.keyboard.press('Tab')
    }
    throw new Error('No lot within thirty steps.')
  })

  it('late: what is shown stays, a line says so, and goes when the answers come again', async () => {
    const { page } = await openPage(browser, house.web)
    await visit(page, paths.open)
    await page.route('**/api/v1/**', (route) => route.abort())
    await page.reload()
    await page.getByText('This page is late.').waitFor()
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Six etchings of the old town')
    expect(await inspect(page)).toEqual([])
    await page.unrouteAll()
    await page.getByText('This page is late.').waitFor({ state: 'detached' })
    await page.context().close()
  })

  it('nothing indexed: every page says what is late and what is safe, and shows itself when it can', async () => {
    const pid = house.stack.pids().indexer!
    const db = openDatabase(house.stack.urls.database)
    process.kill(pid, 'SIGSTOP')
    try {
      const [before] = await db.$queryRaw<[{ block_number: bigint }]>`SELECT block_number FROM sync_state`
      await db.$executeRaw`UPDATE sync_state SET block_number = NULL`
      const { page } = await openPage(browser, house.web)
      const all = ['/', '/auctions', paths.open, `/portfolio?address=${BIDDER}`, '/audit', '/network']
      for (const path of all) {
        expect(await visit(page, path), path).toEqual([])
        await page.getByText('Money and bids are on the chain and not affected').first().waitFor()
      }
      await db.$executeRaw`UPDATE sync_state SET block_number = ${before.block_number}`
      await page.getByRole('heading', { name: 'Contracts' }).waitFor()
      await page.context().close()
    } finally {
      process.kill(pid, 'SIGCONT')
      await closeDatabase(db)
    }
  })

  // Last: the database is not what it was for a while.
  it('an error that nobody foresaw: every page says what is safe, and shows itself again on demand', async () => {
    const db = openDatabase(house.stack.urls.database)
    const { page } = await openPage(browser, house.web)
    try {
      for (const path of ['/', '/auctions', paths.open, `/portfolio?address=${BIDDER}`, '/audit', '/network']) {
        await db.$executeRaw`ALTER TABLE sync_state RENAME TO sync_state_elsewhere`
        await page.goto(path)
        await page.getByText('This page failed to show.').waitFor()
        await page.getByText('Your money and your bids are on the chain and not affected.').waitFor()
        expect(await inspect(page), path).toEqual([])
        await db.$executeRaw`ALTER TABLE sync_state_elsewhere RENAME TO sync_state`
        await page.getByRole('button', { name: 'Try again' }).click()
        await page.getByText('This page failed to show.').waitFor({ state: 'detached' })
        await expect.poll(() => page.getByRole('heading', { level: 1 }).count(), { message: path }).toBe(1)
      }
    } finally {
      await db.$executeRaw`ALTER TABLE IF EXISTS sync_state_elsewhere RENAME TO sync_state`
      await closeDatabase(db)
      await page.context().close()
    }
  })
})
