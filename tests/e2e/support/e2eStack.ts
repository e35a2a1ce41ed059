import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPublicClient, http, type PublicClient } from 'viem'
import { randomBasePort } from '../../../lib/dev/ports'
import { startStack, type Stack } from '../../../lib/dev/stack'

export type E2eStack = { stack: Stack; web: string; client: PublicClient; stop: () => Promise<void> }

/** The whole product in a folder of its own, web app included, with nothing for sale; with a local Asset Hub where that is asked for. */
export async function startE2eStack({ polkadot = false }: { polkadot?: boolean } = {}): Promise<E2eStack> {
  const dir = await mkdtemp(join(tmpdir(), 'subrosa-e2e-'))
  // The database may run as another user, who must be able to enter.
  await chmod(dir, 0o755)
  const lines: string[] = []
  const base = randomBasePort()
  const ports = {
    chain: base,
    postgres: base + 1,
    enclave: base + 2,
    keeper: base + 3,
    indexer: base + 4,
    web: base + 5,
    hub: base + 6,
  }
  const stack = await startStack({ dir, ports, polkadot, log: (line) => lines.push(line) }).catch((cause: unknown) => {
    throw new Error(`The stack did not start:\n${lines.join('\n')}`, { cause })
  })
  if (!stack.urls.web) throw new Error('The stack has no web app.')
  return {
    stack,
    web: stack.urls.web,
    client: createPublicClient({ transport: http(stack.urls.rpc) }),
    stop: async () => {
      await stack.stop()
      await rm(dir, { recursive: true, force: true })
    },
  }
}
