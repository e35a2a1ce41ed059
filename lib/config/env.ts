import { z } from 'zod'
import { agreeingEndpoints } from './endpoints.mjs'

const port = z.coerce.number().int().min(0).max(65535)
const httpUrl = z.url({ protocol: /^https?$/ })
/** An Ethereum node's http(s), or a Polkadot Hub node's ws(s): `lib/chain/endpointKind`. */
const chainUrl = z.url({ protocol: /^(https?|wss?)$/ })
const postgresUrl = z.url({ protocol: /^postgres(ql)?$/ })
const websocketUrl = z.url({ protocol: /^wss?$/ })
const privateKey = z
  .string()
  .regex(/^0x[0-9a-fA-F]{64}$/, 'must be 0x and 64 hex digits')
  .transform((value) => value as `0x${string}`)
const address = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/, 'must be an address')
  .transform((value) => value as `0x${string}`)
const logLevel = z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info')

const common = {
  LOG_LEVEL: logLevel,
  /** The interface a service listens on. The default keeps everything on this machine. */
  HOST: z.string().min(1).default('127.0.0.1'),
  /** Endpoint of the chain. */
  RPC_URL: chainUrl.default('http://127.0.0.1:8545'),
  /** JSON file with chain id, first block and contract addresses. */
  DEPLOYMENT_FILE: z.string().min(1).default('.subrosa/deployment.json'),
}

/** The enclave: no database, no transaction key. */
export const enclaveEnv = z.object({
  ...common,
  ENCLAVE_PORT: port.default(7101),
  /** Who registers the enclave's keys and answers for it: named in its report data. */
  ENCLAVE_OPERATOR: address,
  /** Endpoints that the chain is read through, with commas between them; in place of RPC_URL. */
  RPC_URLS: z
    .string()
    .transform((list) => list.split(',').map((url) => url.trim()))
    .pipe(z.array(chainUrl).min(1))
    .optional(),
  /** How many endpoints must agree: more than half of them by default; away from the local chain at least two. */
  RPC_THRESHOLD: z.coerce.number().int().min(1).optional(),
  /** How long one request to an endpoint may take. */
  RPC_TIMEOUT_MS: z.coerce.number().int().min(100).max(120_000).default(10_000),
  /** Threads that open bids; as many as run at once on this machine by default. */
  ENCLAVE_WORKERS: z.coerce.number().int().min(1).max(256).optional(),
  /** Where proof bundles are kept; it needs no trust, since bundles are hashed when they are read. */
  ENCLAVE_BUNDLE_FOLDER: z.string().min(1).default('.subrosa/enclave/bundles'),
  /** How much of the disk they may take. */
  ENCLAVE_BUNDLE_MEGABYTES: z.coerce.number().int().min(1).max(1_048_576).default(4_096),
  /** Requests a second that one address may make. */
  ENCLAVE_REQUESTS_PER_SECOND: z.coerce.number().int().min(1).default(100),
  /** Where keys come from: `dstack` in a TEE, `simulator` on a local chain. */
  KEY_PROVIDER: z.enum(['simulator', 'dstack']).default('simulator'),
  /** Unix socket of dstack's guest agent. */
  DSTACK_SOCKET: z.string().min(1).default('/var/run/dstack.sock'),
  /** Public key of the key management service's root, SEC1 in hex: keys that it did not issue are refused. */
  DSTACK_KMS_ROOT: z
    .string()
    .regex(/^(0x)?(0[23][0-9a-fA-F]{64}|04[0-9a-fA-F]{128})$/, 'must be a secp256k1 public key in hex')
    .optional(),
  /** The app that this machine must be, 20 bytes in hex: another app's keys are its owner's. */
  DSTACK_APP_ID: z
    .string()
    .regex(/^(0x)?[0-9a-fA-F]{40}$/, 'must be 20 bytes in hex')
    .optional(),
  /** With dstack: Intel's collateral for this platform, JSON, which the operator replaces before it expires. */
  ENCLAVE_COLLATERAL_FILE: z.string().min(1).optional(),
  /** Keepers that are handed each outcome before anybody else has it, with commas between them. */
  ENCLAVE_KEEPER_URLS: z
    .string()
    .transform((list) => list.split(',').map((url) => url.trim()))
    .pipe(z.array(httpUrl).max(8))
    .default([]),
  /** Certificates (PEM) of keepers, who have a port of their own, which strangers cannot shut. */
  ENCLAVE_KEEPERS_FILE: z.string().min(1).optional(),
  ENCLAVE_KEEPERS_PORT: port.default(7104),
  /** Where browsers' servers reach this enclave; it signs this for the registry. */
  ENCLAVE_PUBLIC_URL: httpUrl.max(256).optional(),
  /**
   * This instance's settlement key; a file only its owner may read, made on the first start. It must last, and be no other
   * instance's.
   */
  ENCLAVE_SIGNER_FILE: z.string().min(1).default('.subrosa/enclave/signer'),
  /** Seed of the simulator's keys; a file only its owner may read. Made on the first start. */
  ENCLAVE_SEED_FILE: z.string().min(1).default('.subrosa/enclave/seed'),
  /** Root key of the simulator, which vouches for the simulated enclave. Made on the first start. */
  ENCLAVE_ROOT_FILE: z.string().min(1).default('.subrosa/enclave/root'),
})
export type EnclaveEnv = z.output<typeof enclaveEnv>

