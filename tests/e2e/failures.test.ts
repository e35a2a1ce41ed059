import { parseAbi } from 'viem'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoAccount } from '../../app/_wallet/demoAccounts'
import { announceWallet } from './support/announceWallet'
import { sharedHouse } from './support/house'
import { inspect } from './support/inspect'
import { openAuction } from './support/openAuction'
import { openBrowser } from './support/openBrowser'
import { openAs, SOON, untilDone } from './support/person'
import { giveMoney, sendAs, waitingOf, withoutBlocks } from './support/chainControl'
import { behave, choose, comeWithWallet, controls, sealAndSend } from './support/stranger'

const MINUTE = 60_000
const house = sharedHouse()
let browser: Browser
let lot = ''

beforeAll(async () => {
  browser = await openBrowser()
  const { page } = await openAs(browser, house.web, 9)
  lot = await openAuction(page, { title: 'A lot in bad weather', reserve: '50', minutes: 90 })
  await page.context().close()
  for (let position = 0; position < 9; position++) await giveMoney(house, position)
}, 6 * MINUTE)

afterAll(() => browser.close(), MINUTE)

const dialogOf = (page: Page) => page.getByRole('dialog')
const asked = (page: Page) => page.evaluate(() => window.walletAsked ?? [])

/** What makes a node put a transaction in another's place. */
const MORE = { maxFeePerGas: '0x12a05f2000', maxPriorityFeePerGas: '0x12a05f2000' } as const

