import { chacha20poly1305 } from '@noble/ciphers/chacha.js'
import { p256 } from '@noble/curves/nist.js'
import { bytesToHex, hexToBytes, keccak256, numberToHex, padHex, stringToHex } from 'viem/utils'
import type { Address, Hex } from 'viem'
import { accumulate } from '../../../lib/protocol/auction/accumulator'
import { auctionIdOf, hashParams, type AuctionParams } from '../../../lib/protocol/auction/params'
import { replayLeaves, type LeafEvent, type ReplayedBid } from '../../../lib/protocol/auction/replayLeaves'
import { deriveBlinding } from '../../../lib/protocol/commitment/blinding'
import { commit } from '../../../lib/protocol/commitment/commit'
import { KIND, ZERO_HASH, pricingRuleIndex } from '../../../lib/protocol/constants'
import { joinSealed } from '../../../lib/protocol/sealing/blob'
import { encodeAad, encodeInfo, keyIdOf, type SealContext } from '../../../lib/protocol/sealing/context'
import { deriveKeyPair } from '../../../lib/protocol/sealing/deriveKeyPair'
import { ecdhX } from '../../../lib/protocol/sealing/ecdh'
import { judgeOpened, type Judgement } from '../../../lib/protocol/sealing/judge'
import { deriveSealingKeys } from '../../../lib/protocol/sealing/keySchedule'
import { openWithSharedX } from '../../../lib/protocol/sealing/open'
import { encodePlaintext, type BidPlaintext } from '../../../lib/protocol/sealing/plaintext'
import { signPok } from '../../../lib/protocol/sealing/pok'

/** The enclave's sealing key and nonce secret, the same in every run. */
export const sealingSecret = new Uint8Array(32).fill(7)
export const sealingKey = p256.getPublicKey(sealingSecret, false)
export const secrets = { sealingScalar: BigInt(bytesToHex(sealingSecret)), nonceSecret: new Uint8Array(32).fill(11) }

export const domain = { chainId: 31337n, contract: '0x5FbDB2315678afecb367f032d93F642f64180aa3' as Address }
export const TICK = 1_000n

/** A bid as a test asks for it; what is left out is a valid bid for one lot, covered up to 1,000 ticks. */
export type BidSpec = {
  price: number
  quantity?: number
  /** Ticks. */
  collateral?: number
  /** Takes the bid of this seq back before the next one comes. */
  cancelled?: boolean
  /** What the blob says where it is not what was committed to. */
  sealedPrice?: number
  plaintext?: Partial<BidPlaintext>
  spoil?: 'pok' | 'prefix' | 'ciphertext'
}

export type WorldSpec = {
  rule: 'FIRST_PRICE' | 'SECOND_PRICE'
  reserve?: number
  bids: BidSpec[]
  nonce?: bigint
}

/** What a bidder committed to, for a test to cheat with. */
export type Committed = { price: number; quantity: number; rho: Hex }

/** An auction at its close: what the chain holds, and what the bidders know. */
export type World = {
  params: AuctionParams
  id: Hex
  paramsHash: Hex
  leaves: LeafEvent[]
  live: ReplayedBid[]
  acc: Hex
  count: number
  /** By seq. */
  committed: Map<number, Committed>
}

const bidderOf = (index: number): Address => padHex(numberToHex(index + 1), { size: 20 })

function spoiled(sealed: Hex, spoil: BidSpec['spoil']): Hex {
  const bytes = hexToBytes(sealed)
  if (spoil === 'prefix') bytes[16] = 0x02
  if (spoil === 'pok') bytes[16 + 65 + 63]! ^= 1
  return bytesToHex(bytes)
}

