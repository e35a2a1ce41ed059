import type { Page } from 'playwright-core'

declare global {
  interface Window {
    layoutShift: number
  }
}

/** Adds up what moves on a page without anyone having touched it (CLS). Call before the page loads. */
export function measureShift(page: Page): Promise<unknown> {
  return page.addInitScript(() => {
    window.layoutShift = 0
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
        if (!entry.hadRecentInput) window.layoutShift += entry.value
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
}

/** What has moved since the page loaded. */
export function readShift(page: Page): Promise<number> {
  return page.evaluate(() => window.layoutShift)
}
