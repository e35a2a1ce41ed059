// `npx tsx tests/load/hostile.ts [--bids N] [--sockets N] [--early N]`: an enclave in a process of its own, which two auctions of
// N bids with a late deadline and a crowd of hostile clients keep busy, beside an auction with an early deadline that must
// be settled. Prints a line of figures; exit code 1 where the early one was late.
import { once } from 'node:events'
import { request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { createTestClient, http, numberToHex, zeroAddress, type Address } from 'viem'
import { depositAndBidCall } from '../../lib/chain/calls/bids'
import { openEvmSender } from '../../lib/chain/evm/sender'
import { ACCOUNT, localAccount } from '../../lib/dev/accounts'
import { openBenchChain } from '../bench/book/fillMarket'
import { startAnvil } from '../fixtures/anvil'
import { openTestAuction, sealTestBid, type TestAuction } from '../fixtures/auctions'
import { deployContracts } from '../fixtures/deploy'
import { createEnclaveFiles, startTestEnclave } from '../fixtures/enclave'
import { startEnclaveProcess } from '../fixtures/enclaveProcess'

const number = (value: string) => ({ type: 'string', default: value }) as const
const { values } = parseArgs({ options: { bids: number('10000'), sockets: number('10000'), early: number('20') } })
const [BIDS, SOCKETS, EARLY] = [values.bids, values.sockets, values.early].map(Number) as [number, number, number]
/** Seconds that the early auction gives its enclave. */
const DEADLINE_S = 900n
/** Loopback has many addresses: the keeper has one, each kind of stranger another. */
const FROM = { keeper: '127.0.0.1', flood: '127.0.0.2', slow: '127.0.0.3', silent: '127.0.0.4' }
const say = (text: string) => process.stderr.write(`${text}\n`)

const chain = await startAnvil()
const files = await createEnclaveFiles()
const deployment = await deployContracts(chain, files.root)
const registered = await startTestEnclave(chain, deployment, files)
const seller = openEvmSender({ rpcUrl: chain.rpcUrl, deployment, account: localAccount(ACCOUNT.seller) })
const closesAt = (await chain.now()) + 86_400n
const open = (seconds: bigint) =>
  openTestAuction(chain, deployment, registered, seller, { closesAt, settleBy: closesAt + seconds })
const late = [await open(7n * 86_400n), await open(7n * 86_400n)] as const
const early = await open(DEADLINE_S)
const bench = await openBenchChain(chain.rpcUrl)
const anvil = createTestClient({ mode: 'anvil', transport: http(chain.rpcUrl) })

const bidderAt = (index: number): Address => numberToHex(0x5000_0000n + BigInt(index), { size: 20 })

/** The same sealed bids would do, but an accumulator takes each from its own sender. */
async function fill(auction: TestAuction, bids: number): Promise<void> {
  const start = performance.now()
  for (let index = 0; index < bids; ++index) {
    const address = bidderAt(index)
    const input = await sealTestBid(deployment, registered, auction, { address }, 1 + (index % 9))
    await anvil.setBalance({ address, value: 10n ** 20n })
    await bench.send(address, depositAndBidCall(deployment, input, input.collateral, zeroAddress), 400_000n)
    if (index % 100 === 99) await bench.mine()
  }
  await bench.mine()
  say(`${bids} bids in ${Math.round((performance.now() - start) / 1_000)} s`)
}
await fill(late[0], BIDS)
await fill(late[1], BIDS)
await fill(early, EARLY)
await registered.close()
const enclave = await startEnclaveProcess(chain.rpcUrl, deployment, files)
await chain.mineAt(closesAt, 2)

const statuses = new Map<string, number>()
const note = (what: string) => statuses.set(what, (statuses.get(what) ?? 0) + 1)
const { hostname, port } = new URL(enclave.url)

/** @returns null where the connection was cut. */
function ask(from: keyof typeof FROM, path: string, method = 'GET'): Promise<{ status: number; body: string } | null> {
  return new Promise((resolve) => {
    const options = { hostname, port, path, method, localAddress: FROM[from], agent: false as const }
    const asked = request(options, (response) => {
      let body = ''
      response.on('data', (part: Buffer) => (body += part.toString()))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }))
      response.on('error', () => resolve(null))
    })
    asked.on('error', () => resolve(null))
    asked.end(method === 'POST' ? '{' : undefined)
  })
}

