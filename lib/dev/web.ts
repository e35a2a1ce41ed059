import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { answers, startService, type Service, type ServiceContext } from './service'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
export const NEXT = join(ROOT, 'node_modules', 'next', 'dist', 'bin', 'next')

/** Serves a build of the web app. @param build.distDir Where `buildWeb` put it. */
export function startWeb(
  context: ServiceContext,
  build: { distDir: string; port: number; host: string },
  env: Record<string, string>,
): Promise<Service> {
  const { distDir, port, host } = build
  return startService(
    {
      name: 'web',
      command: process.execPath,
      args: [NEXT, 'start', '--port', String(port), '--hostname', host],
      cwd: ROOT,
      env: { ...env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', SUBROSA_DIST_DIR: distDir },
      check: answers(`http://127.0.0.1:${port}/`),
    },
    context,
  )
}
