import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LOCAL_CHAIN_ID } from '../../../lib/dev/anvil'
import { startWarden } from '../../../lib/dev/processes'
import { NEXT, ROOT } from '../../../lib/dev/web'
import { buildWeb } from '../../../lib/dev/webBuild'
import { until } from '../../fixtures/until'

/** Builds the web app, unless these very sources were built before. @returns The build's folder, and how to let go of it. */
export async function buildForTest(): Promise<{ distDir: string; release: () => void }> {
  const dir = mkdtempSync(join(tmpdir(), 'subrosa-api-build-'))
  const warden = startWarden()
  const distDir = await buildWeb({ dir, warden, log: () => undefined }, LOCAL_CHAIN_ID)
  return {
    distDir,
    release: () => {
      warden.release()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** The built web server, as `npm start` runs it. */
export async function startWebServer(distDir: string, port: number, env: Record<string, string>) {
  const server = spawn(process.execPath, [NEXT, 'start', '--port', `${port}`, '--hostname', '127.0.0.1'], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', SUBROSA_DIST_DIR: distDir, ...env },
    stdio: 'ignore',
  })
  const kill = () => server.kill('SIGKILL')
  process.once('exit', kill)
  const base = `http://127.0.0.1:${port}`
  await until(async () => (await fetch(`${base}/api/health`).catch(() => undefined))?.ok === true, 60_000)
  return {
    base,
    /** @returns Its exit code; null where the signal ended it. */
    end: async (signal: NodeJS.Signals): Promise<number | null> => {
      const ended = once(server, 'exit')
      server.kill(signal)
      const [code] = (await ended) as [number | null]
      process.off('exit', kill)
      return code
    },
  }
}
