import { createServer } from 'node:http'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { AddressInfo } from 'node:net'
import { build } from 'esbuild'
import type { SettlementEvidence } from '../../../lib/protocol/proof/evidence'
import { openBrowser } from '../../e2e/support/openBrowser'
import { dehydrate } from './transport'

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url))

/** One script, as a browser takes it; the library's Node branches ask for modules that are not there. */
async function bundled(file: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [here(file)],
    ...{ bundle: true, write: false, platform: 'browser', format: 'iife', minify: true, logLevel: 'error' },
    ...{ alias: { fs: here('./nothing.ts'), path: here('./nothing.ts') }, outfile: 'out.js' },
  })
  return outputFiles[0]!.contents
}

/** Milliseconds that Chromium takes to verify each settlement, on two workers. */
export async function timesInChromium(settlements: SettlementEvidence[]): Promise<number[]> {
  const [page, worker] = await Promise.all([bundled('./page.ts'), bundled('./webWorker.ts')])
  const html = '<!doctype html><title>proofs</title><script src="/page.js"></script>'
  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    if (path === '/page.js' || path === '/worker.js') {
      response.setHeader('content-type', 'text/javascript').end(path === '/page.js' ? page : worker)
    } else if (path.startsWith('/bundle/')) {
      response.end(settlements[Number(path.slice(8))]?.bundle)
    } else response.setHeader('content-type', 'text/html').end(html)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const browser = await openBrowser()
  try {
    const tab = await browser.newPage()
    await tab.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    const times: number[] = []
    for (const [index, evidence] of settlements.entries()) {
      const argument = [dehydrate({ ...evidence, bundle: null }), `/bundle/${index}`] as const
      const { ok, milliseconds } = await tab.evaluate(
        ([text, url]) =>
          (
            window as unknown as { verifyHere: (...given: string[]) => Promise<{ ok: boolean; milliseconds: number }> }
          ).verifyHere(text, url),
        argument,
      )
      if (!ok) throw new Error('an honest settlement did not verify in Chromium')
      times.push(milliseconds)
    }
    return times
  } finally {
    await browser.close()
    server.close()
  }
}
