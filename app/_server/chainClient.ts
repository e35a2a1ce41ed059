import { createPublicClient, type PublicClient } from 'viem'
import { chainTransport } from '../../lib/chain/transport'
import { readNetwork } from './readNetwork'

let client: Promise<PublicClient> | undefined

/** The web server's own connection to the chain, for names and pictures of tokens. Short of patience: a page waits. */
export function chainClient(): Promise<PublicClient> {
  client ??= readNetwork().then(
    ({ rpcUrl }) =>
      createPublicClient({ transport: chainTransport(rpcUrl, { batch: true, timeout: 3_000, retryCount: 0 }) }),
    (error: unknown) => {
      client = undefined
      throw error
    },
  )
  return client
}