/**
 * The enclave's endpoints, told apart by host, and how many must agree.
 *
 * @param chainId Of the deployment. @throws EnvironmentError where they are too few.
 */
export function endpointsOf(env: EnclaveEnv, chainId: number): { urls: string[]; threshold: number } {
  try {
    return agreeingEndpoints(env.RPC_URLS ?? [env.RPC_URL], env.RPC_THRESHOLD, chainId)
  } catch (error) {
    throw new EnvironmentError([
      `RPC_URLS and RPC_THRESHOLD: ${error instanceof Error ? error.message : String(error)}`,
    ])
  }
}

/** A decimal number of coins or gwei, as text: floats would round it. */
const amount = z.string().regex(/^\d{1,12}(\.\d{1,9})?$/, 'must be a decimal number')
const blocks = z.coerce.number().int().min(0).max(1_000)

/** The keeper: a funded transaction key and nothing else of value; no database. */
export const keeperEnv = z.object({
  ...common,
  KEEPER_PORT: port.default(7102),
  ENCLAVE_URL: httpUrl.default('http://127.0.0.1:7101'),
  /** Several, with commas between them, asked in this order; in place of ENCLAVE_URL. */
  ENCLAVE_URLS: z
    .string()
    .transform((list) => list.split(',').map((url) => url.trim()))
    .pipe(z.array(httpUrl).min(1))
    .optional(),
  /** Key and certificate (PEM) that this keeper shows to enclaves whose URL is https: for their door for keepers. */
  KEEPER_TLS_KEY_FILE: z.string().min(1).optional(),
  KEEPER_TLS_CERTIFICATE_FILE: z.string().min(1).optional(),
  /** Port where enclaves hand over outcomes; without it, they are asked for all of them. */
  KEEPER_RECEIVE_PORT: port.optional(),
  KEEPER_PRIVATE_KEY: privateKey,
  /** What it is about to do and has under way. One for each keeper. */
  KEEPER_STATE_FILE: z.string().min(1).default('.subrosa/keeper/journal'),
  /** The most it pays for a unit of gas. */
  KEEPER_MAX_FEE_GWEI: amount.default('200'),
  /** Blocks that a transaction may wait before more is offered for it. */
  KEEPER_REPLACE_AFTER_BLOCKS: blocks.min(1).default(3),
  /** Blocks that it leaves a task to other keepers, at most. 0 where it is the only one. */
  KEEPER_STAGGER_BLOCKS: blocks.default(4),
  /** Pause between two looks at the chain; anchoring looks half as often. */
  KEEPER_POLL_MS: z.coerce.number().int().min(50).max(60_000).default(1_000),
  /** Coins below which it counts as not ready. */
  KEEPER_MIN_BALANCE: amount.default('0.02'),
  /** A Substrate chain's RPC, where each settlement's digest is written; without it, none is. */
  KEEPER_ANCHOR_URL: websocketUrl.optional(),
  /** Seed of the sr25519 account that pays for that, which sends nothing else. */
  KEEPER_ANCHOR_SEED: privateKey.optional(),
})
export type KeeperEnv = z.output<typeof keeperEnv>

/** Where the keeper anchors, and with which key; null where it does not. @throws EnvironmentError where half is set. */
export function anchoringOf(env: KeeperEnv): { url: string; seed: `0x${string}` } | null {
  const { KEEPER_ANCHOR_URL: url, KEEPER_ANCHOR_SEED: seed } = env
  if (url !== undefined && seed !== undefined) return { url, seed }
  if (url === undefined && seed === undefined) return null
  const missing = url === undefined ? 'KEEPER_ANCHOR_URL' : 'KEEPER_ANCHOR_SEED'
  throw new EnvironmentError([`${missing} is not set, and the other half of anchoring is`])
}

