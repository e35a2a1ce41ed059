import { parseAbi } from 'viem'
import type { Browser, Page, Response } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { strangerOf } from './support/cast'
import { announceWallet } from './support/announceWallet'
import { sharedHouse } from './support/house'
import { inspect } from './support/inspect'
import { leaksIn } from './support/leaks'
import { putUp, type PutUp } from './support/market'
import { openBrowser } from './support/openBrowser'
import { untilDone } from './support/person'
import { giveMoney, sendAs, waitingOf, withoutBlocks } from './support/chainControl'
import { journalIn, secretOf, storedIn } from './support/stored'
import { behave, choose, comeWithWallet, controls, sealAndSend } from './support/stranger'

const house = sharedHouse()
/** Who comes with a browser wallet; everybody but the first does so once. */
const person = (position: number) => strangerOf('failures', position).address
let browser: Browser
let lot: PutUp

beforeAll(async () => {
  browser = await openBrowser()
  lot = await putUp(house, 'A lot in bad weather')
  for (let position = 0; position < 9; position++) await giveMoney(house, person(position))
})

afterAll(() => browser.close())

const dialogOf = (page: Page) => page.getByRole('dialog')
const asked = (page: Page) => page.evaluate(() => window.walletAsked ?? [])

/** Waits until the page asks the node for this transaction, and is told of it. */
function untilSeen(page: Page, hash: string): Promise<unknown> {
  const tells = async (response: Response) => {
    const asked = response.request().postData() ?? ''
    if (!asked.includes('"eth_getTransactionByHash"') || !asked.includes(hash)) return false
    return ((await response.json()) as { result: unknown }).result !== null
  }
  return page.waitForResponse(tells)
}

/** What makes a node put a transaction in another's place. */
const MORE = { maxFeePerGas: '0x12a05f2000', maxPriorityFeePerGas: '0x12a05f2000' } as const

describe('a page that is closed in the middle', () => {
  it('while the wallet asks: says that nothing was sent, and forgets it on demand', async () => {
    const { page } = await comeWithWallet(browser, house, lot.path, person(0), { ignores: ['eth_sendTransaction'] })
    await sealAndSend(page, '300')
    await dialogOf(page).getByText('Waiting for your wallet').waitFor()
    await expect.poll(() => asked(page)).toContain('eth_sendTransaction')
    await page.reload()
    await page.getByText('You left while the wallet was asking').waitFor()
    await page.getByText('Nothing was sent, as far as the chain shows').waitFor()
    expect(await inspect(page)).toEqual([])
    await page.getByRole('button', { name: /Dismiss|Stop looking/ }).click()
    await page.reload()
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect(await journalIn(page)).toEqual([])
    await page.context().close()
  })

  it('after sending: says which place the bid has, from the chain alone', async () => {
    const { page } = await comeWithWallet(browser, house, lot.path, person(1))
    await withoutBlocks(house, async () => {
      await sealAndSend(page, '310')
      await dialogOf(page).getByText('waiting for a block').waitFor()
      const { hash } = await waitingOf(house, person(1))
      // What a page leaves behind: where the job stands, and nothing that reads the bid.
      await expect.poll(() => journalIn(page)).toMatchObject([{ stage: 'submitted', hash }])
      const opening = { price: 310, secret: await secretOf(house, person(1), lot.auction.id) }
      expect(leaksIn(await storedIn(page), opening)).toEqual([])
      await page.reload()
      await page.getByText('Sent: waiting for a block').waitFor()
    })
    await page.getByText(/Your bid is counted: #\d+/).waitFor()
    await page.context().close()
  })
})

describe('a transaction that does not go its way', () => {
  it('sped up in the wallet: the bid is found under its new hash', async () => {
    const { page } = await comeWithWallet(browser, house, lot.path, person(2))
    await withoutBlocks(house, async () => {
      await sealAndSend(page, '320')
      await dialogOf(page).getByText('waiting for a block').waitFor()
      const { nonce, to, data } = await waitingOf(house, person(2))
      // The same account’s other device: same place, same call, a higher fee.
      await sendAs(house, person(2), { to, data, nonce, ...MORE })
    })
    await untilDone(page)
    await dialogOf(page).getByRole('button', { name: 'Close' }).click()
    await page.getByText('Your bid is sealed and counted').first().waitFor()
    await page.context().close()
  })

  it('cancelled in the wallet: the page says that it will never happen', async () => {
    const { page } = await comeWithWallet(browser, house, lot.path, person(3))
    await withoutBlocks(house, async () => {
      await sealAndSend(page, '330')
      await dialogOf(page).getByText('waiting for a block').waitFor()
      const { nonce } = await waitingOf(house, person(3))
      await sendAs(house, person(3), { to: person(3), nonce, ...MORE })
    })
    await dialogOf(page).getByText('Replaced in your wallet').waitFor()
    expect(await inspect(page)).toEqual([])
    await page.context().close()
  })

  it('dropped by the network: the spinner ends, and nothing is locked', async () => {
    const { page } = await comeWithWallet(browser, house, lot.path, person(4))
    await withoutBlocks(house, async () => {
      await sealAndSend(page, '340')
      await dialogOf(page).getByText('waiting for a block').waitFor()
      const { hash } = await waitingOf(house, person(4))
      // Known to the page first, whose library asks once or twice as well: what nobody saw cannot be missed.
      for (let look = 0; look < 3; look++) await untilSeen(page, hash)
      await controls(house).dropTransaction({ hash })
      await dialogOf(page).getByText('Dropped by the network').waitFor()
    })
    await dialogOf(page).getByRole('button', { name: 'Stop waiting' }).click()
    await dialogOf(page).getByText('The network has forgotten the transaction').waitFor()
    await dialogOf(page).getByText('No money moved.').waitFor()
    await page.context().close()
  })
})

describe('smart accounts and permissions', () => {
  it('one that answers with no hash: the contract’s own event tells', async () => {
    const { page } = await comeWithWallet(browser, house, lot.path, person(5), { hidesHash: true })
    await sealAndSend(page, '350')
    await untilDone(page)
    await page.context().close()
  })

  it('one that batches: permission and bid in one confirmation', async () => {
    const { page } = await comeWithWallet(browser, house, lot.path, person(6), { batches: true })
    const preview = await sealAndSend(page, '360')
    expect(preview).toContain('in the same confirmation as the bid')
    await untilDone(page)
    const methods = await asked(page)
    expect(methods.filter((method) => method === 'wallet_sendCalls')).toHaveLength(1)
    expect(methods).not.toContain('eth_sendTransaction')
    await page.context().close()
  })

  it('a permit: one transaction, and no approval left behind', async () => {
    const { page } = await comeWithWallet(browser, house, lot.path, person(7))
    const preview = await sealAndSend(page, '370')
    expect(preview).toContain('Sign, at no cost, that the auction contract may take 1,000 DUSD, and no more')
    await untilDone(page)
    expect((await asked(page)).filter((method) => method === 'eth_sendTransaction')).toHaveLength(1)
    await page.context().close()
  })

  it('an approval, where the wallet’s signature is no permit: two transactions, for the exact amount', async () => {
    const { page } = await comeWithWallet(browser, house, lot.path, person(8), { signsDifferently: true })
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
      args: [person(8), auctions],
    })
    expect(left).toBe(0n)
    await page.context().close()
  })
})

