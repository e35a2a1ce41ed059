import type { Browser, Page } from 'playwright-core'
import { createTestClient, http, type Address, type TestClient } from 'viem'
import { announceWallet, type WalletManners } from './announceWallet'
import type { E2eStack } from './e2eStack'
import { openPage, type WatchedPage } from './openBrowser'

/** The local chain's own controls. */
export function controls(house: Pick<E2eStack, 'stack'>): TestClient {
  return createTestClient({ mode: 'anvil', transport: http(house.stack.urls.rpc) })
}

/**
 * A person with a browser wallet of their own, connected, on the lot's page.
 * @param before Runs in the page before anything of it loads.
 */
export async function comeWithWallet(
  browser: Browser,
  house: E2eStack,
  lot: string,
  account: Address,
  manners: Partial<WalletManners> = {},
  before: () => unknown = () => undefined,
): Promise<WatchedPage> {
  const watched = await openPage(browser, house.web)
  const { page } = watched
  await page.addInitScript(before)
  await announceWallet(page, house.stack.urls.rpc, { account, declines: [], ...manners })
  await page.goto(lot)
  await choose(page)
  return watched
}

/** Connects the announced wallet from the lot's page, and waits for the form. */
export async function choose(page: Page): Promise<void> {
  const main = page.locator('main')
  await main.getByRole('button', { name: 'Connect a wallet to bid' }).click()
  await main.getByRole('button', { name: 'Test wallet' }).click()
  await page.getByRole('button', { name: /Review your bid|Replace/ }).waitFor()
}

/** Changes how the page's wallet behaves from now on. */
export function behave(page: Page, manners: Partial<WalletManners>): Promise<void> {
  return page.evaluate((change) => void Object.assign(window.walletManners, change), manners)
}

/** Fills in the form and agrees to the preview. @returns what the preview said. */
export async function sealAndSend(page: Page, amount: string): Promise<string> {
  await page.getByLabel('The most you can pay').fill(amount)
  await page.getByRole('button', { name: 'Review your bid' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Seal and send' }).waitFor()
  const preview = (await dialog.getByRole('listitem').allInnerTexts()).join('\n')
  await dialog.getByRole('button', { name: 'Seal and send' }).click()
  return preview
}
