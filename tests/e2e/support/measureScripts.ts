import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'

/** A script that a page loaded: its path, its size over the wire with gzip, in bytes, and what it says. */
export type LoadedScript = { path: string; gzipped: number; text: string }

/**
 * Collects every script that a page loads from now on, whoever asks for it. Sizes are those of gzip, whatever the server
 * negotiated, so that a figure is comparable between servers.
 */
export function measureScripts(page: Page): () => Promise<LoadedScript[]> {
  const loading: Promise<LoadedScript>[] = []
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script' || !response.ok()) return
    const path = new URL(response.url()).pathname
    loading.push(
      response.body().then((body) => ({ path, gzipped: gzipSync(body).length, text: body.toString('utf8') })),
    )
  })
  return () => Promise.all(loading)
}
