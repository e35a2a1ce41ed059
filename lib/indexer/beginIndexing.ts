import type { ChainConnection } from '../chain/connection'
import type { Deployment } from '../chain/deployment'
import type { Database } from '../db/client'
import { beginSync } from '../db/sync'
import { readSimulated } from '../chain/readSimulated'

/**
 * Checks that node and deployment belong together, and names in the database what is indexed.
 *
 * @throws Error where the node serves another chain.
 */
export async function beginIndexing({
  connection,
  deployment,
  db,
  term,
}: {
  connection: ChainConnection
  deployment: Deployment
  db: Database
  /** Of this process's lead; null where no other can write. */
  term: bigint | null
}): Promise<void> {
  const chainId = await connection.readChainId()
  if (chainId !== BigInt(deployment.chainId)) {
    throw new Error(`the node serves chain ${chainId}, the deployment is on ${deployment.chainId}`)
  }
  const { auctions, book, registry, verifier, demoToken, demoBase, demoLots, demoEditions } = deployment.contracts
  const head = await connection.readBlock('latest')
  const target = {
    chainId,
    startBlock: BigInt(deployment.startBlock),
    auctions: auctions.toLowerCase(),
    book: book.toLowerCase(),
    registry: registry.toLowerCase(),
    verifier: verifier.toLowerCase(),
    demoToken: demoToken?.toLowerCase() ?? null,
    demoBase: demoBase?.toLowerCase() ?? null,
    demoLots: demoLots?.toLowerCase() ?? null,
    demoEditions: demoEditions?.toLowerCase() ?? null,
    simulated: await readSimulated(connection, deployment),
  }
  await beginSync(db, term, target, { number: head.number, time: head.timestamp })
}
