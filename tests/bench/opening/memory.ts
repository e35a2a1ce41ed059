// Settles an auction of as many bids as it is told, in a process of its own, and says how much memory that took.
import { bytesToBigInt, keccak256 } from 'viem'
import { createEnclaveMetrics } from '../../../lib/enclave/metrics'
import { readBids } from '../../../lib/enclave/bids/readBids'
import type { EnclaveKeys } from '../../../lib/enclave/keys/enclaveKeys'
import { OpeningPool } from '../../../lib/enclave/opening/pool'
import { settleAuction } from '../../../lib/enclave/settleAuction'
import { deployment, domain, historyOf, sealPrice, sealingKey, spoil } from './history'

/** One bid in so many is well-formed; the others have a spoiled proof of knowledge, and take the same room. */
const WELL_FORMED = 100

const count = Number(process.argv[2])
const good = await Promise.all(Array.from({ length: 20 }, (_, index) => sealPrice(100 + index)))
const bad = good.map(spoil)
const bidAt = (seq: number) => (seq % WELL_FORMED === 0 ? good : bad)[seq % 20]!

const { auction, connection, lastBlock } = historyOf(count, bidAt)
createEnclaveMetrics()
const { params, bids } = await readBids(connection, deployment, auction, lastBlock)
const pool = new OpeningPool()
const { keyId, publicKey, privateKey, native } = sealingKey
const keys: EnclaveKeys = {
  signer: '0x',
  operator: '0x',
  sign: (digest) => Promise.resolve(keccak256(digest)),
  sealingKey: (epoch) => Promise.resolve({ epoch, keyId, publicKey, privateKey: native.privateKey }),
  proofSecrets: () => Promise.resolve({ sealingScalar: bytesToBigInt(privateKey), nonceSecret: new Uint8Array(32) }),
}
const hash = keccak256('0x')
const block = { number: lastBlock, hash, parentHash: hash, stateRoot: hash, timestamp: params.closesAt }
const { signed } = await settleAuction(
  { keys, threads: pool.dueBy(0n) },
  { auction, domain, params, bids, block, epoch: 0n },
)
await pool.close()
if (signed.settlement.count !== count || signed.settlement.totalFilled !== 1) throw new Error('not settled')
console.log(JSON.stringify({ megabytes: Math.round(process.resourceUsage().maxRSS / 1024) }))
