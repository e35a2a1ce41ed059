import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { hexToString, parseEther, zeroAddress, type Hex } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settlementListResponseSchema } from '../../../app/api/v1/_schemas/settlement'
import { demoAccount } from '../../../app/_wallet/demoAccounts'
import { readExtrinsics } from '../../../lib/chain/substrate/blocks'
import { connectHub } from '../../fixtures/connectHub'
import { verifyLink } from '../../../lib/chain/substrate/verifyLink'
import { seedAuction } from '../../../lib/dev/seed/seedAuction'
import { localPerson } from '../../../lib/dev/substrate/people'
import { encodeLinkDigest, linkStatement, parseLink, serializeLink } from '../../../lib/protocol/polkadot/link'
import { mappedAddress } from '../../../lib/protocol/polkadot/mappedAddress'
import { decodeSs58, encodeSs58 } from '../../../lib/protocol/polkadot/ss58'
import { askApi } from '../support/askApi'
import { skipTime } from '../support/chainControl'
import { startE2eStack, type E2eStack } from '../support/e2eStack'
import { inspect } from '../support/inspect'
import { behavePolkadot, injectPolkadot } from '../support/injectPolkadot'
import { openBrowser, openPage } from '../support/openBrowser'
import { connectAs } from '../support/person'
import { until } from '../support/until'

const PERSON = 3
const ACCOUNTS = [
  { uri: '//Alice', kind: 'sr25519', name: 'Alice' },
  { uri: '//Bob', kind: 'ed25519', name: 'Bob' },
  { uri: '//Charlie', kind: 'ecdsa', name: 'Charlie' },
] as const
const manners = { accounts: [...ACCOUNTS], declines: [] as string[] }
const aliceId = localPerson('//Alice').publicKey
/** The local Asset Hub's runtime writes addresses as Kusama's does. */
const PREFIX = 2

let house: E2eStack
let browser: Browser
let hubUrl: string
const cleanups: (() => Promise<void>)[] = []

beforeAll(async () => {
  const [stack, chromium] = await Promise.allSettled([startE2eStack({ polkadot: true }), openBrowser()])
  if (stack.status === 'fulfilled') cleanups.push(stack.value.stop)
  if (chromium.status === 'fulfilled') cleanups.push(() => chromium.value.close())
  if (stack.status === 'rejected') throw stack.reason
  if (chromium.status === 'rejected') throw chromium.reason
  house = stack.value
  browser = chromium.value
  hubUrl = house.stack.urls.hub!
})

afterAll(() => Promise.all(cleanups.map((cleanup) => cleanup())))

/** The page with both wallets in it; Polkadot.js is not let in yet. */
async function come(path: string, declines: string[] = []) {
  const watched = await openPage(browser, house.web)
  await injectPolkadot(watched.page, { ...manners, declines })
  await watched.page.goto(path)
  return watched
}

/** What the browser complained of, without what @polkadot/api says to itself of old nodes and closed connections. */
const ours = (complaints: string[]) => complaints.filter((text) => !/API\/INIT|RPC-CORE/.test(text))

const shown = async (page: Page, what: string) =>
  (await page.locator(`[data-account=${what}] button`).getAttribute('title')) ?? ''

describe('a Polkadot wallet in the list of wallets', () => {
  it('is refused, then let in; its accounts are shown as the chain and as contracts see them, with what their keys can do', async () => {
    const { page, complaints } = await come('/auctions', ['enable'])
    await page.locator('summary', { hasText: 'Connect wallet' }).click()
    await page.getByRole('button', { name: 'Polkadot.js' }).click()
    await page.getByText('The request was declined in the wallet.').waitFor()
    await behavePolkadot(page, { declines: [] })
    await page.getByRole('button', { name: 'Polkadot.js' }).click()
    const picker = page.getByLabel('Polkadot account')
    await picker.waitFor()
    await expect.poll(() => picker.locator('option').count()).toBe(3)
    await expect.poll(() => shown(page, 'ss58')).toBe(encodeSs58(aliceId, PREFIX))
    await expect.poll(() => shown(page, 'mapped')).toBe(mappedAddress(aliceId))
    expect(await page.locator('[data-secret]').getAttribute('data-secret')).toBe('receipt')
    await page.getByText('whose signatures differ each time').waitFor()
    expect(await inspect(page)).toEqual([])

    for (const [index, kind] of [
      [1, 'ed25519'],
      [2, 'ecdsa'],
    ] as const) {
      await picker.selectOption({ index })
      await page.getByText(`This account signs with ${kind}`).waitFor()
      expect(await page.locator('[data-secret]').getAttribute('data-secret')).toBe('wallet')
      const { accountId } = decodeSs58(localPerson(ACCOUNTS[index].uri, kind).address)!
      expect(await shown(page, 'mapped')).toBe(mappedAddress(accountId))
    }
    await page.getByRole('button', { name: 'Is it mapped?' }).click()
    await page.getByText('This chain runs no contracts').waitFor()
    await page.getByRole('button', { name: 'Leave this wallet' }).click()
    await page.getByRole('button', { name: 'Polkadot.js' }).waitFor()
    expect(ours(complaints)).toEqual([])
    await page.context().close()
  })
})

