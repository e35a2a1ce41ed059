import {
  BuildBlockMode,
  defaultLogger,
  GenesisProvider,
  setStorage,
  setup,
  timeTravel,
  type Blockchain,
} from '@acala-network/chopsticks-core'
import { buildGenesis, type HubSpec } from './genesis'
import { serveHub } from '../../../lib/dev/substrate/serveHub'

/** A chain of the specification's own runtime, in this process. One node, no forks; a block is final at once. */
export type HubChain = {
  url: string
  chain: Blockchain
  /** Unix seconds. */
  travelTo: (time: bigint) => Promise<void>
  close: () => Promise<void>
}

/** What an account starts with, by its 32 bytes in hex, in plancks. */
export type Balances = Record<`0x${string}`, bigint>

export async function startHubChain(spec: HubSpec): Promise<HubChain> {
  defaultLogger.level = 'error'
  const top = await buildGenesis(spec, Date.now())
  const genesis = new GenesisProvider({ ...spec, genesis: { raw: { top, childrenDefault: {} } } } as never)
  const send = genesis.send
  // It knows no child tries, and contracts keep their storage in them: there are none at genesis.
  genesis.send = async (method, params, isCacheable) => {
    if (method === 'childstate_getStorage') return null
    if (method === 'childstate_getKeysPaged') return []
    return send(method, params, isCacheable) as Promise<unknown>
  }
  const chain = await setup({
    genesis,
    buildBlockMode: BuildBlockMode.Instant,
    mockSignatureHost: false,
  })
  const server = await serveHub(chain, '127.0.0.1', 0)
  return {
    url: server.url,
    chain,
    travelTo: (time) => travel(chain, time),
    async close() {
      await server.close()
      await chain.close()
    },
  }
}

/** Well-known key of the relay chain's slot, which the parachain's inherent proves its own against. */
const RELAY_SLOT_KEY = '0x1cb6f36e027abb2091cfb5110ab5087f06155b3cd9a8c9e5e9a23fd5dc13a5ed'
const RELAY_SLOT_MS = 6_000n

async function travel(chain: Blockchain, time: bigint): Promise<void> {
  const milliseconds = time * 1_000n
  await timeTravel(chain, Number(milliseconds))
  const slot = Buffer.alloc(8)
  slot.writeBigUInt64LE(milliseconds / RELAY_SLOT_MS + 1n)
  await chain.newBlock({ relayChainStateOverrides: [[RELAY_SLOT_KEY, `0x${slot.toString('hex')}`]] })
}

/** Gives accounts money from nowhere, before anything else happens. */
export async function endow(chain: Blockchain, plancks: Balances): Promise<void> {
  const account = Object.entries(plancks).map(([id, free]) => [[id], { providers: 1, data: { free: free.toString() } }])
  await setStorage(chain, { System: { Account: account } })
  await chain.newBlock()
}
