import { spawn } from 'node:child_process'
import { once } from 'node:events'

export type IndexerProcess = ReturnType<typeof launchIndexer>

type State = { ready: boolean; role: 'leader' | 'standby'; lagBlocks: number } & Record<string, unknown>

/** The real indexer, in a process of its own. */
export function launchIndexer(options: {
  url: string
  port: number
  rpcUrl: string
  deploymentFile: string
  enclaveUrl?: string
}) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/indexer/main.ts'], {
    env: {
      ...process.env,
      RPC_URL: options.rpcUrl,
      DATABASE_URL: options.url,
      DEPLOYMENT_FILE: options.deploymentFile,
      INDEXER_PORT: `${options.port}`,
      LOG_LEVEL: 'info',
      ENCLAVE_URL: options.enclaveUrl ?? '',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
  const get = async (path: string) => {
    const signal = AbortSignal.timeout(1_000)
    return fetch(`http://127.0.0.1:${options.port}${path}`, { signal }).catch(() => undefined)
  }
  return {
    output: () => text,
    signal: (name: NodeJS.Signals) => void child.kill(name),
    /** Undefined while it does not answer. */
    state: async () => (await get('/ready'))?.json() as Promise<State | undefined>,
    metrics: async () => (await get('/metrics'))?.text(),
    /** Ends it. @returns Its exit code; null where the signal killed it. */
    end: async (name: NodeJS.Signals): Promise<number | null> => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
      const ended = once(child, 'exit') as Promise<[number | null]>
      child.kill(name)
      return (await ended)[0]
    },
  }
}
