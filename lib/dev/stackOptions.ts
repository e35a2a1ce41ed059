import { freePort } from './ports'
import type { Ports } from './programs'

const DEFAULT_PORTS: Ports = {
  chain: 8545,
  postgres: 5545,
  enclave: 7101,
  keeper: 7102,
  indexer: 7103,
  web: 3000,
  hub: 9944,
}

/** A block of ports, for stacks beside each other. */
export function portsFrom(base: number): Ports {
  return {
    ...{ chain: base, postgres: base + 10, enclave: base + 20, keeper: base + 30, indexer: base + 40, web: base + 50 },
    hub: base + 60,
  }
}

export type StackOptions = {
  /** Where everything is kept, and found again by the next start. */
  dir: string
  /** Wished for; where one is taken, the next free one is used. */
  ports?: Partial<Ports>
  /** Told what happens, a line at a time. */
  log: (line: string) => void
  /** Opens demonstration auctions, in the background. */
  seed?: boolean
  /** Whether to build and serve the web app. */
  web?: boolean
  /** Whether to start a local Asset Hub as well, in which settlements are anchored. */
  polkadot?: boolean
  /** The interface the web app listens on. */
  host?: string
  /** A database of one's own, in place of the one from npm. */
  databaseUrl?: string | undefined
}

/** The ports wished for, or the next free ones, which is said. `without`: parts that are not started. */
export async function choosePorts(
  wished: Partial<Ports>,
  log: (line: string) => void,
  without: readonly (keyof Ports)[] = [],
): Promise<Ports> {
  const ports = { ...DEFAULT_PORTS, ...wished }
  for (const name of Object.keys(ports) as (keyof Ports)[]) {
    if (without.includes(name)) continue
    const port = await freePort(ports[name])
    if (port !== ports[name]) log(`Port ${ports[name]} is taken: the ${name} uses ${port}`)
    ports[name] = port
  }
  return ports
}
