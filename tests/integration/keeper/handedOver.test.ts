import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readAuction } from '../../../lib/chain/auctionState'
import { ACCOUNT } from '../../../lib/dev/accounts'
import type { Keeper } from '../../../lib/keeper/keeper'
import { openTestAuction, sealTestBid, sendTestBid } from '../../fixtures/auctions'
import { startTestEnclave, type TestEnclave } from '../../fixtures/enclave'
import { getJson } from '../../fixtures/getJson'
import { startTestKeeper } from '../../fixtures/keeper'
import { startMarketWorld, type MarketWorld } from '../../fixtures/marketWorld'
import { until } from '../../fixtures/until'

/** A keeper of a test's own: it takes what comes, and answers when it is told to. */
type Slow = { url: string; bodies: string[]; answer: () => void; server: Server }

let world: MarketWorld
let enclaves: TestEnclave[]
let keepers: Keeper[]
let slow: Slow

beforeAll(async () => {
  world = await startMarketWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  ;[enclaves, keepers] = [[], []]
  slow = await startSlow()
})
afterEach(async () => {
  slow.answer()
  for (const keeper of keepers) await keeper.stop()
  for (const enclave of enclaves) await enclave.close()
  slow.server.close()
  slow.server.closeAllConnections()
})

async function startSlow(): Promise<Slow> {
  const bodies: string[] = []
  let answer = () => {}
  const told = new Promise<void>((resolve) => (answer = resolve))
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString()))
    request.on('end', () => {
      bodies.push(body)
      void told.then(() => response.writeHead(204).end())
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bodies, answer: () => answer(), server }
}

/** The enclave of the world's keys, that has these keepers in its configuration. */
async function startEnclave(keeperUrls: string[], deliveryTimeoutMs = 60_000): Promise<TestEnclave> {
  const { chain, deployment, files } = world
  const options = { registered: true, keeperUrls, deliveryTimeoutMs }
  const enclave = await startTestEnclave(chain, deployment, files, chain.rpcUrl, options)
  enclaves.push(enclave)
  return enclave
}

/** A keeper that takes what it is given, and has no enclave to ask. */
async function startKeeper(): Promise<Keeper & { receiverUrl: string }> {
  const { chain, deployment } = world
  const keeper = await startTestKeeper({
    ...{ rpcUrl: chain.rpcUrl, deployment, enclaveUrl: 'http://127.0.0.1:9', account: ACCOUNT.keeper },
    receiveAt: { host: '127.0.0.1', port: 0 },
  })
  keepers.push(keeper)
  return { ...keeper, receiverUrl: keeper.receiverUrl! }
}

async function closedAuction() {
  const { chain, deployment, enclave, sender } = world
  const auction = await openTestAuction(chain, deployment, enclave, sender(ACCOUNT.seller))
  const bidder = sender(20)
  await sendTestBid(deployment, bidder, await sealTestBid(deployment, enclave, auction, bidder, 60))
  await chain.mineAt(auction.params.closesAt, 2)
  return auction
}

async function endedBatch() {
  const { market, traders } = await world.open([21, 22])
  const { batchId } = await world.place(market, traders[0]!, { price: 100, quantity: 3 })
  await world.place(market, traders[1]!, { sell: true, price: 90, quantity: 3 })
  await world.end(market, batchId)
  await world.chain.mine(2)
  return { market, batchId }
}

const post = (url: string, body: string) => fetch(`${url}/v1/outcomes`, { method: 'POST', body })

describe('an outcome', () => {
  it.each([
    ['of an auction', async () => `/v1/settlements/${(await closedAuction()).id}`],
    [
      'of a batch',
      async () => {
        const { market, batchId } = await endedBatch()
        return `/v1/markets/${market.id}/batches/${batchId}/settlement`
      },
    ],
  ])('%s is with the keepers before anybody who asks for it has it', async (_what, pathOf) => {
    const path = await pathOf()
    const { url } = await startEnclave([slow.url])
    let answers = 0
    const asked = [1, 2].map(async () => {
      const answer = await getJson(url + path)
      answers += 1
      return answer
    })
    await until(() => Promise.resolve(slow.bodies.length > 0), 240_000)
    // The keeper has it whole, and nobody else has anything, also who asks now.
    const late = getJson(url + path)
    const first = await Promise.race([late, getJson(`${url}/ready`).then(() => 'still waiting')])
    expect(first).toBe('still waiting')
    expect(answers).toBe(0)
    slow.answer()
    const [answer] = await Promise.all([...asked, late])
    expect(answer!.status).toBe(200)
    expect(answer!.body).toMatchObject(JSON.parse(slow.bodies[0]!) as object)
    // Once, however many ask, and whenever: also who asks when all is over.
    expect(await getJson(url + path)).toEqual(answer)
    expect(slow.bodies).toHaveLength(1)
  })

  it('waits no longer for a keeper that takes its time, or is not there, than it must', async () => {
    const { id } = await closedAuction()
    const { url } = await startEnclave([slow.url, 'http://127.0.0.1:9'], 300)
    expect((await getJson(`${url}/v1/settlements/${id}`)).status).toBe(200)
    const metrics = await (await fetch(`${url}/metrics`)).text()
    for (const keeper of [0, 1])
      expect(metrics).toMatch(new RegExp(`deliveries_total\\{.*keeper="${keeper}",result="failed".* 1`))
  })

  it('of auction and batch is sent by a keeper that could ask nobody', async () => {
    const { deployment, chain } = world
    const keeper = await startKeeper()
    const { url } = await startEnclave([keeper.receiverUrl])
    const { id } = await closedAuction()
    await getJson(`${url}/v1/settlements/${id}`)
    await world.passUntil(async () => (await readAuction(chain.connection, deployment, id))?.status === 2)
    const { market, batchId } = await endedBatch()
    await getJson(`${url}/v1/markets/${market.id}/batches/${batchId}/settlement`)
    await world.passUntil(async () => (await world.settlements(market)).length === 1)
  })
})

describe('a keeper’s door for outcomes', () => {
  it('takes what the contract takes, and nothing else', async () => {
    const { receiverUrl } = await startKeeper()
    const { id } = await closedAuction()
    const { url } = await startEnclave([])
    const { body } = await getJson(`${url}/v1/settlements/${id}`)
    const { settlement, ...rest } = body as { settlement: object }
    const statuses = []
    for (const sent of [
      JSON.stringify({ settlement: { ...settlement, clearingPrice: 59 }, ...rest }),
      JSON.stringify({ settlement: { ...settlement, id: `0x${'ab'.repeat(32)}` }, ...rest }),
      JSON.stringify({ settlement, ...rest, witness: {} }),
      '{',
      JSON.stringify(body),
    ])
      statuses.push((await post(receiverUrl, sent)).status)
    expect(statuses).toEqual([422, 422, 400, 400, 204])
    // What is too long is not read to its end, and the connection may be gone before the answer is there.
    const long = await post(receiverUrl, `"${'x'.repeat(8_000_000)}"`).then(
      ({ status }) => status,
      () => 'cut off',
    )
    expect([400, 'cut off']).toContain(long)
    expect((await fetch(`${receiverUrl}/v1/outcomes`)).status).toBe(404)
    expect((await fetch(`${receiverUrl}/metrics`)).status).toBe(404)
  })
})
