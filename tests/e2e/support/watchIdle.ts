import type { Page, Request } from 'playwright-core'

/** A stream that stays open is not waited for. */
const awaited = (request: Request) => request.resourceType() !== 'eventsource'

/**
 * Watches what a page asks for, from now on.
 * @returns waits until all of it has come, and the page, left to itself, asks for nothing more.
 */
export function watchIdle(page: Page): () => Promise<void> {
  const open = new Set<Request>()
  let asked = 0
  page.on('request', (request) => {
    asked++
    if (awaited(request)) open.add(request)
  })
  const close = (request: Request) => open.delete(request)
  page.on('requestfinished', close)
  page.on('requestfailed', close)
  return async () => {
    for (let before = -1; asked !== before || open.size > 0;) {
      before = asked
      await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)))
    }
  }
}
