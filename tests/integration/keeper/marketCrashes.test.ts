import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BATCH_STATUS } from '../../../lib/chain/book/batchState'
import type { TransactionSender } from '../../../lib/chain/connection'
import { ACCOUNT, localAccount } from '../../../lib/dev/accounts'
import { requestBatchSettlement } from '../../../lib/keeper/batchClient'
import { startEnclaveProcess } from '../../fixtures/enclaveProcess'
import { createStateFolder } from '../../fixtures/keeper'
import { startKeeperProcess } from '../../fixtures/keeperProcess'
import type { ProgramProcess } from '../../fixtures/programProcess'
import { startMarketWorld, type MarketWorld } from '../../fixtures/marketWorld'
import type { TestMarket } from '../../fixtures/markets'

let world: MarketWorld
let folder: Awaited<ReturnType<typeof createStateFolder>>
const running: ProgramProcess[] = []

beforeAll(async () => {
  world = await startMarketWorld()
  folder = await createStateFolder()
})
afterAll(async () => {
  for (const { child } of running) child.kill('SIGKILL')
  await folder.remove()
  await world.close()
})

const isSettled = (market: TestMarket, batchId: bigint) => async () =>
  (await world.batch(market, batchId)).challengeUntil !== 0n
const isFinal = (market: TestMarket, batchId: bigint) => async () =>
  (await world.batch(market, batchId)).status === BATCH_STATUS.FINAL

async function startEnclave(port?: number): Promise<ProgramProcess> {
  const enclave = await startEnclaveProcess(world.chain.rpcUrl, world.deployment, world.files, port)
  running.push(enclave)
  return enclave
}

async function startKeeper(enclaveUrl: string): Promise<ProgramProcess> {
  const { chain, deployment } = world
  const stateFile = folder.file('journal')
  const keeper = await startKeeperProcess({ rpcUrl: chain.rpcUrl, enclaveUrl, deployment, stateFile })
  running.push(keeper)
  return keeper
}

describe('enclave and keeper killed with -9 in the middle', () => {
  it('lose nothing: the same bytes again, each batch settled once and final, nobody a unit short', async () => {
    const { market, traders } = await world.open([20, 21], { batchLength: 20, challengeWindow: 60 })
    const [ann, bob] = traders as [TransactionSender, TransactionSender]
    const everyone = [ann.address, bob.address, localAccount(ACCOUNT.seller).address]
    const before = await world.wealth(market, everyone)
    let enclave = await startEnclave()
    let keeper = await startKeeper(enclave.url)
    const first = await world.place(market, ann, { price: 100, quantity: 10, stays: true })
    await world.place(market, bob, { sell: true, price: 90, quantity: 4 })
    await world.passUntil(isSettled(market, first.batchId))

    // The keeper goes while the first batch waits to be final; the enclave with the second one's orders opened.
    await keeper.end('SIGKILL')
    const second = await world.place(market, bob, { sell: true, price: 95, quantity: 3 })
    await world.end(market, second.batchId)
    await world.chain.mine(2)
    const signed = await requestBatchSettlement(enclave.url, market.id, second.batchId)
    await enclave.end('SIGKILL')
    const { port } = new URL(enclave.url)
    enclave = await startEnclave(Number(port))
    expect(await requestBatchSettlement(enclave.url, market.id, second.batchId)).toEqual(signed)

    keeper = await startKeeper(enclave.url)
    await world.passUntil(isFinal(market, second.batchId))
    expect(await isFinal(market, first.batchId)()).toBe(true)
    const settlements = await world.settlements(market)
    expect(settlements.map(({ batchId }) => batchId)).toEqual([first.batchId, second.batchId])
    expect(settlements.map(({ fills }) => fills.map(({ lots }) => lots))).toEqual([
      [4, 4],
      [3, 3],
    ])
    expect(await world.wealth(market, everyone)).toEqual(before)

    const { seedFile, signerFile } = world.files
    const secrets = await Promise.all([seedFile, signerFile].map((file) => readFile(file, 'utf8')))
    for (const { output } of running) {
      for (const secret of secrets) expect(output()).not.toContain(secret.trim())
      // What an order says, by the names that it would have in a log.
      expect(output()).not.toMatch(/"(price|quantity|minFill|rho|plaintext|privateKey)"/)
    }
    expect(running.map(({ output }) => output()).join('')).toMatch(/"msg":"batch signed"/)
    const metrics = await (await fetch(`${enclave.url}/metrics`)).text()
    expect(metrics).toMatch(/subrosa_enclave_batches_total\{result="signed",service="enclave"\} [1-9]/)
    expect(metrics).toMatch(/subrosa_enclave_orders_opened_total\{service="enclave"\} 3/)
  })
})