let isOver = false
const hash = `0x${'ab'.repeat(32)}`
const ROUTES = [
  ['GET', `/v1/settlements/${late[0].id}`],
  ['GET', `/v1/settlements/${hash}`],
  ['GET', `/v1/markets/${hash}/batches/1/settlement`],
  ['GET', `/v1/markets/${hash}/batches/1/carried`],
  ['GET', `/bundles/${hash}`],
  ['GET', `/v1/evidence/${hash}`],
  ['GET', '/v1/keys'],
  ['GET', '/ready'],
  ['GET', '/metrics'],
  ['POST', '/v1/attestation'],
] as const

async function flood([method, path]: (typeof ROUTES)[number]): Promise<void> {
  while (!isOver) {
    const answer = await ask('flood', path, method)
    note(`flood ${answer?.status ?? 'cut'}`)
    // An event loop of attackers that does nothing but retry would measure itself.
    if (!answer) await sleep(5)
  }
}

function hold(from: keyof typeof FROM): Socket {
  const socket = connect({ host: hostname, port: Number(port), localAddress: FROM[from] })
  socket.on('error', () => undefined)
  return socket
}

/** Sockets that say nothing, a few hundred at a time, until there were so many. */
async function silence(): Promise<void> {
  const held: Socket[] = []
  for (let made = 0; made < SOCKETS && !isOver; made += 200) {
    for (let count = 0; count < 200; ++count) held.push(hold('silent'))
    for (const socket of held.splice(0, Math.max(0, held.length - 800))) socket.destroy()
    statuses.set('silent sockets', made + 200)
    await sleep(250)
  }
  for (const socket of held) socket.destroy()
}

/** A peer that reads a byte a second of what it asked for. */
async function readSlowly(): Promise<void> {
  while (!isOver) {
    const socket = hold('slow')
    socket.write('GET /metrics HTTP/1.1\r\nhost: x\r\n\r\n')
    socket.pause()
    const closed = once(socket, 'close').catch(() => undefined)
    while (!isOver && !socket.destroyed) {
      socket.read(1)
      await Promise.race([closed, sleep(1_000)])
    }
    note('slow readers ended')
    socket.destroy()
  }
}

// Both places for auctions are taken before the early one is asked for.
const big = late.map(({ id }) => ask('flood', `/v1/settlements/${id}`))
await sleep(3_000)
const crowd = [...ROUTES, ...ROUTES].map(flood)
const others = [silence(), ...Array.from({ length: 8 }, readSlowly)]
await sleep(3_000)
const start = performance.now()
let tries = 0
let settled = false
const elapsed = () => (performance.now() - start) / 1_000
while (!settled && elapsed() < Number(DEADLINE_S)) {
  tries += 1
  const answer = await ask('keeper', `/v1/settlements/${early.id}`)
  settled = answer?.status === 200
  if (!settled) await sleep(1_000)
}
const seconds = elapsed()
// The crowd goes on until all its sockets were there.
await others[0]
isOver = true
const figures = JSON.stringify({
  ...{ load: 'hostile', bids: [BIDS, BIDS, EARLY], settled, seconds: Number(seconds.toFixed(1)), tries },
  ...{ deadline: Number(DEADLINE_S), ...Object.fromEntries([...statuses].sort()) },
})
process.stdout.write(`${figures}\n`)
// Those that still wait for the large auctions are cut off with it.
await enclave.end('SIGKILL')
await Promise.all([...big, ...crowd, ...others])
await chain.stop()
await files.remove()
process.exit(settled ? 0 : 1)
