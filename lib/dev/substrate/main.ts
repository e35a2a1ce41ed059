import { cryptoWaitReady } from '@polkadot/util-crypto'
import { z } from 'zod'
import { loadEnv } from '../../config/env'
import { openLocalHub } from './localHub'
import { fundedPeople } from './people'
import { serveHub } from './serveHub'

const hubEnv = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  HUB_PORT: z.coerce.number().int().min(0).max(65_535).default(9944),
  /** Where its blocks are kept. */
  HUB_DIR: z.string().min(1).default('.subrosa/asset-hub'),
})

const env = loadEnv(hubEnv)
await cryptoWaitReady()
const chain = await openLocalHub(env.HUB_DIR, fundedPeople())
const server = await serveHub(chain, env.HOST, env.HUB_PORT)
console.log(`Local Asset Hub at ${server.url}, block ${chain.head.number}. One node, no forks, final at once.`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void server
      .close()
      .then(() => chain.upcomingBlocks())
      .then(() => chain.close())
      .finally(() => process.exit(0))
  })
}
