import type { Locator, Page } from 'playwright-core'
import { agree } from './person'

export type OrderEntry = {
  side: 'buy' | 'sell'
  /** The limit; a market order's worst price, where it is not the one that the form proposes. */
  price?: string
  size: string
  /** A limit order, where left out. */
  kind?: 'Limit' | 'Market'
  /** The least to fill in a batch. */
  atLeast?: string
  /** Fill or kill. */
  whole?: boolean
  /** As the form names it; what the form proposes by default. */
  life?: 'For this batch' | 'Until I cancel it'
}

/** The part of a market's page where the margin is looked after. */
export function marginOf(page: Page): Locator {
  return page.getByRole('region', { name: 'Your margin' })
}

/** The part of a market's page that lists one's own orders. */
export function ordersOf(page: Page): Locator {
  return page.getByRole('region', { name: 'Your orders' })
}

/** Demo money of one of the market's tokens, and some of it into the margin. */
export async function fundMargin(page: Page, token: 'GRAIN' | 'DUSD', amount: string): Promise<void> {
  const margin = marginOf(page)
  await margin.getByText(token, { exact: true }).last().click()
  await margin.getByRole('button', { name: `Get demo ${token}` }).click()
  await agree(page, 'Get it')
  await margin.getByLabel(`Amount of ${token}`).fill(amount)
  await margin.getByRole('button', { name: 'Deposit' }).click()
  await agree(page, 'Deposit')
}

/** Fills in the form, seals and places the order. @returns what the dialog said will happen. */
export async function placeOrder(page: Page, order: OrderEntry): Promise<string> {
  const { side, price, size, kind = 'Limit', life, atLeast, whole = false } = order
  const trade = page.getByRole('region', { name: 'Trade', exact: true })
  await trade.getByText(side === 'buy' ? 'Buy GRAIN' : 'Sell GRAIN', { exact: true }).click()
  await trade.getByRole('group', { name: 'Kind of order' }).getByText(kind, { exact: true }).click()
  if (price !== undefined) await trade.getByLabel(kind === 'Market' ? /^Worst price/ : /^Limit price/).fill(price)
  await trade.getByLabel(/^Size/).fill(size)
  if (life) await trade.getByLabel('How long it lasts').selectOption({ label: life })
  if (atLeast !== undefined || whole) await trade.getByText('Partial fills').click()
  if (atLeast !== undefined) await trade.getByLabel(/^Least to fill in a batch/).fill(atLeast)
  if (whole) await trade.getByLabel(/^Whole or not at all/).check()
  await trade.getByText('Your browser checked the enclave’s evidence: it holds.').waitFor()
  await trade.getByRole('button', { name: `Review your ${side} order` }).click()
  return agree(page, 'Seal and send')
}
