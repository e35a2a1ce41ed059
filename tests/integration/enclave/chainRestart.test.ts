import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestClient, http } from 'viem'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openEvmSender } from '../../../lib/chain/evm/sender'
import type { Deployment } from '../../../lib/chain/deployment'
import { ACCOUNT, localAccount } from '../../../lib/dev/accounts'
import { startAnvil, type TestChain } from '../../fixtures/anvil'
import { openTestAuction, sealTestBid, sendTestBid, type TestAuction } from '../../fixtures/auctions'
import { deployContracts } from '../../fixtures/deploy'
import { createEnclaveFiles, startTestEnclave, type TestEnclave, type TestEnclaveFiles } from '../../fixtures/enclave'
import { getJson } from '../../fixtures/getJson'
import { startLyingNode } from '../../fixtures/lyingNode'

let folder: string
let chain: TestChain
let files: TestEnclaveFiles
let deployment: Deployment
let enclave: TestEnclave

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'subrosa-state-'))
  chain = await startAnvil({ stateFile: join(folder, 'state.json') })
  files = await createEnclaveFiles()
  deployment = await deployContracts(chain, files.root)
})

afterEach(async () => {
  await enclave.close()
  await chain.stop()
  await files.remove()
  await rm(folder, { recursive: true })
})

const sender = (index: number) => openEvmSender({ rpcUrl: chain.rpcUrl, deployment, account: localAccount(index) })
const openAuction = () => openTestAuction(chain, deployment, enclave, sender(ACCOUNT.seller))
const ask = ({ id }: TestAuction) => getJson(`${enclave.url}/v1/settlements/${id}`)

async function bid(auction: TestAuction, from: number, price: number) {
  const bidder = sender(from)
  await sendTestBid(deployment, bidder, await sealTestBid(deployment, enclave, auction, bidder, price))
}

describe('a node that is started again', () => {
  it('and lacks the finalized state leaves the enclave unready, until it has it', async () => {
    enclave = await startTestEnclave(chain, deployment, files)
    const auction = await openAuction()
    await bid(auction, 20, 60)
    await chain.mineAt(auction.params.closesAt, 3)
    const before = await ask(auction)
    expect(before.status).toBe(200)
    await enclave.close()
    await chain.stop()

    chain = await startAnvil({ stateFile: join(folder, 'state.json') })
    // Its key is registered already, and a transaction would mine a block.
    enclave = await startTestEnclave(chain, deployment, files, chain.rpcUrl, { registered: true })
    expect((await fetch(`${enclave.url}/ready`)).status).toBe(503)
    expect(await ask(auction)).toMatchObject({ status: 503, body: { error: { code: 'RPC_UNAVAILABLE' } } })
    // Its clock starts at the machine's again, behind its own blocks.
    await chain.mineAt(auction.params.closesAt + 60n, 2)
    expect((await fetch(`${enclave.url}/ready`)).status).toBe(200)
    expect(await ask(auction)).toEqual(before)
  })
})

describe('a reorganisation before finality', () => {
  it('gets no answer from the branch that is orphaned', async () => {
    enclave = await startTestEnclave(chain, deployment, files)
    const client = createTestClient({ mode: 'anvil', transport: http(chain.rpcUrl) })
    const auction = await openAuction()
    await chain.mine(3)
    await bid(auction, 20, 60)
    await chain.mine(3)
    // The highest bid, and the close, in blocks that will not stay.
    await bid(auction, 21, 90)
    await chain.mineAt(auction.params.closesAt)
    expect(await ask(auction)).toMatchObject({ status: 409, body: { error: { code: 'CLOSE_NOT_FINAL' } } })
    await client.request({ method: 'anvil_reorg' as never, params: [2, []] as never })
    expect(await ask(auction)).toMatchObject({ status: 409, body: { error: { code: 'CLOSE_NOT_FINAL' } } })
    await chain.mineAt(auction.params.closesAt + 60n, 2)
    const settled = await ask(auction)
    expect(settled).toMatchObject({ status: 200, body: { settlement: { count: 1, clearingPrice: 10 } } })
  })

  it('between the header and the proof is told from a proof', async () => {
    const node = await startLyingNode(chain.rpcUrl)
    enclave = await startTestEnclave(chain, deployment, files, node.url)
    const auction = await openAuction()
    await chain.mineAt(auction.params.closesAt, 3)
    // The node changes its mind about a block that it called final: what it proves is of another state.
    const client = createTestClient({ mode: 'anvil', transport: http(chain.rpcUrl) })
    node.tell(async (method, params, truth) => {
      if (method !== 'eth_getProof') return truth
      const [address, slots] = params
      return client.request({ method: 'eth_getProof' as never, params: [address, slots, '0x2'] as never })
    })
    expect(await ask(auction)).toMatchObject({ status: 503, body: { error: { code: 'ENDPOINTS_DISAGREE' } } })
    await node.close()
  })
})