/** The indexer: chain in, database out. */
export const indexerEnv = z.object({
  ...common,
  INDEXER_PORT: port.default(7103),
  /** After so long without a word from an indexer that leads, frozen or cut off, another one takes over. */
  INDEXER_SILENCE_MS: z.coerce.number().int().min(1_000).max(60_000).default(5_000),
  DATABASE_URL: postgresUrl,
  /** Where proof bundles and batches' lists are asked for when the registry names no place, or none that has them. */
  ENCLAVE_URL: httpUrl.optional(),
  /** Longer bundles, and lists, are not kept. */
  BUNDLE_MAX_BYTES: z.coerce
    .number()
    .int()
    .min(1_000)
    .max(128 * 1024 * 1024)
    .default(64 * 1024 * 1024),
  /** How long one download may take. */
  BUNDLE_TIMEOUT_MS: z.coerce.number().int().min(100).max(600_000).default(60_000),
  /** Intel's collateral for enclaves that serve none, JSON; read anew each time. */
  ENCLAVE_COLLATERAL_FILE: z.string().min(1).optional(),
})
export type IndexerEnv = z.output<typeof indexerEnv>

/** Public: browsers show it to WalletConnect's relay. Without one, that way to a wallet is not offered. */
const walletConnectProject = z.string().regex(/^[0-9a-f]{32}$/, 'must be 32 hex digits')

/** The web server: reads what the indexer wrote. `RPC_URL` is what browsers are told to use. */
export const webEnv = z.object({
  ...common,
  DATABASE_URL: postgresUrl,
  /** Shown by the network page; the browser never talks to it. */
  ENCLAVE_URL: httpUrl.default('http://127.0.0.1:7101'),
  /** Intel's collateral for enclaves that serve none, JSON; read anew each time. */
  ENCLAVE_COLLATERAL_FILE: z.string().min(1).optional(),
  /** A block explorer of this chain, for links to transactions, blocks and addresses; none: they can be copied. */
  EXPLORER_URL: httpUrl.optional(),
  /** The Substrate chain that settlements are anchored in: its RPC, which browsers are told to use. */
  ANCHOR_URL: websocketUrl.optional(),
  /** How that chain writes addresses; 42 is the form for any chain. */
  ANCHOR_SS58_PREFIX: z.coerce.number().int().min(0).max(16_383).default(42),
  /** With a Hub's RPC_URL: the hash of that chain's first block. A node of any other chain gets no signature. */
  HUB_GENESIS_HASH: z
    .string()
    .regex(/^0x[0-9a-fA-F]{64}$/, 'must be a block hash')
    .transform((value) => value.toLowerCase() as `0x${string}`)
    .optional(),
  /** How that chain writes addresses. */
  HUB_SS58_PREFIX: z.coerce.number().int().min(0).max(16_383).default(42),
  WALLETCONNECT_PROJECT_ID: walletConnectProject.optional(),
  /** On the local chain: its simulator's root, which pages are told of. Builds for other chains ignore it. */
  SIMULATOR_ROOT: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'must be the SHA-256 of a certificate in lower-case hex')
    .optional(),
})
export type WebEnv = z.output<typeof webEnv>

/** The API's limits, and where the web server tells how it is. 0 requests a second: no limit. */
export const apiEnv = z.object({
  API_RATE_PER_SECOND: z.coerce.number().min(0).default(20),
  /** Requests that an address may make at once. */
  API_RATE_BURST: z.coerce.number().int().min(1).default(200),
  STREAMS_MAX: z.coerce.number().int().min(0).default(1_000),
  STREAMS_PER_ADDRESS: z.coerce.number().int().min(0).default(20),
  /** How many proxies before this server append the address they saw to X-Forwarded-For. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  /** Port on 127.0.0.1 for /metrics, /health and /ready of the web server; without it, there are no metrics. */
  WEB_METRICS_PORT: port.optional(),
})
export type ApiEnv = z.output<typeof apiEnv>

/** What the proxy needs to write its headers, without the rest of the web server's environment. */
export const proxyEnv = z.object({
  RPC_URL: chainUrl.default('http://127.0.0.1:8545'),
  ANCHOR_URL: websocketUrl.optional(),
  WALLETCONNECT_PROJECT_ID: walletConnectProject.optional(),
})

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
