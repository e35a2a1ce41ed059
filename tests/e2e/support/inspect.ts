import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/** WCAG 2.2 AA asks for targets of 24 pixels; axe looks at that only if told to. */
const WITH_TARGET_SIZE = { rules: { 'target-size': { enabled: true } } }

/** What axe finds wrong with the page as it is, one line a fault, and whether it is wider than its window. */
export async function inspect(page: Page): Promise<string[]> {
  const faults = faultsIn(await new AxeBuilder({ page }).options(WITH_TARGET_SIZE).analyze())
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  return overflow > 0 ? [...faults, `${overflow} px wider than the window`] : faults
}

/** As `inspect`, in both themes: they differ in colours alone, so the second is asked only for contrast. */
export async function inspectThemes(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  const faults = await inspect(page)
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  const dark = faultsIn(await new AxeBuilder({ page }).withRules(COLOURS).analyze())
  return [...faults, ...dark.map((fault) => `dark: ${fault}`)]
}

const COLOURS = ['color-contrast', 'link-in-text-block']

type Analysis = Awaited<ReturnType<AxeBuilder['analyze']>>

function faultsIn({ violations }: Analysis): string[] {
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
}
