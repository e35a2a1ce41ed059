import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TransactionSender } from '../../../lib/chain/connection'
import { settleCall } from '../../../lib/chain/calls/settlement'
import type { Deployment } from '../../../lib/chain/deployment'
import { openEvmSender } from '../../../lib/chain/evm/sender'
import { ACCOUNT, localAccount } from '../../../lib/dev/accounts'
import { createEnclaveMetrics } from '../../../lib/enclave/metrics'
import { startEnclave, type RunningEnclave } from '../../../lib/enclave/start'
import { requestSettlement } from '../../../lib/keeper/enclaveClient'
import { createLogger } from '../../../lib/observe/logger'
import { startAnvil, type TestChain } from '../../fixtures/anvil'
import { openTestAuction, sealTestBid, sendTestBid } from '../../fixtures/auctions'
import { deployContracts } from '../../fixtures/deploy'
import {
  createEnclaveFiles,
  openTestChain,
  openTestPool,
  openTestReader,
  startTestEnclave,
  type TestEnclave,
  type TestEnclaveFiles,
} from '../../fixtures/enclave'
import { startLyingNode, type LyingNode } from '../../fixtures/lyingNode'
import { getJson } from '../../fixtures/getJson'
import { until } from '../../fixtures/until'

let chain: TestChain
let files: TestEnclaveFiles
let deployment: Deployment
let node: LyingNode
let registered: TestEnclave
let enclave: RunningEnclave
let seller: TransactionSender
let signatures = 0

/** The enclave of the registered keys once more, which counts what it signs. */
beforeAll(async () => {
  chain = await startAnvil()
  files = await createEnclaveFiles()
  deployment = await deployContracts(chain, files.root)
  node = await startLyingNode(chain.rpcUrl)
  registered = await startTestEnclave(chain, deployment, files)
  const { provider, keys } = registered
  enclave = await startEnclave({
    ...{ provider, deployment, log: createLogger('enclave', 'silent'), host: '127.0.0.1', port: 0 },
    ...{ chain: openTestChain(deployment, node.url), reader: openTestReader(deployment, node.url) },
    ...{ pool: await openTestPool(), metrics: createEnclaveMetrics() },
    keys: { ...keys, sign: (digest) => ((signatures += 1), keys.sign(digest)) },
  })
  seller = openEvmSender({ rpcUrl: chain.rpcUrl, deployment, account: localAccount(ACCOUNT.seller) })
})

afterAll(async () => {
  await enclave.close()
  await registered.close()
  await node.close()
  await chain.stop()
  await files.remove()
})

describe('a keeper that stops waiting for a long auction', () => {
  it('gets the answer when it asks again, though nobody was there to take it', async () => {
    const auction = await openTestAuction(chain, deployment, registered, seller)
    const bidder = openEvmSender({ rpcUrl: chain.rpcUrl, deployment, account: localAccount(20) })
    await sendTestBid(deployment, bidder, await sealTestBid(deployment, registered, auction, bidder, 60))
    await chain.mineAt(auction.params.closesAt, 2)

    let release = () => {}
    const released = new Promise<void>((resolve) => (release = resolve))
    node.tell((method, _params, truth) => (method === 'eth_getLogs' ? released.then(() => truth) : truth))
    const impatience = new AbortController()
    const lost = fetch(`${enclave.url}/v1/settlements/${auction.id}`, { signal: impatience.signal })
    await until(() => Promise.resolve(node.methods.includes('eth_getLogs')))
    impatience.abort()
    await expect(lost).rejects.toThrow('abort')
    expect(signatures).toBe(0)
    release()
    await until(() => Promise.resolve(signatures === 1))

    node.methods.splice(0)
    const answer = await requestSettlement(enclave.url, auction.id)
    expect(signatures).toBe(1)
    expect(node.methods).not.toContain('eth_getLogs')
    // And it is the true one.
    expect(answer).toEqual(await requestSettlement(registered.url, auction.id))
    const { settlement, signature, witness } = answer
    expect((await seller.execute(settleCall(deployment, settlement, signature, witness))).succeeded).toBe(true)

    // What it keeps does not outlive the auction's being open.
    await chain.mine(2)
    const late = await getJson(`${enclave.url}/v1/settlements/${auction.id}`)
    expect(late).toMatchObject({ status: 409, body: { error: { code: 'AUCTION_NOT_OPEN' } } })
  })
})
