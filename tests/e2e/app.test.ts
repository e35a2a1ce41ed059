import { erc20Abi, erc721Abi, getAddress } from 'viem'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoAccount } from '../../app/_wallet/demoAccounts'
import { askCounts } from './support/askApi'
import { DEMO_PEOPLE } from './support/cast'
import { sharedHouse } from './support/house'
import { inspectThemes } from './support/inspect'
import { skipTime } from './support/chainControl'
import { amountsIn } from './support/leaks'
import { openAuction } from './support/openAuction'
import { openBrowser, type WatchedPage } from './support/openBrowser'
import { pauseKeeper } from './support/pauseKeeper'
import { agree, bid, getDemoMoney, openAs } from './support/person'

const HOUR = 3_600
const DUSD = 1_000_000n
const [SELLER, ADA, BELA, CLEO] = DEMO_PEOPLE.app
const TITLE = 'Study in paper and ink'

const house = sharedHouse()
let browser: Browser
let lot = ''
let lotTokenId = 0n
/** What the contract held for others before anyone here came. */
let heldBefore = 0n
let resumeKeeper: () => void = () => undefined
const people = new Map<string, WatchedPage>()

beforeAll(async () => {
  browser = await openBrowser()
  heldBefore = await heldByContract()
})

afterAll(async () => {
  resumeKeeper()
  await browser.close()
})

function pageOf(name: string): Page {
  const person = people.get(name)
  if (!person) throw new Error(`${name} has not come in yet`)
  return person.page
}

async function comeIn(name: string, position: number): Promise<Page> {
  const person = await openAs(browser, house.web, position)
  people.set(name, person)
  return person.page
}

/** Base units of demo money in a person's wallet. */
function moneyOf(position: number): Promise<bigint> {
  const address = house.stack.deployment.contracts.demoToken!
  const args = [demoAccount(position).address] as const
  return house.client.readContract({ address, abi: erc20Abi, functionName: 'balanceOf', args })
}

function heldByContract(): Promise<bigint> {
  const { demoToken, auctions } = house.stack.deployment.contracts
  return house.client.readContract({
    ...{ address: demoToken!, abi: erc20Abi, functionName: 'balanceOf', args: [auctions] as const },
  })
}

function lotContract(): string {
  return getAddress(house.stack.deployment.contracts.demoLots!)
}

async function claim(page: Page, button: string, confirm = button): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).click()
  await agree(page, confirm)
}

/** Lines that an element's text takes. Runs in the page. */
function countLines(element: Element): number {
  const range = document.createRange()
  range.selectNodeContents(element)
  return range.getClientRects().length
}

