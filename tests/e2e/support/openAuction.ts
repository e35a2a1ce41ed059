import type { Page } from 'playwright-core'
import { agree } from './person'

/**
 * Makes a demo lot and opens a second-price auction for it, through the form: an hour to settle it, another to challenge.
 * @returns the path of its page.
 */
export async function openAuction(
  page: Page,
  terms: { title: string; reserve: string; minutes: number },
): Promise<string> {
  await page.goto('/auctions/new')
  await page.getByLabel('Nothing to sell?').fill(terms.title)
  await page.getByRole('button', { name: 'Make a demo lot' }).click()
  await agree(page, 'Make it')
  await page.getByLabel(/^Reserve/).fill(terms.reserve)
  await span(page, 'Closes in', terms.minutes, 'minutes')
  await span(page, 'Must be settled within', 1, 'hours')
  await span(page, 'Challenge window', 1, 'hours')
  await page.getByRole('button', { name: 'Review the auction' }).click()
  await agree(page, 'Open the auction')
  await page.waitForURL(/\/auctions\/0x[0-9a-f]{64}$/)
  await page.getByRole('heading', { level: 1, name: terms.title }).waitFor()
  return new URL(page.url()).pathname
}

async function span(page: Page, label: string, count: number, unit: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).fill(String(count))
  await page.getByLabel(`${label}, unit`).selectOption(unit)
}
