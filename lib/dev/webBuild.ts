import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { takeBuild } from './buildStore'
import { logFileOf, type ServiceContext } from './service'
import { NEXT, ROOT } from './web'
import { hashWebSources } from './webSources'

/** Not in Next's own folder: a build made by hand empties that. */
const BUILDS = '.subrosa/web'

type Ran = (pid: number) => Promise<void>

function runNext(env: NodeJS.ProcessEnv, output: number, { warden }: ServiceContext, ran: Ran): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const stdio = ['ignore', output, output] as ['ignore', number, number]
    const child = spawn(process.execPath, [NEXT, 'build'], { cwd: ROOT, env, stdio, detached: true })
    const { pid } = child
    if (pid !== undefined) {
      warden.watch(pid, 'SIGTERM')
      ran(pid).catch(reject)
    }
    child.once('error', reject)
    child.once('exit', (code) => {
      if (pid !== undefined) warden.forget(pid)
      resolve(code)
    })
  })
}

async function build(env: NodeJS.ProcessEnv, context: ServiceContext, ran: Ran): Promise<void> {
  const { dir, log } = context
  log('Building the web app, since there is no build of these sources yet ...')
  mkdirSync(join(dir, 'logs'), { recursive: true })
  const file = logFileOf(dir, 'web-build')
  const output = openSync(file, 'w')
  const code = await runNext(env, output, context, ran)
  closeSync(output)
  if (code === 0) return
  const end = (await readFile(file, 'utf8')).trimEnd().split('\n').slice(-25).join('\n')
  throw new Error(`Building the web app failed:\n${end}`)
}

/**
 * Builds the web app for a chain, unless a build of these very sources is there. One build serves every stack of this
 * checkout: contracts, nodes, database and, on the local chain, the simulator's root come from the environment when it runs.
 *
 * Each build has a folder of its own: a server goes on serving its build while newer sources are built beside it.
 *
 * @returns The build's folder, from the project's root. This process holds it for as long as it lives.
 */
export async function buildWeb(context: ServiceContext, chainId: number): Promise<string> {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...{ SUBROSA_CHAIN_ID: String(chainId), NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  }
  const name = await takeBuild(join(ROOT, BUILDS), {
    nameOf: () => hashWebSources(ROOT, env),
    make: (name, ran) => build({ ...env, SUBROSA_DIST_DIR: `${BUILDS}/${name}` }, context, ran),
    onWait: () => context.log('Another process builds the web app or looks for its build: waiting ...'),
  })
  return `${BUILDS}/${name}`
}