describe('from a sealed bid to a settled lot', () => {
  it('a seller opens an auction', async () => {
    const page = await comeIn('seller', SELLER)
    lot = await openAuction(page, { title: TITLE, reserve: '50', minutes: 240 })
    const address = house.stack.deployment.contracts.demoLots!
    lotTokenId =
      (await house.client.readContract({
        address,
        abi: [
          {
            type: 'function',
            name: 'nextTokenId',
            inputs: [],
            outputs: [{ type: 'uint256' }],
            stateMutability: 'view',
          },
        ],
        functionName: 'nextTokenId',
      })) - 1n
    await page.getByText('Open', { exact: true }).waitFor()
  })

  it('three bidders seal their bids, each visible to its owner alone', async () => {
    for (const [name, position, amount] of [
      ['ada', ADA, '300'],
      ['bela', BELA, '500'],
      ['cleo', CLEO, '400'],
    ] as const) {
      const page = await comeIn(name, position)
      await page.goto(lot)
      const terms = page.getByRole('region', { name: 'Terms' })
      await terms.getByText(`piece number ${lotTokenId}, of the ERC-721 contract`).waitFor()
      expect(await terms.getByLabel(/^Copy lot contract/).getAttribute('title')).toBe(lotContract())
      await getDemoMoney(page)
      const preview = await bid(page, amount)
      expect(preview).toContain('Lock 1,000 DUSD')
      expect(preview).toContain(`piece number ${lotTokenId} of the token contract ${lotContract()}`)
      expect(preview).toContain(`at most ${amount} DUSD`)
      await page.getByText('Your bid is sealed and counted').first().waitFor()
      await page.getByText(`${amount} DUSD`, { exact: true }).waitFor()
    }
    const seller = pageOf('seller')
    await seller.getByText('3 sealed bids').waitFor()
    const others = amountsIn(await seller.locator('main').innerText(), 'DUSD')
    for (const amount of ['300', '500', '400']) expect(others).not.toContain(amount)
    expect(others).toContain('1000')
  })

  it('a bidder replaces his bid, and double clicks send one', async () => {
    const page = pageOf('cleo')
    await page.getByRole('button', { name: 'Replace', exact: true }).click()
    await bid(page, '450')
    await page.getByText('450 DUSD', { exact: true }).waitFor()
    await page.getByText('3 sealed bids').waitFor()
    // Three bids, a cancellation and the bid in its place.
    await expect.poll(() => askCounts(house.web, lot)).toMatchObject({ leaves: 5, live: 3 })
  })

  it('another device reads the bid again from wallet and chain alone', async () => {
    const { page, complaints } = await openAs(browser, house.web, BELA)
    await page.goto(lot)
    await page.getByRole('button', { name: 'Show my bid' }).click()
    await page.getByText('500 DUSD', { exact: true }).waitFor()
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('the enclave settles after the close, at the second price', async () => {
    const page = pageOf('bela')
    await skipTime(house, 4 * HOUR)
    await page.getByText('Settled', { exact: true }).waitFor()
    resumeKeeper = pauseKeeper(house.stack)
    const result = page.getByRole('region', { name: 'Result' })
    await result.getByText('proofs published').waitFor()
    for (const words of ['Sold to you for 450 DUSD', 'the second bid, 450 DUSD']) {
      await expect.poll(() => result.innerText()).toContain(words)
    }
    await page.getByText('Simulated enclave: no hardware protection').waitFor()
    await page.getByRole('region', { name: 'Terms' }).getByText('simulated enclave').waitFor()
    // Who lost is told so, with the way to the proof; who won is not.
    const fate = 'Your bid was counted, and did not win.'
    for (const name of ['ada', 'cleo']) await pageOf(name).getByText(fate).waitFor()
    expect(await page.getByText(fate).count()).toBe(0)
    const proof = pageOf('ada').getByRole('link', { name: 'Check it in your browser' })
    expect(await proof.getAttribute('href')).toBe(lot.replace('auctions', 'audit'))
    // The losing bid stays sealed: nobody's page but its owner's says it.
    for (const name of ['seller', 'bela', 'cleo']) {
      expect(amountsIn(await pageOf(name).locator('main').innerText(), 'DUSD')).not.toContain('300')
    }
  })

  it('winner, losers and seller collect what is theirs, with no keeper', async () => {
    await skipTime(house, HOUR)
    const before = await Promise.all([ADA, BELA, CLEO, SELLER].map(moneyOf))
    for (const name of ['ada', 'bela', 'cleo']) {
      const page = pageOf(name)
      await page.getByText('Final', { exact: true }).waitFor()
      await claim(page, 'Claim')
      if (name === 'bela') await claim(page, 'Claim the lot')
      await claim(page, 'Withdraw')
    }
    await claim(pageOf('seller'), 'Claim proceeds')
    await claim(pageOf('seller'), 'Withdraw')

    const after = await Promise.all([ADA, BELA, CLEO, SELLER].map(moneyOf))
    const gained = after.map((amount, index) => (amount - before[index]!) / DUSD)
    expect(gained).toEqual([1000n, 550n, 1000n, 450n])
    const { demoLots } = house.stack.deployment.contracts
    const owner = { address: demoLots!, abi: erc721Abi, functionName: 'ownerOf', args: [lotTokenId] } as const
    expect(await house.client.readContract(owner)).toBe(demoAccount(BELA).address)
    expect(await heldByContract()).toBe(heldBefore)
    resumeKeeper()
  })

  it('no browser complained: no console error, no refusal by the content security policy', () => {
    const complaints = [...people].flatMap(([name, person]) => person.complaints.map((text) => `${name}: ${text}`))
    expect(people.size).toBe(4)
    expect(complaints).toEqual([])
  })
})

describe('the built server', () => {
  it.each(['/', '/nowhere', '/api/v1/status', '/_next/staticfoo', '/_next/static', '/_next/image/x', '/_next/data/x'])(
    'sends %s with the strict policy',
    async (path) => {
      const { headers } = await fetch(house.web + path)
      expect(headers.get('content-security-policy')).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic'/)
      expect(headers.get('x-frame-options')).toBe('DENY')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
    },
  )

  it('sends scripts with the policy of workers, which talk to nobody', async () => {
    const [script] = /\/_next\/static\/[^"]+\.js/.exec(await (await fetch(house.web)).text()) ?? []
    for (const path of [script!, '/_next/static/nowhere.js']) {
      const { headers } = await fetch(house.web + path)
      expect(headers.get('content-security-policy')).toContain(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'none'",
      )
      expect(headers.get('x-frame-options')).toBe('DENY')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
    }
  })
})

describe('every page, with a wallet', () => {
  it.each([1280, 360])('is accessible in both themes, and fits at %i px', async (width) => {
    const { page, complaints } = await openAs(browser, house.web, BELA, { viewport: { width, height: 800 } })
    for (const path of ['/', '/auctions', lot, '/auctions/new', '/portfolio', '/network']) {
      await page.goto(path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await expect.poll(() => page.locator('main .pulse').count()).toBe(0)
      // No word of the table is so cramped that it breaks.
      for (const cell of await page.locator('td', { hasText: /^Everyone$/ }).all()) {
        expect(await cell.evaluate(countLines), `lines of a word at ${width} px`).toBe(1)
      }
      expect(await inspectThemes(page), `${path} at ${width} px`).toEqual([])
    }
    expect(complaints).toEqual([])
    await page.context().close()
  })
})
