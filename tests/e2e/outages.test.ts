import { spawnSync } from 'node:child_process'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEMO_PEOPLE, strangerOf } from './support/cast'
import { skipTime } from './support/chainControl'
import { sharedHouse } from './support/house'
import { inspect } from './support/inspect'
import { putUp, type PutUp } from './support/market'
import { openBrowser } from './support/openBrowser'
import { agree, bid, getDemoMoney, openAs, untilDone } from './support/person'
import { behave, comeWithWallet, controls, sealAndSend } from './support/stranger'

const HOUR = 3_600
const [ADA, BELA, CLEO] = DEMO_PEOPLE.outages
const person = (position: number) => strangerOf('outages', position).address
const house = sharedHouse()
let browser: Browser
let lot: PutUp

beforeAll(async () => {
  browser = await openBrowser()
  lot = await putUp(house, 'A lot in an outage')
})

afterAll(() => browser.close())

const dialogOf = (page: Page) => page.getByRole('dialog')

/** Stops a part of the stack in its tracks. @returns lets it go on. */
function freeze(part: string): () => void {
  const pid = house.stack.pids()[part]
  if (pid === undefined) throw new Error(`There is no ${part} to stop.`)
  // The database does its work in children, one a connection.
  const children = spawnSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
    .stdout.trim()
    .split('\n')
  const all = [pid, ...children.filter(Boolean).map(Number)]
  for (const each of all) process.kill(each, 'SIGSTOP')
  return () => all.forEach((each) => process.kill(each, 'SIGCONT'))
}

async function demoPersonOn(path: string, position: number): Promise<Page> {
  const { page } = await openAs(browser, house.web, position)
  await page.goto(path)
  await page.getByRole('button', { name: /Review your bid|Replace/ }).waitFor()
  return page
}

describe('while something is down', () => {
  it('the chain: what is known stays, the page says what is safe, and a bid is not sent', async () => {
    const page = await demoPersonOn(lot.path, ADA)
    await getDemoMoney(page)
    await bid(page, '300')
    await page.getByText('300 DUSD', { exact: true }).waitFor()
    await page.route(`${house.stack.urls.rpc}/**`, (route) => route.abort())
    await page.getByText('The chain does not answer now').waitFor()
    await page.getByText('Nothing is lost: this page keeps trying').waitFor()
    await page.getByText('Your bid is sealed and counted').first().waitFor()
    expect(await inspect(page)).toEqual([])
    await page.getByRole('button', { name: 'Withdraw', exact: true }).click()
    await dialogOf(page).getByRole('button', { name: 'Withdraw the bid' }).click()
    await dialogOf(page).getByText('The chain’s node does not answer.').waitFor()
    await dialogOf(page).getByRole('button', { name: 'Close' }).click()
    await page.unrouteAll()
    await page.getByText('The chain does not answer now').waitFor({ state: 'detached' })
    await page.context().close()
  })

  it('the database: one’s own bid is read from the chain all the same', async () => {
    const page = await demoPersonOn(lot.path, ADA)
    const resume = freeze('postgres')
    try {
      await page.getByText('This page is late').waitFor()
      await page.getByText('Money and bids are on the chain and not affected').waitFor()
      await page.getByRole('button', { name: 'Show my bid' }).click()
      await page.getByText('300 DUSD', { exact: true }).waitFor()
    } finally {
      resume()
    }
    await page.getByText('This page is late').waitFor({ state: 'detached' })
    await page.context().close()
  })

  it('the enclave: bids are sealed and sent all the same, as only its key on the chain is needed', async () => {
    const resume = freeze('enclave')
    try {
      const page = await demoPersonOn(lot.path, BELA)
      await getDemoMoney(page)
      await bid(page, '310')
      await page.getByText('310 DUSD', { exact: true }).waitFor()
      await page.context().close()
    } finally {
      resume()
    }
  })
})

