import { join } from 'node:path'
import { loadDeployment } from '../../chain/loadDeployment'
import { prismaGenerate } from '../prismaGenerate.mjs'
import type { LocalNetwork } from '../register'
import { readRunningStack } from '../stackFile'
import { ROOT } from '../web'

/**
 * Uses the stack that `npm start` runs in this checkout; where none runs, one without a web app, for the time it takes.
 *
 * @param say Told what a stack that has to be started says.
 */
export async function withStack<Result>(
  say: (line: string) => void,
  use: (network: LocalNetwork) => Promise<Result>,
): Promise<Result> {
  const dir = process.env['SUBROSA_DIR'] || join(ROOT, '.subrosa')
  const running = await readRunningStack(dir)
  if (running) {
    const deployment = await loadDeployment(running.deploymentFile)
    return use({ rpcUrl: running.urls.rpc, enclaveUrl: running.urls.enclave, deployment })
  }
  say('No stack runs here: starting one for this.')
  prismaGenerate(say)
  // Only now: it needs the database client that was perhaps just generated.
  const { startStack } = await import('../stack')
  const stack = await startStack({ dir, log: say, web: false })
  try {
    return await use({ rpcUrl: stack.urls.rpc, enclaveUrl: stack.urls.enclave, deployment: stack.deployment })
  } finally {
    await stack.stop()
  }
}
