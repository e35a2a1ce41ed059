import { z } from 'zod'

const port = z.coerce.number().int().min(0).max(65535)
const httpUrl = z.url({ protocol: /^https?$/ })
const postgresUrl = z.url({ protocol: /^postgres(ql)?$/ })
const privateKey = z
  .string()
  .regex(/^0x[0-9a-fA-F]{64}$/, 'must be 0x and 64 hex digits')
  .transform((value) => value as `0x${string}`)
const logLevel = z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info')

const common = {
  LOG_LEVEL: logLevel,
  /** The interface a service listens on. The default keeps everything on this machine. */
  HOST: z.string().min(1).default('127.0.0.1'),
  /** JSON-RPC endpoint of the chain. */
  RPC_URL: httpUrl.default('http://127.0.0.1:8545'),
  /** JSON file with chain id, first block and contract addresses. */
  DEPLOYMENT_FILE: z.string().min(1).default('.subrosa/deployment.json'),
}

/** The enclave: no database, no transaction key. */
export const enclaveEnv = z.object({
  ...common,
  ENCLAVE_PORT: port.default(7101),
  /** Seed of the simulator's keys; a file only its owner may read. Made on the first start. */
  ENCLAVE_SEED_FILE: z.string().min(1).default('.subrosa/enclave/seed'),
  /** Root key of the simulator, which vouches for the simulated enclave. Made on the first start. */
  ENCLAVE_ROOT_FILE: z.string().min(1).default('.subrosa/enclave/root'),
})
export type EnclaveEnv = z.output<typeof enclaveEnv>

/** The keeper: a funded transaction key and nothing else of value. */
export const keeperEnv = z.object({
  ...common,
  KEEPER_PORT: port.default(7102),
  ENCLAVE_URL: httpUrl.default('http://127.0.0.1:7101'),
  KEEPER_PRIVATE_KEY: privateKey,
  /** Where the keeper finds its work and remembers it; without it, it scans the chain alone. */
  DATABASE_URL: postgresUrl.optional(),
})
export type KeeperEnv = z.output<typeof keeperEnv>

/** The indexer: chain in, database out. */
export const indexerEnv = z.object({
  ...common,
  INDEXER_PORT: port.default(7103),
  DATABASE_URL: postgresUrl,
})
export type IndexerEnv = z.output<typeof indexerEnv>

/** The web server: reads what the indexer wrote. `RPC_URL` is what browsers are told to use. */
export const webEnv = z.object({
  ...common,
  DATABASE_URL: postgresUrl,
  /** Shown by the network page; the browser never talks to it. */
  ENCLAVE_URL: httpUrl.default('http://127.0.0.1:7101'),
  /** A block explorer of this chain, for links to transactions, blocks and addresses; none: they can be copied. */
  EXPLORER_URL: httpUrl.optional(),
})
export type WebEnv = z.output<typeof webEnv>

/** What the proxy needs to write its headers, without the rest of the web server's environment. */
export const proxyEnv = z.object({ RPC_URL: common.RPC_URL })

/** A process was started with an environment that it cannot run with. Never holds a value, only names and reasons. */
export class EnvironmentError extends Error {
  override name = 'EnvironmentError'
  constructor(readonly problems: readonly string[]) {
    super(`The environment is not usable:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
  }
}

/**
 * Reads and checks a process's environment, once, at its start.
 *
 * An empty variable counts as unset, as docker and systemd write them.
 *
 * @throws EnvironmentError naming every variable that is missing or wrong; values are left out, they may be secret.
 * @example const env = loadEnv(indexerEnv)
 */
export function loadEnv<Schema extends z.ZodObject>(
  schema: Schema,
  source: Record<string, string | undefined> = process.env,
): z.output<Schema> {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  throw new EnvironmentError(
    parsed.error.issues.map((issue) => {
      const name = issue.path.join('.')
      return given[name] === undefined ? `${name} is not set` : `${name}: ${issue.message}`
    }),
  )
}