describe('while the chain goes another way', () => {
  it('a bid whose block is undone is no longer called counted', async () => {
    const page = await demoPersonOn(lot.path, CLEO)
    await getDemoMoney(page)
    const chain = controls(house)
    const snapshot = await house.client.getBlockNumber({ cacheTime: 0 })
    await page.getByLabel('The most you can pay').fill('320')
    await page.getByRole('button', { name: 'Review your bid' }).click()
    await agree(page, 'Seal and send')
    await page.getByText('Your bid is sealed and counted').first().waitFor()
    const depth = Number((await house.client.getBlockNumber({ cacheTime: 0 })) - snapshot)
    await chain.request<{ Method: 'anvil_reorg'; Parameters: [number, unknown[]]; ReturnType: null }>({
      method: 'anvil_reorg',
      params: [depth, []],
    })
    await page.getByRole('button', { name: 'Review your bid' }).waitFor()
    await page.getByText('A sealed bid is saved here that is not on the chain.').waitFor()
    await page.context().close()
  })
})

describe('while a person is at it', () => {
  it('the account is switched in the wallet half way: nothing is sent for either', async () => {
    const { page } = await comeWithWallet(browser, house, lot.path, person(0))
    await getDemoMoney(page)
    await page.getByLabel('The most you can pay').fill('330')
    await page.getByRole('button', { name: 'Review your bid' }).click()
    await dialogOf(page).getByRole('button', { name: 'Seal and send' }).waitFor()
    await behave(page, { account: person(1) })
    await page.evaluate((account) => window.walletSays('accountsChanged', [account]), person(1))
    await dialogOf(page).getByRole('button', { name: 'Seal and send' }).click()
    await dialogOf(page).getByText('The wallet changed its account').waitFor()
    await dialogOf(page).getByText('No money moved.').waitFor()
    expect(await page.evaluate(() => window.walletAsked)).not.toContain('eth_signTypedData_v4')
    await page.context().close()
  })

  it('a signature is refused: nothing is sealed, and it can be tried again', async () => {
    const { page } = await comeWithWallet(browser, house, lot.path, person(2), { declines: ['eth_signTypedData_v4'] })
    await getDemoMoney(page)
    await sealAndSend(page, '350')
    await dialogOf(page).getByText('The request was declined in the wallet.').waitFor()
    expect(await inspect(page)).toEqual([])
    await dialogOf(page).getByRole('button', { name: 'Close' }).click()
    await behave(page, { declines: [] })
    await sealAndSend(page, '350')
    await untilDone(page)
    await page.context().close()
  })

  it('the keyboard alone is enough, and the focus comes back to where it was', async () => {
    const { page } = await openAs(browser, house.web, CLEO)
    await page.goto(lot.path)
    const mint = page.getByRole('button', { name: 'Get demo DUSD' })
    await mint.waitFor()
    await mint.focus()
    await page.keyboard.press('Enter')
    await dialogOf(page).getByRole('button', { name: 'Get it' }).waitFor()
    // Nothing behind an open dialog can be reached.
    for (let press = 0; press < 6; press++) {
      await page.keyboard.press('Tab')
      const outside = await page.evaluate(
        () => document.activeElement !== document.body && !document.activeElement?.closest('dialog'),
      )
      expect(outside).toBe(false)
    }
    await page.keyboard.press('Escape')
    await dialogOf(page).waitFor({ state: 'hidden' })
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Get demo DUSD')
    await page.context().close()
  })

  it('the auction closes while he types, and nobody settles it: the page says what is safe and what comes next', async () => {
    const short = await putUp(house, 'A lot that closes soon', { closesIn: HOUR, settleWithin: HOUR })
    const resume = freeze('enclave')
    // It would declare the auction void before the person can.
    const resumeKeeper = freeze('keeper')
    try {
      const page = await demoPersonOn(short.path, BELA)
      await page.getByLabel('The most you can pay').fill('37')
      await skipTime(house, HOUR)
      await page.getByText('The auction closed while you were typing.').waitFor()
      await page.getByText('Your bid was not sent, and nothing of yours is locked.').waitFor()
      await skipTime(house, HOUR + 60)
      await page.getByRole('button', { name: 'Declare void' }).waitFor()
      expect(await inspect(page)).toEqual([])
      await page.context().close()
    } finally {
      resumeKeeper()
      resume()
    }
  })
})
