import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BuildBlockMode, GenesisProvider, setup, type Blockchain, type Database } from '@acala-network/chopsticks-core'
import { z } from 'zod'
import { BlockFile } from './blockFile'
import { localGenesis, type Funded } from './genesis'

const clock = z.object({ startedAt: z.string().regex(/^\d{13}$/) })

/**
 * A local Asset Hub. Signatures, fees and dispatch are those of the real runtime. It is one node: there are no forks,
 * and a block is final as soon as it exists. Blocks come with transactions, and each counts as twelve seconds.
 *
 * @param dir Where its blocks are kept: the next start goes on from there.
 */
export async function openLocalHub(dir: string, funded: readonly Funded[]): Promise<Blockchain> {
  await mkdir(dir, { recursive: true })
  const genesis = new GenesisProvider(localGenesis(funded, await startOf(dir)))
  withoutChildStorage(genesis)
  const blocks = await BlockFile.open(join(dir, 'blocks'))
  const newest = await blocks.queryHighestBlock()
  // `setup` makes a first block, which the file has already where the chain is continued.
  blocks.recording = newest === null
  const chain = await setup({
    genesis,
    buildBlockMode: BuildBlockMode.Instant,
    mockSignatureHost: false,
    // Only its methods are used; there is no database behind them.
    db: blocks as object as Database,
  })
  if (newest) {
    const head = await chain.getBlock(newest.hash)
    if (!head) throw new Error(`${dir} does not hold the chain that its newest block belongs to`)
    await chain.setHead(head)
    blocks.recording = true
  }
  // Nobody is told of a block that a kill could still take back.
  chain.onNewBlock = async (block) => {
    await chain.saveBlockToDB(block)
    await chain.setHead(block)
  }
  return chain
}

/** When the chain began, so that every start makes the same first block. */
async function startOf(dir: string): Promise<bigint> {
  const file = join(dir, 'genesis.json')
  const kept = await readFile(file, 'utf8').catch(() => null)
  if (kept !== null) return BigInt(clock.parse(JSON.parse(kept)).startedAt)
  const now = Date.now()
  await writeFile(file, JSON.stringify({ startedAt: String(now) }))
  return BigInt(now)
}

/** This chain has none; asked for it, the provider would throw. */
function withoutChildStorage(provider: GenesisProvider): void {
  const { send } = provider
  provider.send = (method, params, isCacheable) => {
    if (method === 'childstate_getStorage') return Promise.resolve(null)
    if (method === 'childstate_getKeysPaged') return Promise.resolve([])
    return send(method, params, isCacheable) as Promise<unknown>
  }
}
