import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/** WCAG 2.2 AA asks for targets of 24 pixels; axe looks at that only if told to. */
const WITH_TARGET_SIZE = { rules: { 'target-size': { enabled: true } } }

/** What axe finds wrong with the page as it is, one line a fault, and whether it is wider than its window. */
export async function inspect(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).options(WITH_TARGET_SIZE).analyze()
  const faults = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  return overflow > 0 ? [...faults, `${overflow} px wider than the window`] : faults
}
