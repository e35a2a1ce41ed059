import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoAccount } from '../../app/_wallet/demoAccounts'
import { DEMO_PEOPLE } from './support/cast'
import { giveMoney } from './support/chainControl'
import { sharedHouse } from './support/house'
import { putUp, type PutUp } from './support/market'
import { openBrowser, openPage } from './support/openBrowser'
import { bid, openAs, untilDone } from './support/person'

const [PERSON] = DEMO_PEOPLE.keyboard
const house = sharedHouse()
let browser: Browser
let lot: PutUp

beforeAll(async () => {
  browser = await openBrowser()
  lot = await putUp(house, 'A lot for ten fingers')
  await giveMoney(house, demoAccount(PERSON).address)
})

afterAll(() => browser.close())

/** What has the focus, as it is called. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement
    if (!element || element === document.body) return ''
    const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : undefined
    return (label ?? element.getAttribute('aria-label') ?? element.textContent).trim()
  })

/** Presses Tab until something of that name has the focus, and looks whether it can be seen that it has. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  for (let press = 0; press < 150; press++) {
    await page.keyboard.press('Tab')
    const text = await focused(page)
    if (typeof name === 'string' ? text !== name : !name.test(text)) continue
    const outline = await page.evaluate(() => {
      const element = document.activeElement
      return element ? getComputedStyle(element).outlineStyle : 'none'
    })
    expect(outline, `the focus on ${String(name)} shows`).not.toBe('none')
    return
  }
  throw new Error(`Tab does not come to ${String(name)}.`)
}

/** Waits until the open dialog has put the focus on this button. */
const offered = (page: Page, name: string) => expect.poll(() => focused(page)).toBe(name)

describe('by keyboard alone', () => {
  it('a whole bid: from the catalogue to the sealed bid, and it withdrawn again', async () => {
    const { page, complaints } = await openPage(browser, house.web)
    const press = (key: string) => page.keyboard.press(key)
    await page.goto('/auctions')
    await tabTo(page, 'A lot for ten fingers')
    await press('Enter')
    await page.waitForURL(`**${lot.path}`)
    await page.getByRole('heading', { level: 1, name: 'A lot for ten fingers' }).waitFor()

    await tabTo(page, 'Connect a wallet to bid')
    await press('Enter')
    await page.locator('main').getByRole('button', { name: 'Demo wallet' }).waitFor()
    await tabTo(page, 'Demo wallet')
    await press('Enter')
    await page.getByRole('button', { name: 'Get demo DUSD' }).waitFor()

    await tabTo(page, 'Get demo DUSD')
    await press('Enter')
    await offered(page, 'Get it')
    await press('Enter')
    await untilDone(page)
    await press('Escape')
    await offered(page, 'Get demo DUSD')

    await tabTo(page, /^The most you can pay/)
    await page.keyboard.type('345')
    await press('Enter')
    await offered(page, 'Seal and send')
    await press('Enter')
    await untilDone(page)
    await tabTo(page, 'Close')
    await press('Enter')
    await page.getByText('345 DUSD', { exact: true }).waitFor()

    await tabTo(page, 'Withdraw')
    await press('Enter')
    await offered(page, 'Withdraw the bid')
    await press('Enter')
    await untilDone(page)
    await press('Escape')
    await page.getByRole('button', { name: 'Review your bid' }).waitFor()
    expect(complaints).toEqual([])
    await page.context().close()
  })
})

describe('motion', () => {
  /** Names of everything that moved by itself while a person placed a bid. */
  async function movesOf(reducedMotion: 'reduce' | 'no-preference'): Promise<string[]> {
    const { path } = await putUp(house, 'A lot that moves people')
    const { page } = await openAs(browser, house.web, PERSON, { reducedMotion })
    await page.addInitScript(() => {
      const seen = new Set<string>()
      ;(window as unknown as { moved: Set<string> }).moved = seen
      const look = () => {
        for (const each of document.getAnimations()) {
          seen.add(each instanceof CSSAnimation ? each.animationName : 'transition')
        }
        requestAnimationFrame(look)
      }
      look()
      // On a slow machine, one can be over before the next frame.
      document.addEventListener('animationstart', ({ animationName }) => seen.add(animationName))
      document.addEventListener('transitionrun', () => seen.add('transition'))
    })
    await page.goto(path)
    await bid(page, '300')
    const moved = await page.evaluate(() => [...(window as unknown as { moved: Set<string> }).moved])
    await page.context().close()
    return moved
  }

  it('explains sealing to those who like it', async () => {
    expect(await movesOf('no-preference')).toContain('seal-press')
  })

  it('is none at all for those who asked for none', async () => {
    expect(await movesOf('reduce')).toEqual([])
  })
})
