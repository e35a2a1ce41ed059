import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestClient, http, publicActions } from 'viem'
import { foundry } from 'viem/chains'
import { spawnAnvil } from '../../fixtures/anvil'

export type LocalChain = Awaited<ReturnType<typeof startLocalChain>>

/**
 * A fresh anvil on a free port, a block for every transaction.
 *
 * @param slotsInAnEpoch `finalized` is twice as many blocks behind the head.
 */
export async function startLocalChain(slotsInAnEpoch: number) {
  const directory = mkdtempSync(join(tmpdir(), 'subrosa-chain-'))
  const slots = ['--slots-in-an-epoch', `${slotsInAnEpoch}`]
  const { rpcUrl, end } = await spawnAnvil([...slots, '--accounts', '30', '--cache-path', directory])
  const client = createTestClient({
    mode: 'anvil',
    chain: foundry,
    transport: http(rpcUrl),
    pollingInterval: 20,
  }).extend(publicActions)
  return {
    rpcUrl,
    client,
    directory,
    stop: async () => {
      await end('SIGKILL')
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
