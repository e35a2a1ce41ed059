import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Page } from 'playwright-core'
import type { PolkadotManners } from './polkadotWallet.entry'

let bundle: Promise<string> | undefined

/** Puts a Polkadot wallet into the page, as the extension does. Call before the page loads. */
export async function injectPolkadot(page: Page, manners: PolkadotManners): Promise<void> {
  bundle ??= build({
    entryPoints: [fileURLToPath(new URL('polkadotWallet.entry.ts', import.meta.url))],
    ...{ bundle: true, write: false, format: 'iife', platform: 'browser', logLevel: 'silent' },
    define: { global: 'globalThis', 'process.env.NODE_ENV': '"production"' },
  }).then(({ outputFiles }) => outputFiles[0]!.text)
  await page.addInitScript((initial) => void (window.polkadotManners = initial), manners)
  await page.addInitScript({ content: await bundle })
}

/** Changes how the page's Polkadot wallet behaves from now on. */
export function behavePolkadot(page: Page, manners: Partial<PolkadotManners>): Promise<void> {
  return page.evaluate((change) => void Object.assign(window.polkadotManners, change), manners)
}
