import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settleCall } from '../../../lib/chain/calls/settlement'
import type { TransactionSender } from '../../../lib/chain/connection'
import type { Deployment } from '../../../lib/chain/deployment'
import { openEvmSender } from '../../../lib/chain/evm/sender'
import { ACCOUNT, localAccount } from '../../../lib/dev/accounts'
import { OpeningPool } from '../../../lib/enclave/opening/pool'
import { startOpeningWorker } from '../../../lib/enclave/opening/startWorker'
import type { WorkerJob } from '../../../lib/enclave/opening/worker'
import { KeptFiles } from '../../../lib/enclave/proving/keptFiles'
import { requestSettlement } from '../../../lib/keeper/enclaveClient'
import { createLogger } from '../../../lib/observe/logger'
import { startAnvil, type TestChain } from '../../fixtures/anvil'
import { openTestAuction, sealTestBid, sendTestBid } from '../../fixtures/auctions'
import { deployContracts } from '../../fixtures/deploy'
import { createEnclaveFiles, startTestEnclave, type TestEnclave, type TestEnclaveFiles } from '../../fixtures/enclave'

let chain: TestChain
let files: TestEnclaveFiles
let deployment: Deployment
let folder: string
let seller: TransactionSender

beforeAll(async () => {
  chain = await startAnvil()
  files = await createEnclaveFiles()
  deployment = await deployContracts(chain, files.root)
  folder = await mkdtemp(join(tmpdir(), 'subrosa-bundles-'))
  seller = openEvmSender({ rpcUrl: chain.rpcUrl, deployment, account: localAccount(ACCOUNT.seller) })
})
afterAll(async () => {
  await chain.stop()
  await files.remove()
  await rm(folder, { recursive: true })
})

/** The enclave as it is after a start on this disk, and the jobs that its threads were given. */
async function start(registered: boolean): Promise<{ enclave: TestEnclave; jobs: WorkerJob[] }> {
  const jobs: WorkerJob[] = []
  const watched = () => {
    const worker = startOpeningWorker()
    const post = worker.postMessage.bind(worker)
    worker.postMessage = (job: WorkerJob) => {
      jobs.push(job)
      post(job)
    }
    return worker
  }
  const bundleFiles = await KeptFiles.open({ folder, maxBytes: 10_000_000, log: createLogger('enclave', 'silent') })
  const pool = new OpeningPool({ size: 1, start: watched })
  const enclave = await startTestEnclave(chain, deployment, files, chain.rpcUrl, { registered, pool, bundleFiles })
  return { enclave, jobs }
}

const proofsMade = (jobs: WorkerJob[]) => jobs.filter((job) => 'prove' in job).length

describe('an enclave that was started again', () => {
  it('proves no settlement twice: neither for who asks to settle, nor for who asks for the proofs', async () => {
    const first = await start(false)
    const auction = await openTestAuction(chain, deployment, first.enclave, seller)
    for (const [index, price] of [60, 70, 80].entries()) {
      const bidder = openEvmSender({ rpcUrl: chain.rpcUrl, deployment, account: localAccount(20 + index) })
      await sendTestBid(deployment, bidder, await sealTestBid(deployment, first.enclave, auction, bidder, price))
    }
    await chain.mineAt(auction.params.closesAt, 2)
    const answer = await requestSettlement(first.enclave.url, auction.id)
    expect(proofsMade(first.jobs)).toBeGreaterThan(0)
    await first.enclave.close()

    const second = await start(true)
    expect(await requestSettlement(second.enclave.url, auction.id)).toEqual(answer)
    await second.enclave.close()
    const { settlement, signature, witness } = answer
    expect((await seller.execute(settleCall(deployment, settlement, signature, witness))).succeeded).toBe(true)
    await chain.mine(3)

    const third = await start(true)
    const response = await fetch(`${third.enclave.url}/bundles/${settlement.proofHash}`)
    expect(response.status).toBe(200)
    await third.enclave.close()
    expect([second, third].map(({ jobs }) => proofsMade(jobs))).toEqual([0, 0])
    expect(third.jobs.every((job) => 'hash' in job)).toBe(true)
  })
})