describe('a page that is closed in the middle', () => {
  it(
    'while the wallet asks: says that nothing was sent, and forgets it on demand',
    async () => {
      const { page } = await comeWithWallet(browser, house, lot, 0, { ignores: ['eth_sendTransaction'] })
      await sealAndSend(page, '300')
      await dialogOf(page).getByText('Waiting for your wallet').waitFor({ timeout: SOON })
      await expect.poll(() => asked(page), { timeout: SOON }).toContain('eth_sendTransaction')
      await page.reload()
      await page.getByText('You left while the wallet was asking').waitFor({ timeout: SOON })
      await page.getByText('Nothing was sent, as far as the chain shows').waitFor()
      expect(await inspect(page)).toEqual([])
      await page.getByRole('button', { name: /Dismiss|Stop looking/ }).click()
      await page.reload()
      await page.getByRole('heading', { level: 1 }).waitFor({ timeout: SOON })
      expect(await page.evaluate(() => localStorage.getItem('subrosa.journal.v2'))).toBeNull()
      await page.context().close()
    },
    2 * MINUTE,
  )

  it(
    'after sending: says which place the bid has, from the chain alone',
    async () => {
      const { page } = await comeWithWallet(browser, house, lot, 1)
      await withoutBlocks(house, async () => {
        await sealAndSend(page, '310')
        await dialogOf(page).getByText('waiting for a block').waitFor({ timeout: SOON })
        const { hash } = await waitingOf(house, 1)
        // What a page leaves behind: where the job stands, and nothing that reads the bid.
        const journal = await page.evaluate(() => localStorage.getItem('subrosa.journal.v2'))
        expect(journal).toContain(hash)
        expect(journal).not.toMatch(/secret|price|310/)
        await page.reload()
        await page.getByText('Sent: waiting for a block').waitFor({ timeout: SOON })
      })
      await page.getByText(/Your bid is counted: #\d+/).waitFor({ timeout: SOON })
      await page.context().close()
    },
    2 * MINUTE,
  )
})

describe('a transaction that does not go its way', () => {
  it(
    'sped up in the wallet: the bid is found under its new hash',
    async () => {
      const { page } = await comeWithWallet(browser, house, lot, 2)
      await withoutBlocks(house, async () => {
        await sealAndSend(page, '320')
        await dialogOf(page).getByText('waiting for a block').waitFor({ timeout: SOON })
        const { nonce, to, data } = await waitingOf(house, 2)
        // The same account’s other device: same place, same call, a higher fee.
        await sendAs(house, 2, { to, data, nonce, ...MORE })
      })
      await untilDone(page)
      await dialogOf(page).getByRole('button', { name: 'Close' }).click()
      await page.getByText('Your bid is sealed and counted').first().waitFor({ timeout: SOON })
      await page.context().close()
    },
    2 * MINUTE,
  )

  it(
    'cancelled in the wallet: the page says that it will never happen',
    async () => {
      const { page } = await comeWithWallet(browser, house, lot, 3)
      await withoutBlocks(house, async () => {
        await sealAndSend(page, '330')
        await dialogOf(page).getByText('waiting for a block').waitFor({ timeout: SOON })
        const { nonce } = await waitingOf(house, 3)
        await sendAs(house, 3, { to: demoAccount(3).address, nonce, ...MORE })
      })
      await dialogOf(page).getByText('Replaced in your wallet').waitFor({ timeout: MINUTE })
      expect(await inspect(page)).toEqual([])
      await page.context().close()
    },
    2 * MINUTE,
  )

  it(
    'dropped by the network: the spinner ends, and nothing is locked',
    async () => {
      const { page } = await comeWithWallet(browser, house, lot, 4)
      await withoutBlocks(house, async () => {
        await sealAndSend(page, '340')
        await dialogOf(page).getByText('waiting for a block').waitFor({ timeout: SOON })
        const { hash } = await waitingOf(house, 4)
        // Known to the page first: what nobody saw cannot be missed.
        await page.waitForTimeout(4_000)
        await controls(house).dropTransaction({ hash })
        await dialogOf(page).getByText('Dropped by the network').waitFor({ timeout: MINUTE })
      })
      await dialogOf(page).getByRole('button', { name: 'Stop waiting' }).click()
      await dialogOf(page).getByText('The network has forgotten the transaction').waitFor({ timeout: SOON })
      await dialogOf(page).getByText('No money moved.').waitFor()
      await page.context().close()
    },
    2 * MINUTE,
  )
})

describe('smart accounts and permissions', () => {
  it(
    'one that answers with no hash: the contract’s own event tells',
    async () => {
      const { page } = await comeWithWallet(browser, house, lot, 5, { hidesHash: true })
      await sealAndSend(page, '350')
      await untilDone(page)
      await page.context().close()
    },
    2 * MINUTE,
  )

  it(
    'one that batches: permission and bid in one confirmation',
    async () => {
      const { page } = await comeWithWallet(browser, house, lot, 6, { batches: true })
      const preview = await sealAndSend(page, '360')
      expect(preview).toContain('in the same confirmation as the bid')
      await untilDone(page)
      const methods = await asked(page)
      expect(methods.filter((method) => method === 'wallet_sendCalls')).toHaveLength(1)
      expect(methods).not.toContain('eth_sendTransaction')
      await page.context().close()
    },
    2 * MINUTE,
  )

  it(
    'a permit: one transaction, and no approval left behind',
    async () => {
      const { page } = await comeWithWallet(browser, house, lot, 7)
      const preview = await sealAndSend(page, '370')
      expect(preview).toContain('Sign, at no cost, that the auction contract may take 1,000 DUSD, and no more')
      await untilDone(page)
      expect((await asked(page)).filter((method) => method === 'eth_sendTransaction')).toHaveLength(1)
      await page.context().close()
    },
    2 * MINUTE,
  )

  it(
    'an approval, where the wallet’s signature is no permit: two transactions, for the exact amount',
    async () => {
      const { page } = await comeWithWallet(browser, house, lot, 8, { signsDifferently: true })
      await sealAndSend(page, '380')
      const dialog = dialogOf(page)
      await dialog.getByRole('button', { name: 'Download receipt' }).click()
      await dialog.getByRole('button', { name: 'I have it: go on' }).click()
      await untilDone(page)
      expect((await asked(page)).filter((method) => method === 'eth_sendTransaction')).toHaveLength(2)
      const { demoToken, auctions } = house.stack.deployment.contracts
      const left = await house.client.readContract({
        address: demoToken!,
        abi: parseAbi(['function allowance(address owner, address spender) view returns (uint256)']),
        functionName: 'allowance',
        args: [demoAccount(8).address, auctions],
      })
      expect(left).toBe(0n)
      await page.context().close()
    },
    2 * MINUTE,
  )
})

describe('the wallet elsewhere', () => {
  it(
    'on another chain: says so, asks it to switch, and puts its refusal into words',
    async () => {
      const { page } = await comeWithWallet(browser, house, lot, 0, { chainId: 1, staysOnChain: true })
      const notice = page.locator('main').getByText('Test wallet is on chain 1')
      await notice.waitFor({ timeout: SOON })
      await page.locator('main').getByRole('button', { name: 'Switch to chain 31337' }).click()
      await page.getByText('The wallet did not switch').waitFor({ timeout: SOON })
      expect(await inspect(page)).toEqual([])
      await behave(page, { staysOnChain: false })
      await page.locator('main').getByRole('button', { name: 'Switch to chain 31337' }).click()
      await notice.waitFor({ state: 'detached', timeout: SOON })
      await page.context().close()
    },
    2 * MINUTE,
  )

  it(
    'in two tabs at once: the second is told, and sends nothing',
    async () => {
      const first = await comeWithWallet(browser, house, lot, 0, { ignores: ['eth_sendTransaction'] })
      await sealAndSend(first.page, '300')
      await dialogOf(first.page).getByText('Waiting for your wallet').waitFor({ timeout: SOON })
      const page = await first.page.context().newPage()
      await announceWallet(page, house.stack.urls.rpc, { account: demoAccount(0).address, declines: [] })
      await page.goto(lot)
      await page.getByRole('button', { name: 'Review your bid' }).waitFor({ timeout: SOON })
      await sealAndSend(page, '301')
      await dialogOf(page).getByText('Another tab of this browser is sending').waitFor({ timeout: SOON })
      expect(await asked(page)).not.toContain('eth_sendTransaction')
      expect(await inspect(page)).toEqual([])
      await first.page.context().close()
    },
    2 * MINUTE,
  )

  it(
    'is remembered after a reload, and not after leaving',
    async () => {
      const { page } = await comeWithWallet(browser, house, lot, 0)
      await page.getByRole('button', { name: 'Get demo DUSD' }).waitFor({ timeout: SOON })
      await page.locator('header details > summary').click()
      await page.getByRole('button', { name: 'Disconnect' }).click()
      await page.locator('summary', { hasText: 'Connect wallet' }).waitFor({ timeout: SOON })
      await page.reload()
      await choose(page)
      await page.context().close()
    },
    2 * MINUTE,
  )
})
