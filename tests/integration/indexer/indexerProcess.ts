import { startProgram, type ProgramProcess } from '../../fixtures/programProcess'

type State = { ready: boolean; role: 'leader' | 'standby'; lagBlocks: number } & Record<string, unknown>

export type IndexerProcess = ProgramProcess & {
  /** What it says of itself; undefined while it does not answer. */
  state: () => Promise<State | undefined>
  metrics: () => Promise<string | undefined>
}

/** The real indexer, in a process of its own. */
export async function startIndexerProcess(options: {
  databaseUrl: string
  rpcUrl: string
  deploymentFile: string
  enclaveUrl?: string
  env?: Record<string, string>
}): Promise<IndexerProcess> {
  const program = await startProgram('lib/indexer/main.ts', {
    RPC_URL: options.rpcUrl,
    DATABASE_URL: options.databaseUrl,
    DEPLOYMENT_FILE: options.deploymentFile,
    INDEXER_PORT: '0',
    LOG_LEVEL: 'info',
    ENCLAVE_URL: options.enclaveUrl ?? '',
    ...options.env,
  })
  /** Undefined also where it is frozen, or goes in the middle of its answer. */
  async function get<T>(path: string, read: (response: Response) => Promise<T>): Promise<T | undefined> {
    const signal = AbortSignal.timeout(1_000)
    return fetch(`${program.url}${path}`, { signal })
      .then(read)
      .catch(() => undefined)
  }
  return {
    ...program,
    state: () => get('/ready', (response) => response.json() as Promise<State>),
    metrics: () => get('/metrics', (response) => response.text()),
  }
}
