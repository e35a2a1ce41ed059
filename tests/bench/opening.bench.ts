// Opening bids: native code against @hpke/core, worker threads against one, and what an auction's size costs in memory.
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Chacha20Poly1305 } from '@hpke/chacha20poly1305'
import { CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'
import { hexToBytes } from 'viem'
import { PackedBids } from '../../lib/enclave/bids/packedBids'
import { decrypt, deriveSealingKeys } from '../../lib/enclave/hpke'
import { openBids } from '../../lib/enclave/opening/openBids'
import { openRecords } from '../../lib/enclave/opening/openRecords'
import { OpeningPool } from '../../lib/enclave/opening/pool'
import { ecdhOf } from '../../lib/enclave/p256'
import { splitSealed } from '../../lib/protocol/sealing/blob'
import { encodeAad, encodeInfo } from '../../lib/protocol/sealing/context'
import { bidder, context, params, sealPrice, sealingKey } from './opening/history'

const { values } = parseArgs({
  options: { opens: { type: 'string', default: '1000' }, sizes: { type: 'string', default: '1000,10000,100000' } },
})
const OPENS = Number(values.opens)
/** Short rounds, the one against the other in turn: some of many are not interrupted, on a machine with other work. */
const ROUND = 20

const print = (line: object) => console.log(JSON.stringify({ bench: 'opening', ...line }))
const round = (value: number) => Number(value.toPrecision(4))

type Times = { wall: number; processor: number }

/** Milliseconds that some work takes, and those of processor time, all threads of this process together. */
async function timesOf(work: () => unknown): Promise<Times> {
  const [start, used] = [performance.now(), process.cpuUsage()]
  await work()
  const { user, system } = process.cpuUsage(used)
  return { wall: performance.now() - start, processor: (user + system) / 1_000 }
}

const leastOf = (a: Times, b: Times): Times => ({
  wall: Math.min(a.wall, b.wall),
  processor: Math.min(a.processor, b.processor),
})

const sealed = await Promise.all(Array.from({ length: 20 }, (_, index) => sealPrice(100 + index)))
const info = encodeInfo(context)
const blobs = sealed.map(({ x, y, sealed: blob }) => {
  const { salt, enc, ciphertext } = splitSealed(hexToBytes(blob))
  return { enc, ciphertext, aad: encodeAad({ trader: bidder, x, y, salt }) }
})

function openNatively(opens: number): void {
  const { privateKey, publicKey } = sealingKey.native
  const ecdh = ecdhOf(privateKey)
  for (let index = 0; index < opens; ++index) {
    const { enc, ciphertext, aad } = blobs[index % blobs.length]!
    const keys = deriveSealingKeys(ecdh(enc), enc, publicKey, info)
    if (!decrypt(keys, aad, ciphertext)) throw new Error('did not open')
  }
}

/** The library as it is meant to be used: one recipient key pair, imported once. */
async function openWithLibrary(opens: number): Promise<void> {
  const kem = new DhkemP256HkdfSha256()
  const suite = new CipherSuite({ kem, kdf: new HkdfSha256(), aead: new Chacha20Poly1305() })
  const bytes = (view: Uint8Array) => view.slice().buffer
  const recipientKey = {
    publicKey: await kem.deserializePublicKey(bytes(sealingKey.publicKey)),
    privateKey: await kem.deserializePrivateKey(bytes(sealingKey.privateKey)),
  }
  for (let index = 0; index < opens; ++index) {
    const { enc, ciphertext, aad } = blobs[index % blobs.length]!
    const recipient = await suite.createRecipientContext({ recipientKey, enc: bytes(enc), info: bytes(info) })
    await recipient.open(bytes(ciphertext), bytes(aad))
  }
}

/** The best round of each. */
async function compareOpening(): Promise<void> {
  openNatively(50)
  await openWithLibrary(50)
  const never: Times = { wall: Infinity, processor: Infinity }
  let [native, library] = [never, never]
  for (let done = 0; done < OPENS; done += ROUND) {
    native = leastOf(native, await timesOf(() => openNatively(ROUND)))
    library = leastOf(library, await timesOf(() => openWithLibrary(ROUND)))
  }
  for (const clock of ['wall', 'processor'] as const) {
    const [value, baseline] = [round(native[clock] / ROUND), round(library[clock] / ROUND)]
    print({
      case: `one HPKE opening after the other, native against @hpke/core: ${clock} time`,
      ...{ value, unit: 'ms', baseline, ratio: round(baseline / value), opens: OPENS, round: ROUND },
    })
  }
}

/** Opening and judging, proof of knowledge and commitment included: the pool against one thread. */
async function comparePool(): Promise<void> {
  const bids = new PackedBids()
  const position = { blockNumber: 1n, blockHash: '0x', transactionHash: '0x', logIndex: 0 } as const
  const { id } = context
  const { collateral } = params
  const count = 3 * OPENS
  for (let seq = 0; seq < count; ++seq) {
    bids.add({
      type: 'BidPlaced',
      id,
      bidder,
      seq,
      slot: 0,
      collateral,
      points: 0,
      creditBps: 0,
      ...sealed[seq % 20]!,
      ...position,
    })
  }
  const task = { key: sealingKey.native, context, oneLot: true }
  const pool = new OpeningPool()
  await openBids(pool.dueBy(0n), { ...task, bids })
  const rate = async (work: () => unknown, done: number) => {
    const start = performance.now()
    await work()
    return (done * 1_000) / (performance.now() - start)
  }
  const records = Buffer.concat(Array.from({ length: OPENS }, (_, index) => bids.record(index)))
  const baseline = await rate(() => openRecords({ ...task, records }), OPENS)
  const value = await rate(() => openBids(pool.dueBy(0n), { ...task, bids }), count)
  await pool.close()
  print({
    case: 'bids opened and judged, worker threads against one thread',
    ...{ value: round(value), unit: 'bids a second', baseline: round(baseline), ratio: round(value / baseline) },
    threads: pool.size,
  })
}

/** A process for each size: read, held against the accumulator, opened, settled. */
function measureMemory(): void {
  const program = fileURLToPath(new URL('./opening/memory.ts', import.meta.url))
  let baseline: number | undefined
  for (const bids of values.sizes.split(',').map(Number)) {
    const output = execFileSync(process.execPath, ['--import', 'tsx', program, String(bids)], { encoding: 'utf8' })
    const { megabytes } = JSON.parse(output) as { megabytes: number }
    baseline ??= megabytes
    const against = { baseline, ratio: round(megabytes / baseline) }
    print({ case: `peak memory of settling ${bids} bids`, value: megabytes, unit: 'MB', ...against, bids })
  }
}

await compareOpening()
await comparePool()
measureMemory()
