import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { enclaveFiles } from './programs'
import { recordOf, stopProcess } from './processes'
import { logFileOf, type Service, type ServiceContext } from './service'
import { ROOT } from './web'

/** Opens demonstration auctions, in a process of its own that ends when they are open. Nothing waits for it. */
export function startSeeding(
  { dir, warden, log }: ServiceContext,
  { rpcUrl, enclaveUrl, deploymentFile }: { rpcUrl: string; enclaveUrl: string; deploymentFile: string },
): Service {
  const output = openSync(logFileOf(dir, 'seed'), 'a')
  const child = spawn(process.execPath, ['--import', 'tsx', join(ROOT, 'lib', 'dev', 'seed', 'main.ts')], {
    cwd: ROOT,
    env: {
      ...process.env,
      RPC_URL: rpcUrl,
      ENCLAVE_URL: enclaveUrl,
      DEPLOYMENT_FILE: deploymentFile,
      SEED_FILE: join(dir, 'seed.json'),
      ENCLAVE_ROOT_FILE: enclaveFiles(dir).rootFile,
    },
    stdio: ['ignore', output, output],
    detached: true,
  })
  closeSync(output)
  const { pid } = child
  let stopping = false
  if (pid !== undefined) warden.watch(pid, 'SIGTERM')
  child.once('exit', (code) => {
    if (pid !== undefined) warden.forget(pid)
    if (code !== 0 && !stopping) log(`Opening demonstration auctions failed; see ${logFileOf(dir, 'seed')}`)
  })
  return {
    name: 'seed',
    pid: () => (child.exitCode === null ? pid : undefined),
    stop: async () => {
      stopping = true
      const record = pid !== undefined && child.exitCode === null ? recordOf(pid) : undefined
      if (record) await stopProcess(record, 'SIGTERM')
    },
  }
}
