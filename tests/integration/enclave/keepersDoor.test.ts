import { once } from 'node:events'
import { request as httpsRequest } from 'node:https'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { TransactionSender } from '../../../lib/chain/connection'
import type { Deployment } from '../../../lib/chain/deployment'
import { openEvmSender } from '../../../lib/chain/evm/sender'
import { ACCOUNT, localAccount } from '../../../lib/dev/accounts'
import { makeSelfSigned } from '../../../lib/enclave/http/selfSigned'
import { requestSettlement } from '../../../lib/keeper/enclaveClient'
import { startAnvil, type TestChain } from '../../fixtures/anvil'
import { openTestAuction, sealTestBid, sendTestBid, type TestAuction } from '../../fixtures/auctions'
import { deployContracts } from '../../fixtures/deploy'
import { createEnclaveFiles, startTestEnclave, type TestEnclave, type TestEnclaveFiles } from '../../fixtures/enclave'
import { until } from '../../fixtures/until'

/** As dstack's gateway stands before a machine: whoever connects, the machine sees the gateway's address. */
type Gateway = { port: number; close: () => Promise<void> }

const keeper = makeSelfSigned('a keeper')
const other = makeSelfSigned('another keeper')
const stranger = makeSelfSigned('a keeper')

let chain: TestChain
let files: TestEnclaveFiles
let deployment: Deployment
let enclave: TestEnclave
let seller: TransactionSender
let auction: TestAuction
let publicGateway: Gateway
let keepersGateway: Gateway
const flood: Socket[] = []

beforeAll(async () => {
  chain = await startAnvil()
  files = await createEnclaveFiles()
  deployment = await deployContracts(chain, files.root)
  enclave = await startTestEnclave(chain, deployment, files, chain.rpcUrl, {
    requestsPerSecond: 5,
    keepersDoor: { port: 0, certificates: keeper.certificate + other.certificate },
  })
  seller = openEvmSender({ rpcUrl: chain.rpcUrl, deployment, account: localAccount(ACCOUNT.seller) })
  auction = await openTestAuction(chain, deployment, enclave, seller)
  const bidder = openEvmSender({ rpcUrl: chain.rpcUrl, deployment, account: localAccount(20) })
  await sendTestBid(deployment, bidder, await sealTestBid(deployment, enclave, auction, bidder, 60))
  await chain.mineAt(auction.params.closesAt, 2)
  publicGateway = await startGateway(Number(new URL(enclave.url).port))
  keepersGateway = await startGateway(Number(new URL(enclave.keepersUrl!).port))
})
afterEach(() => {
  for (const socket of flood.splice(0)) socket.destroy()
})
afterAll(async () => {
  await publicGateway.close()
  await keepersGateway.close()
  await enclave.close()
  await chain.stop()
  await files.remove()
})

async function startGateway(to: number): Promise<Gateway> {
  const open = new Set<Socket>()
  const server: Server = createServer((inner) => {
    const outer = connect(to, '127.0.0.1')
    for (const [one, another] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      open.add(one)
      one.on('error', () => undefined)
      one.on('close', () => (open.delete(one), another.destroy()))
      one.pipe(another)
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Somebody who connects and says nothing. */
function knock(port: number): Socket {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  socket.resume()
  flood.push(socket)
  return socket
}

/** Whether this certificate opens the keepers' door: a status, or null where the connection is cut. */
function statusFor({ key, certificate }: typeof keeper, port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const options = { port, host: '127.0.0.1', path: '/health', key, cert: certificate, rejectUnauthorized: false }
    const asked = httpsRequest({ ...options, agent: false }, (response) => {
      response.resume()
      resolve(response.statusCode ?? null)
    })
    asked.on('error', () => resolve(null))
    asked.end()
  })
}

const byKeeper = () => requestSettlement(`https://127.0.0.1:${keepersGateway.port}`, auction.id, keeper)

describe('the keepers’ door', () => {
  it('opens for every certificate in the configuration, and for no other', async () => {
    const statuses = []
    for (const who of [keeper, other, stranger]) statuses.push(await statusFor(who, keepersGateway.port))
    expect(statuses).toEqual([200, 200, null])
    await expect(requestSettlement(enclave.keepersUrl!, auction.id, stranger)).rejects.toMatchObject({
      code: 'INTERNAL',
    })
    expect((await requestSettlement(enclave.keepersUrl!, auction.id, other)).settlement.id).toBe(auction.id)
    await expect(fetch(enclave.keepersUrl!.replace('https', 'http') + '/health')).rejects.toThrow()
  })

  it('stays open while one address, which all have behind a gateway, shuts the public one', async () => {
    const asking = { until: true }
    const crowd = Promise.all(
      Array.from({ length: 20 }, async () => {
        while (asking.until)
          await fetch(`http://127.0.0.1:${publicGateway.port}/v1/settlements/${auction.id}`).catch(() => undefined)
      }),
    )
    for (let count = 0; count < 100; ++count) knock(publicGateway.port)
    const publicAnswer = () =>
      fetch(`http://127.0.0.1:${publicGateway.port}/v1/settlements/${auction.id}`).then(
        ({ status }) => status,
        () => null,
      )
    await until(async () => (await publicAnswer()) !== 200)
    for (let times = 0; times < 5; ++times) {
      await until(async () => (await publicAnswer()) !== 200)
      expect((await byKeeper()).settlement.id).toBe(auction.id)
    }
    asking.until = false
    await crowd
  })

  it('lets a keeper in while strangers crowd before it: those that say nothing, and those without its key', async () => {
    const crowd = () => {
      for (let count = 0; count < 100; ++count) knock(keepersGateway.port)
      for (let count = 0; count < 10; ++count) {
        const socket = connectTls({ port: keepersGateway.port, host: '127.0.0.1', rejectUnauthorized: false })
        socket.on('error', () => undefined)
        flood.push(socket)
      }
    }
    for (let times = 0; times < 3; ++times) {
      crowd()
      expect((await byKeeper()).settlement.id).toBe(auction.id)
    }
    // The oldest strangers were ended to make room.
    await until(() => Promise.resolve(flood.filter(({ closed }) => closed).length >= 200))
  })
})
