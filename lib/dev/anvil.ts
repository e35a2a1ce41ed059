import { createRequire } from 'node:module'
import { chmod, mkdir, rename, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createPublicClient, createTestClient, http } from 'viem'
import { stopLeftover } from './processes'
import { ServiceFailed, pidFileOf, startService, type Service, type ServiceContext } from './service'

export const LOCAL_CHAIN_ID = 31337

/**
 * The native program of a Foundry tool. The npm wrapper is passed over: killing it leaves the tool running.
 *
 * @throws Error where npm has no build for this machine.
 */
export function foundryBinary(tool: 'anvil' | 'forge'): string {
  const platform = process.platform === 'win32' ? 'win32' : process.platform
  const name = `@foundry-rs/${tool}-${platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`
  // The platform package is a dependency of the wrapper, so it is looked up from there.
  const wrapper = createRequire(import.meta.url).resolve(`@foundry-rs/${tool}/package.json`)
  try {
    const manifest = createRequire(wrapper).resolve(`${name}/package.json`)
    return join(dirname(manifest), 'bin', process.platform === 'win32' ? `${tool}.exe` : tool)
  } catch {
    throw new Error(
      `${name} is not installed: npm has no ${tool} for this machine, or optional packages were left out.`,
    )
  }
}

async function exists(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined)) !== undefined
}

/**
 * The local chain, its state kept in `<dir>/chain`.
 *
 * Blocks come with every transaction and every two seconds, so that time passes; `finalized` is two blocks behind.
 *
 * @returns The service, and whether a chain of an earlier run was continued.
 */
export async function startAnvil(
  context: ServiceContext,
  port: number,
): Promise<{ service: Service; rpcUrl: string; continued: boolean }> {
  const folder = join(context.dir, 'chain')
  const state = join(folder, 'state.json')
  await mkdir(folder, { recursive: true })
  if (await stopLeftover(pidFileOf(context.dir, 'chain'), 'SIGINT'))
    context.log('Stopped a chain that an earlier run left behind')
  const command = foundryBinary('anvil')
  await chmod(command, 0o755).catch(() => undefined)
  const rpcUrl = `http://127.0.0.1:${port}`
  const client = createPublicClient({ transport: http(rpcUrl, { retryCount: 0 }) })
  const start = () =>
    startService(
      {
        name: 'chain',
        command,
        args: [
          ...['--host', '127.0.0.1', '--port', String(port), '--chain-id', String(LOCAL_CHAIN_ID), '--accounts', '50'],
          ...['--block-time', '2', '--mixed-mining', '--slots-in-an-epoch', '1', '--max-persisted-states', '50'],
          ...['--state', state, '--state-interval', '2', '--cache-path', join(folder, 'cache'), '--silent'],
        ],
        stopSignal: 'SIGINT',
        check: async () => (await client.getChainId()) === LOCAL_CHAIN_ID,
        afterStart: () => refill(rpcUrl),
      },
      context,
    )
  const continued = await exists(state)
  try {
    return { service: await start(), rpcUrl, continued }
  } catch (error) {
    if (!continued || !(error instanceof ServiceFailed)) throw error
    const aside = `${state}.unreadable`
    await rename(state, aside)
    context.log(`The saved chain could not be read. It is kept as ${aside}; a new chain begins.`)
    return { service: await start(), rpcUrl, continued: false }
  }
}

/** A reloaded chain has its head's state alone: three blocks later `finalized` has one too, for storage proofs. */
async function refill(rpcUrl: string): Promise<void> {
  await createTestClient({ mode: 'anvil', transport: http(rpcUrl) }).mine({ blocks: 3 })
}
