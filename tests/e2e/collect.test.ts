import { erc721Abi } from 'viem'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { demoAccount } from '../../app/_wallet/demoAccounts'
import { openEvmConnection } from '../../lib/chain/evm/connection'
import { readVaultBalance } from '../../lib/chain/reads'
import { announceWallet, type WalletManners } from './support/announceWallet'
import { skipTime } from './support/chainControl'
import { sharedHouse } from './support/house'
import { inspect } from './support/inspect'
import { bidAs, DOLLAR, putUp, type PutUp } from './support/market'
import { openBrowser, openPage } from './support/openBrowser'
import { pauseKeeper } from './support/pauseKeeper'
import { SOON, untilDone } from './support/person'

const MINUTE = 60_000
const house = sharedHouse()
let browser: Browser
let resumeKeeper: () => void = () => undefined
let clock: PutUp
let vase: PutUp

/** Two settled lots with nobody to pay out: each of two people wins one and loses the other. */
beforeAll(async () => {
  browser = await openBrowser()
  clock = await putUp(house, 'A clock to collect')
  vase = await putUp(house, 'A vase to collect')
  for (const [position, lot, price] of [
    [5, clock, 100],
    [6, clock, 150],
    [5, vase, 200],
    [6, vase, 120],
  ] as const) {
    await bidAs(house, position, lot, price)
  }
  await skipTime(house, 3_600)
  await reach('settled')
  resumeKeeper = pauseKeeper(house.stack)
  await skipTime(house, 60)
  await reach('final')
}, 6 * MINUTE)

afterAll(async () => {
  resumeKeeper()
  await browser.close()
}, MINUTE)

async function phaseOf(path: string): Promise<string> {
  const body = (await (await fetch(`${house.web}/api/v1${path}`)).json()) as { auction: { phase: string } }
  return body.auction.phase
}

/** Waits until both lots are in this phase. */
async function reach(phase: string): Promise<void> {
  for (const deadline = Date.now() + 2 * MINUTE; Date.now() < deadline;) {
    const phases = await Promise.all([clock, vase].map(({ path }) => phaseOf(path)))
    if (phases.every((each) => each === phase)) return
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  throw new Error(`The lots did not become ${phase}.`)
}

/** One's own portfolio, by the wallet that this browser announces. */
async function ownPortfolio(position: number, manners: Partial<WalletManners> = {}): Promise<Page> {
  const { page } = await openPage(browser, house.web)
  await announceWallet(page, house.stack.urls.rpc, { account: demoAccount(position).address, declines: [], ...manners })
  await page.goto('/portfolio')
  await page.getByRole('button', { name: 'Test wallet' }).click()
  await page.waitForURL(/address=0x/, { timeout: SOON })
  await page.getByText('This is you.').waitFor({ timeout: SOON })
  return page
}

const collected = (page: Page) => page.getByRole('region', { name: 'Yours to collect' })
const asked = (page: Page, method: string) =>
  page.evaluate((wanted) => (window.walletAsked ?? []).filter((each) => each === wanted).length, method)

/** Agrees to the dialog. @returns what it said would happen. */
async function confirm(page: Page): Promise<string> {
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Collect' }).waitFor({ timeout: SOON })
  const preview = (await dialog.getByRole('listitem').allInnerTexts()).join('\n')
  await dialog.getByRole('button', { name: 'Collect' }).click()
  await untilDone(page)
  await dialog.getByRole('button', { name: 'Close' }).click()
  return preview
}

async function balanceOf(position: number): Promise<bigint> {
  const { deployment, urls } = house.stack
  const token = deployment.contracts.demoToken!
  return readVaultBalance(openEvmConnection(urls.rpc), deployment, token, demoAccount(position).address)
}

const ownerOf = ({ auction }: PutUp) =>
  house.client.readContract({
    address: auction.params.lotToken,
    abi: erc721Abi,
    functionName: 'ownerOf',
    args: [auction.params.lotTokenId],
  })

it(
  'others see what is to be collected, and no buttons',
  async () => {
    const { page } = await openPage(browser, house.web)
    await page.goto(`/portfolio?address=${demoAccount(5).address}`)
    await collected(page).getByText('A vase to collect').first().waitFor({ timeout: SOON })
    expect(await collected(page).getByRole('button').count()).toBe(0)
    await page.context().close()
  },
  MINUTE,
)

it(
  'all at once, in one confirmation, where the wallet does several calls together',
  async () => {
    const before = await balanceOf(5)
    const page = await ownPortfolio(5, { batches: true, tellsBatches: true })
    await collected(page).getByRole('button', { name: 'Collect all 3' }).waitFor({ timeout: SOON })
    expect(await inspect(page)).toEqual([])
    await collected(page).getByRole('button', { name: 'Collect all 3' }).click()
    const preview = await confirm(page)
    expect(preview).toContain('What you locked, less what you pay: 1,000 DUSD: A clock to collect.')
    expect(preview).toContain('What you locked, less what you pay: 880 DUSD: A vase to collect.')
    expect(preview).toContain('The lot you won: A vase to collect.')
    expect(await asked(page, 'wallet_sendCalls')).toBe(1)
    expect(await asked(page, 'eth_sendTransaction')).toBe(0)
    expect(await balanceOf(5)).toBe(before + 1_880n * DOLLAR)
    expect(await ownerOf(vase)).toBe(demoAccount(5).address)
    await collected(page).waitFor({ state: 'detached', timeout: SOON })
    await page.context().close()
  },
  3 * MINUTE,
)

it(
  'piece by piece, or one after the other, where it does not',
  async () => {
    const before = await balanceOf(6)
    const page = await ownPortfolio(6)
    await collected(page).getByRole('button', { name: 'Collect: The lot you won' }).click()
    await confirm(page)
    expect(await ownerOf(clock)).toBe(demoAccount(6).address)
    expect(await balanceOf(6)).toBe(before)
    expect(await asked(page, 'eth_sendTransaction')).toBe(1)
    await collected(page).getByRole('button', { name: 'Collect all 2' }).click({ timeout: SOON })
    await confirm(page)
    expect(await asked(page, 'eth_sendTransaction')).toBe(3)
    expect(await balanceOf(6)).toBe(before + 1_900n * DOLLAR)
    await collected(page).waitFor({ state: 'detached', timeout: SOON })
    await page.context().close()
  },
  3 * MINUTE,
)
