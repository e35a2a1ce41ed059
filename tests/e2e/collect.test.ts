import { erc721Abi } from 'viem'
import type { HDAccount } from 'viem/accounts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openEvmConnection } from '../../lib/chain/evm/connection'
import { readVaultBalance } from '../../lib/chain/reads'
import { announceWallet, type WalletManners } from './support/announceWallet'
import { auctionListResponseSchema, type Phase } from '../../app/api/v1/_schemas/auction'
import { askApi } from './support/askApi'
import { strangerOf } from './support/cast'
import { skipTime } from './support/chainControl'
import { sharedHouse } from './support/house'
import { inspect } from './support/inspect'
import { bidAs, DOLLAR, putUp, type PutUp } from './support/market'
import { openBrowser, openPage } from './support/openBrowser'
import { pauseKeeper } from './support/pauseKeeper'
import { untilDone } from './support/person'
import { until } from './support/until'

const HOUR = 3_600
const ADA = strangerOf('collect', 0)
const BELA = strangerOf('collect', 1)
const house = sharedHouse()
let browser: Browser
let resumeKeeper: () => void = () => undefined
let clock: PutUp
let vase: PutUp

/** Two settled lots with nobody to pay out: each of two people wins one and loses the other. */
beforeAll(async () => {
  browser = await openBrowser()
  clock = await putUp(house, 'A clock to collect', { closesIn: HOUR })
  vase = await putUp(house, 'A vase to collect', { closesIn: HOUR })
  for (const [bidder, lot, price] of [
    [ADA, clock, 100],
    [BELA, clock, 150],
    [ADA, vase, 200],
    [BELA, vase, 120],
  ] as const) {
    await bidAs(house, bidder, lot, price)
  }
  await skipTime(house, HOUR)
  await reach('settled')
  resumeKeeper = pauseKeeper(house.stack)
  await skipTime(house, HOUR)
  await reach('final')
})

afterAll(async () => {
  resumeKeeper()
  await browser.close()
})

/** Waits until both lots are in this phase. */
async function reach(phase: Phase): Promise<void> {
  const both = async () => {
    const { auctions } = await askApi(house.web, '/auctions?limit=100', auctionListResponseSchema)
    const lots = auctions.filter(({ id }) => id === clock.auction.id || id === vase.auction.id)
    return lots.length === 2 && lots.every((lot) => lot.phase === phase) ? lots : undefined
  }
  await until(`pair of lots that are ${phase}`, both)
}

/** One's own portfolio, by the wallet that this browser announces. */
async function ownPortfolio({ address }: HDAccount, manners: Partial<WalletManners> = {}): Promise<Page> {
  const { page } = await openPage(browser, house.web)
  await announceWallet(page, house.stack.urls.rpc, { account: address, declines: [], ...manners })
  await page.goto('/portfolio')
  await page.getByRole('button', { name: 'Test wallet' }).click()
  await page.waitForURL(/address=0x/)
  await page.getByText('This is you.').waitFor()
  return page
}

const collected = (page: Page) => page.getByRole('region', { name: 'Yours to collect' })
const asked = (page: Page, method: string) =>
  page.evaluate((wanted) => (window.walletAsked ?? []).filter((each) => each === wanted).length, method)

/** Agrees to the dialog. @returns what it said would happen. */
async function confirm(page: Page): Promise<string> {
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Collect' }).waitFor()
  const preview = (await dialog.getByRole('listitem').allInnerTexts()).join('\n')
  await dialog.getByRole('button', { name: 'Collect' }).click()
  await untilDone(page)
  await dialog.getByRole('button', { name: 'Close' }).click()
  return preview
}

async function balanceOf({ address }: HDAccount): Promise<bigint> {
  const { deployment, urls } = house.stack
  const token = deployment.contracts.demoToken!
  return readVaultBalance(openEvmConnection(urls.rpc), deployment, token, address)
}

const ownerOf = ({ auction }: PutUp) =>
  house.client.readContract({
    address: auction.params.lotToken,
    abi: erc721Abi,
    functionName: 'ownerOf',
    args: [auction.params.lotTokenId],
  })

it('others see what is to be collected, and no buttons', async () => {
  const { page } = await openPage(browser, house.web)
  await page.goto(`/portfolio?address=${ADA.address}`)
  await collected(page).getByText('A vase to collect').first().waitFor()
  expect(await collected(page).getByRole('button').count()).toBe(0)
  await page.context().close()
})

it('all at once, in one confirmation, where the wallet does several calls together', async () => {
  const before = await balanceOf(ADA)
  const page = await ownPortfolio(ADA, { batches: true, tellsBatches: true })
  await collected(page).getByRole('button', { name: 'Collect all 3' }).waitFor()
  expect(await inspect(page)).toEqual([])
  await collected(page).getByRole('button', { name: 'Collect all 3' }).click()
  const preview = await confirm(page)
  expect(preview).toContain('What you locked, less what you pay: 1,000 DUSD: A clock to collect.')
  expect(preview).toContain('What you locked, less what you pay: 880 DUSD: A vase to collect.')
  expect(preview).toContain('The lot you won: A vase to collect.')
  expect(await asked(page, 'wallet_sendCalls')).toBe(1)
  expect(await asked(page, 'eth_sendTransaction')).toBe(0)
  expect(await balanceOf(ADA)).toBe(before + 1_880n * DOLLAR)
  expect(await ownerOf(vase)).toBe(ADA.address)
  await collected(page).waitFor({ state: 'detached' })
  await page.context().close()
})

it('piece by piece, or one after the other, where it does not', async () => {
  const before = await balanceOf(BELA)
  const page = await ownPortfolio(BELA)
  await collected(page).getByRole('button', { name: 'Collect: The lot you won' }).click()
  await confirm(page)
  expect(await ownerOf(clock)).toBe(BELA.address)
  expect(await balanceOf(BELA)).toBe(before)
  expect(await asked(page, 'eth_sendTransaction')).toBe(1)
  await collected(page).getByRole('button', { name: 'Collect all 2' }).click()
  await confirm(page)
  expect(await asked(page, 'eth_sendTransaction')).toBe(3)
  expect(await balanceOf(BELA)).toBe(before + 1_900n * DOLLAR)
  await collected(page).waitFor({ state: 'detached' })
  await page.context().close()
})
