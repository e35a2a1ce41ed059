import { expect } from 'vitest'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { openPage, type WatchedPage } from './openBrowser'
import { PATIENCE_MS } from './until'

/** One of the demo wallet's ten people in a browser of his own, connected. */
export async function openAs(
  browser: Browser,
  baseURL: string,
  position: number,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const watched = await openPage(browser, baseURL, options)
  await watched.page.goto('/auctions')
  await connectAs(watched.page, position)
  return watched
}

/** Connects the demo wallet with one click, and becomes one of its people. */
export async function connectAs(page: Page, position: number): Promise<void> {
  await page.locator('summary', { hasText: 'Connect wallet' }).click()
  await page.getByRole('button', { name: 'Demo wallet' }).click()
  await page.locator('details:not([open]) > summary', { hasText: 'Demo person 1' }).click()
  await page.getByLabel('Act as').selectOption(String(position))
  await page.locator('summary', { hasText: `Demo person ${position + 1}` }).waitFor()
  await page.keyboard.press('Escape')
}

/** Reads what the dialog says will happen, agrees, and waits until it is done. Clicks twice, as people do. */
export async function agree(page: Page, confirm: string): Promise<string> {
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: confirm }).waitFor()
  const preview = await dialog.getByRole('listitem').allInnerTexts()
  expect(preview.length).toBeGreaterThan(0)
  await dialog.getByRole('button', { name: confirm }).dblclick({ force: true })
  await untilDone(page)
  await dialog.getByRole('button', { name: 'Close' }).click()
  return preview.join('\n')
}

/** Waits until the dialog says that all is done. @throws with what it says instead. */
export async function untilDone(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog')
  try {
    await dialog.getByText(/^Done/).waitFor()
  } catch (cause) {
    const words = await dialog.innerText({ timeout: 1_000 }).catch(() => 'nothing, for there is none')
    throw new Error(`Not done after ${PATIENCE_MS / 1_000} s. The dialog says: ${words}`, { cause })
  }
}

/** Play money for the connected person. */
export async function getDemoMoney(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Get demo DUSD' }).click()
  await agree(page, 'Get it')
}

/** Seals and places a bid on the lot that the page shows. */
export async function bid(page: Page, amount: string): Promise<string> {
  await page.getByLabel('The most you can pay').fill(amount)
  await page.getByRole('button', { name: /^Review (your|the new) bid$/ }).click()
  return agree(page, 'Seal and send')
}
