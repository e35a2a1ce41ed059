import { z } from 'zod'
import { readAuctionLogs } from '../../chain/auctionLogs'
import { openEvmConnection } from '../../chain/evm/connection'
import { loadDeployment } from '../../chain/loadDeployment'
import { loadEnv } from '../../config/env'
import { createLogger } from '../../observe/logger'
import type { LocalNetwork } from '../register'
import { registerLostEnclave } from './lostEnclave'
import { CATALOGUE, planSeeds } from './plan'
import { readProgress, writeProgress } from './progress'
import { seedAuction, type SeedMarket } from './seedAuction'

const env = loadEnv(
  z.object({
    RPC_URL: z.url(),
    ENCLAVE_URL: z.url(),
    DEPLOYMENT_FILE: z.string().min(1),
    SEED_FILE: z.string().min(1),
    ENCLAVE_ROOT_FILE: z.string().min(1),
  }),
)
const log = createLogger('seed')

/** An auction that closes in less than this is as good as closed to somebody who arrives now. */
const WORTH_OPENING_FOR = 120n

async function isAnythingOpen({ rpcUrl, deployment }: LocalNetwork): Promise<boolean> {
  const connection = openEvmConnection(rpcUrl)
  const { number, timestamp } = await connection.readBlock('latest')
  const created = await readAuctionLogs(connection, deployment, { types: ['AuctionCreated'], toBlock: number })
  return created.some(({ params }) => params.closesAt > timestamp + WORTH_OPENING_FOR)
}

const deployment = await loadDeployment(env.DEPLOYMENT_FILE)
const network: LocalNetwork = { rpcUrl: env.RPC_URL, enclaveUrl: env.ENCLAVE_URL, deployment }
const { hash: chain } = await openEvmConnection(env.RPC_URL).readBlock(BigInt(deployment.startBlock))
const progress = await readProgress(env.SEED_FILE, chain)

const auctions = await planSeeds(progress, () => isAnythingOpen(network))
if (auctions.length > 0) {
  const { demoBase: grain } = deployment.contracts
  if (!grain) throw new Error('This deployment has no demoBase: it is not a local one.')
  const loseEnclave = () => registerLostEnclave(network, env.ENCLAVE_ROOT_FILE)
  const market: SeedMarket = { network, grain, loseEnclave }
  for (const auction of auctions) {
    try {
      await seedAuction(market, auction)
      progress.done.push(auction.key)
      if (!CATALOGUE.includes(auction)) progress.added += 1
      await writeProgress(env.SEED_FILE, progress)
      log.info({ auction: auction.title }, 'opened')
    } catch (err) {
      log.error({ auction: auction.title, err }, 'could not be opened')
      process.exitCode = 1
    }
  }
}