describe('a link between two accounts', () => {
  /** On the portfolio of a demo person, who is connected, with the desk open. */
  async function atTheDesk() {
    const watched = await come('/auctions')
    const { page } = watched
    await connectAs(page, PERSON)
    await page.goto(`/portfolio?address=${demoAccount(PERSON).address}`)
    await page.getByText('This is you.').waitFor()
    await page.getByRole('button', { name: 'Make or check a link' }).click()
    return watched
  }

  it('is signed by both, saved, checked, and dated on the chain; a refusal at any point costs nothing', async () => {
    const { page, complaints } = await atTheDesk()
    const main = page.locator('main')
    await main.getByRole('button', { name: 'Polkadot.js' }).click()
    await behavePolkadot(page, { declines: ['signRaw'] })
    const make = main.getByRole('button', { name: 'Link to Alice' })
    await make.click()
    await main.getByText('The request was declined in the wallet.').waitFor()
    await behavePolkadot(page, { declines: ['signPayload'] })
    await make.click()
    await main.locator('[data-link=holds]').waitFor()
    expect(await inspect(page)).toEqual([])

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      main.getByRole('button', { name: 'Save the file' }).click(),
    ])
    const link = parseLink(await readFile(await download.path(), 'utf8'))
    expect(link).toMatchObject({ ethereum: demoAccount(PERSON).address, polkadot: localPerson('//Alice').address })
    const now = Math.ceil(Date.now() / 1000)
    expect(await verifyLink(link, { now })).toMatchObject({ ok: true })
    const asked = await page.evaluate(() => window.polkadotAsked)
    const signed = asked.filter(({ method }) => method === 'signRaw').at(-1)!
    // The wallet was shown the text itself; the `<Bytes>` around it is the wallet's own.
    expect(hexToString(signed.data as Hex)).toBe(linkStatement(link))

    const date = main.getByRole('button', { name: 'Date it on the Polkadot chain' })
    await date.click()
    await main.getByText('The request was declined in the wallet.').waitFor()
    await behavePolkadot(page, { declines: [] })
    await date.click()
    await main.getByText('as a hash that names nobody').waitFor()
    const block = await main.getByRole('button', { name: /^Copy block/ }).getAttribute('title')
    const api = await connectHub(hubUrl)
    const extrinsics = await readExtrinsics(api, block as Hex).finally(() => api.disconnect())
    expect(extrinsics.some((raw) => raw.includes(encodeLinkDigest(link).slice(2)))).toBe(true)
    expect(ours(complaints)).toEqual([])
    await page.context().close()
  })

  it('from a file is believed only where both signed', async () => {
    const { page } = await openPage(browser, house.web)
    await page.goto(`/portfolio?address=${demoAccount(PERSON).address}`)
    await page.getByRole('button', { name: 'Make or check a link' }).click()
    const ethereum = demoAccount(PERSON)
    const polkadot = localPerson('//Bob', 'ed25519')
    const claim = { ethereum: ethereum.address, polkadot: polkadot.address, issuedAt: 1_700_000_000 }
    const message = linkStatement(claim)
    const wrapped = `<Bytes>${message}</Bytes>`
    const hex = (bytes: Uint8Array) => `0x${Buffer.from(bytes).toString('hex')}` as const
    const good = {
      ...{ version: 1 as const, ...claim, ethereumSignature: await ethereum.signMessage({ message }) },
      polkadotSignature: hex(polkadot.sign(wrapped)),
    }
    const check = (text: string) =>
      page
        .getByLabel('Check a link')
        .setInputFiles({ name: 'link.json', mimeType: 'application/json', buffer: Buffer.from(text) })
    await check(serializeLink(good))
    await page.locator('[data-link=holds]').waitFor()
    // Somebody else's file: it is not his to save again.
    expect(await page.getByRole('button', { name: 'Save the file' }).count()).toBe(0)
    // Signed, but not as a wallet signs texts: that could have been got some other way.
    await check(serializeLink({ ...good, polkadotSignature: hex(localPerson('//Eve').sign(wrapped)) }))
    await page.locator('[data-link=broken]').waitFor()
    expect(await page.locator('[data-check=polkadot]').innerText()).toContain('not a signature of this text')
    await check('{"version":1}')
    await page.getByText('The file is not a link between two accounts.').waitFor()
    await page.context().close()
  })
})

it('a settlement is anchored by the keeper, and a reader’s browser finds it', async () => {
  const { rpc: rpcUrl, enclave: enclaveUrl } = house.stack.urls
  const id = await seedAuction(
    { network: { rpcUrl, enclaveUrl, deployment: house.stack.deployment }, grain: zeroAddress },
    {
      ...{
        key: 'anchored',
        title: 'A lot to be anchored',
        rule: 'FIRST_PRICE',
        policy: 'UNIFORM',
        payment: 'native',
      },
      lot: { kind: 'single', description: 'Nothing to see.' },
      ...{
        tickSize: parseEther('0.01'),
        reserve: 20,
        collateral: parseEther('2'),
        closesIn: 3_600,
        challengeWindow: 6,
      },
      bids: [{ bidder: 0, price: 90 }],
    },
  )
  await skipTime(house, 3_600)
  const settled = async () => {
    const { settlements } = await askApi(house.web, '/settlements', settlementListResponseSchema)
    return settlements.find(({ auctionId }) => auctionId === id)
  }
  await until('settlement', settled)
  await skipTime(house, 6)
  const { page, complaints } = await openPage(browser, house.web)
  await page.goto(`/audit/${id}`)
  const look = page.getByRole('button', { name: 'Look for it' })
  const found = page.locator('[data-anchor=found]')
  // The keeper writes it once the settlement is final.
  await expect
    .poll(
      async () => {
        await look.click()
        await page.locator('[data-anchor]').waitFor()
        return found.count()
      },
      { interval: 2_000 },
    )
    .toBe(1)
  expect(await inspect(page)).toEqual([])
  expect(await found.innerText()).toMatch(/block \d+ \(0x[0-9a-f]{64}\)/)
  expect(ours(complaints)).toEqual([])
  await page.context().close()
})
