import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestClient, http, publicActions } from 'viem'
import { foundry } from 'viem/chains'
import { foundryBinary } from '../../../lib/dev/anvil'

export type LocalChain = Awaited<ReturnType<typeof startLocalChain>>

/**
 * A fresh anvil on a free port, a block for every transaction.
 *
 * @param slotsInAnEpoch `finalized` is twice as many blocks behind the head.
 */
export async function startLocalChain(slotsInAnEpoch: number) {
  const directory = mkdtempSync(join(tmpdir(), 'subrosa-chain-'))
  const port = await freePort()
  const args = [
    '--port',
    `${port}`,
    '--slots-in-an-epoch',
    `${slotsInAnEpoch}`,
    '--accounts',
    '30',
    '--silent',
    '--cache-path',
    directory,
  ]
  const anvil = spawn(foundryBinary('anvil'), args, { stdio: 'ignore' })
  const kill = () => anvil.kill('SIGKILL')
  process.once('exit', kill)
  const rpcUrl = `http://127.0.0.1:${port}`
  const client = createTestClient({
    mode: 'anvil',
    chain: foundry,
    transport: http(rpcUrl),
    pollingInterval: 20,
  }).extend(publicActions)
  for (const deadline = Date.now() + 20_000; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const ready = await client.getChainId().catch(() => undefined)
    if (ready !== undefined) break
    if (Date.now() > deadline) throw new Error('anvil did not start')
  }
  return {
    rpcUrl,
    client,
    directory,
    stop: async () => {
      const ended = anvil.exitCode === null ? once(anvil, 'exit') : undefined
      kill()
      await ended
      process.off('exit', kill)
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