/** Seals as an honest client does, but for what the spec says otherwise. */
function placeBid(context: SealContext, spec: BidSpec, seq: number, trader: Address) {
  const { price, quantity = 1 } = spec
  const rho = keccak256(stringToHex(`rho ${context.id} ${seq}`))
  const { chainId, contract, kind, id } = context
  const bound = { chainId, contract, kind, id, trader, flags: 0, minFill: 0, expiryBatch: 0, rho }
  const { x, y } = commit((BigInt(price) << 32n) | BigInt(quantity), deriveBlinding(bound))
  const salt = hexToBytes(keccak256(stringToHex(`salt ${seq}`))).slice(0, 16)
  const { privateKey, publicKey: enc } = deriveKeyPair(hexToBytes(keccak256(stringToHex(`eph ${id} ${seq}`))))
  const info = encodeInfo(context)
  const aad = encodeAad({ trader, x, y, salt })
  const fields = { version: 1, kind, flags: 0, price: spec.sealedPrice ?? price, quantity, rho, minFill: 0 }
  const plaintext = encodePlaintext({ ...fields, expiryBatch: 0, ...spec.plaintext })
  const { key, nonce } = deriveSealingKeys(ecdhX(privateKey, sealingKey), enc, sealingKey, info)
  const ciphertext = chacha20poly1305(key, nonce, aad).encrypt(plaintext)
  // Spoiled before it is signed: its sender knows the key, and what he sealed does not open.
  if (spec.spoil === 'ciphertext') ciphertext[0]! ^= 1
  const pok = signPok({ info, aad, enc, ciphertext }, privateKey)
  const sealed = spoiled(joinSealed({ salt, enc, pok, ciphertext }), spec.spoil)
  return { x, y, sealed, committed: { price, quantity, rho } }
}

/** Builds an auction. Cancellations take a place among the leaves, so seqs count them. */
export function buildWorld({ rule, reserve = 10, bids, nonce = 0n }: WorldSpec): World {
  const params: AuctionParams = {
    rule: pricingRuleIndex(rule),
    ...{ lotKind: 0, lotToken: domain.contract, lotTokenId: 1n, lotSize: 1n, supply: 1 },
    ...{ paymentToken: domain.contract, tickSize: TICK, reserve, sealedReserve: ZERO_HASH },
    ...{ collateralPolicy: 1, collateral: TICK, maxBids: 0, bidsPerAddress: 1, allowListRoot: ZERO_HASH },
    ...{ keyId: keyIdOf(sealingKey), closesAt: 1_800_000_000n, settleBy: 1_800_086_400n, challengeWindow: 60 },
    ...{ noSettlement: 0, revealWindow: 0 },
  }
  const id = auctionIdOf(domain, bidderOf(99), nonce)
  const context = { ...domain, keyId: params.keyId, kind: KIND.auction, id, closesAt: params.closesAt }
  const leaves: LeafEvent[] = []
  const committed = new Map<number, Committed>()
  bids.forEach((spec, index) => {
    const [seq, bidder] = [leaves.length, bidderOf(index)]
    const placed = placeBid(context, spec, seq, bidder)
    const { x, y, sealed } = placed
    committed.set(seq, placed.committed)
    const collateral = BigInt(spec.collateral ?? 1_000) * TICK
    leaves.push({ type: 'BidPlaced', id, bidder, seq, slot: 0, collateral, points: 0, creditBps: 0, x, y, sealed })
    if (!spec.cancelled) return
    leaves.push({ type: 'BidCancelled', id, bidder, seq: seq + 1, slot: 0, cancelledSeq: seq })
  })
  const { live, acc, count } = replayLeaves(domain, id, leaves)
  return { params, id, paramsHash: hashParams(domain, id, params), leaves, live, acc, count, committed }
}

/** The same auction without one of its leaves, as a cheating enclave would like it: the accumulator is of the rest. */
export function accumulatorWithout(world: World, seq: number): Hex {
  return accumulate(world.live.filter((bid) => bid.seq !== seq).map(({ leaf }) => leaf))
}

/** Judges a bid as the enclave does: with its private key, after the public checks. */
export function judge(world: World, bid: ReplayedBid): Judgement {
  const { keyId, closesAt } = world.params
  const context = { ...domain, keyId, kind: KIND.auction, id: world.id, closesAt }
  const leaf = { context, trader: bid.bidder, x: bid.x, y: bid.y }
  const enc = hexToBytes(bid.sealed).slice(16, 81)
  const sharedX = enc[0] === 0x04 ? ecdhX(sealingSecret, enc) : new Uint8Array(32)
  return judgeOpened(openWithSharedX({ ...leaf, sealed: bid.sealed, sharedX, sealingKey }), { ...leaf, oneLot: true })
}