describe('the wallet elsewhere', () => {
  it('on another chain: says so, asks it to switch, and puts its refusal into words', async () => {
    const { page } = await comeWithWallet(browser, house, lot.path, person(0), { chainId: 1, staysOnChain: true })
    const notice = page.locator('main').getByText('Test wallet is on chain 1')
    await notice.waitFor()
    await page.locator('main').getByRole('button', { name: 'Switch to chain 31337' }).click()
    await page.getByText('The wallet did not switch').waitFor()
    expect(await inspect(page)).toEqual([])
    await behave(page, { staysOnChain: false })
    await page.locator('main').getByRole('button', { name: 'Switch to chain 31337' }).click()
    await notice.waitFor({ state: 'detached' })
    await page.context().close()
  })

  it('in two tabs at once: the second is told, and sends nothing', async () => {
    const first = await comeWithWallet(browser, house, lot.path, person(0), { ignores: ['eth_sendTransaction'] })
    await sealAndSend(first.page, '300')
    await dialogOf(first.page).getByText('Waiting for your wallet').waitFor()
    const page = await first.page.context().newPage()
    await announceWallet(page, house.stack.urls.rpc, { account: person(0), declines: [] })
    await page.goto(lot.path)
    await page.getByRole('button', { name: 'Review your bid' }).waitFor()
    await sealAndSend(page, '301')
    await dialogOf(page).getByText('Another tab of this browser is sending').waitFor()
    expect(await asked(page)).not.toContain('eth_sendTransaction')
    expect(await inspect(page)).toEqual([])
    await first.page.context().close()
  })

  it('is remembered after a reload, and not after leaving', async () => {
    const { page } = await comeWithWallet(browser, house, lot.path, person(0))
    await page.getByRole('button', { name: 'Get demo DUSD' }).waitFor()
    await page.locator('header details > summary').click()
    await page.getByRole('button', { name: 'Disconnect' }).click()
    await page.locator('summary', { hasText: 'Connect wallet' }).waitFor()
    await page.reload()
    await choose(page)
    await page.context().close()
  })
})
