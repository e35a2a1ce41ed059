import { keccak256, padHex, stringToHex, toHex } from 'viem/utils'
import type { Address, Hex } from 'viem'
import { accumulate, fold } from '../../lib/protocol/auction/accumulator'
import { bidLeaf, cancelLeaf } from '../../lib/protocol/auction/leaf'
import { auctionIdOf, hashParams, type AuctionParams } from '../../lib/protocol/auction/params'
import { hashSettlement, type AuctionSettlement } from '../../lib/protocol/auction/settlement'
import { winnersHash } from '../../lib/protocol/auction/winnersHash'
import { deriveBlinding } from '../../lib/protocol/commitment/blinding'
import { commit } from '../../lib/protocol/commitment/commit'
import { N } from '../../lib/protocol/commitment/generator'
import { isOpening, openingDigest } from '../../lib/protocol/commitment/opening'
import { KIND, UINT32_MAX, ZERO_HASH } from '../../lib/protocol/constants'
import { encodeValue } from '../../lib/protocol/values'

// The first contract of anvil's first account.
const DOMAIN = { chainId: 31337n, contract: '0x5FbDB2315678afecb367f032d93F642f64180aa3' as Address }
const SELLER: Address = '0x90F79bf6EB2c4f870365E785982E1f101E93b906'
const TRADERS: Address[] = [
  '0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65',
  '0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc',
  '0x976EA74026E726554dB657fA54763abd0C3a0aa9',
]
const ID = auctionIdOf(DOMAIN, SELLER, 0n)

const PARAMS: AuctionParams = {
  rule: 1,
  lotKind: 0,
  lotToken: '0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512',
  lotTokenId: 7n,
  lotSize: 1n,
  supply: 1,
  paymentToken: '0x9fE46736679d2D9a65F0992F2272dE9f3c7fa6e0',
  tickSize: 10n ** 16n,
  reserve: 250,
  sealedReserve: ZERO_HASH,
  collateralPolicy: 1,
  collateral: 5n * 10n ** 18n,
  maxBids: 1000,
  bidsPerAddress: 1,
  allowListRoot: ZERO_HASH,
  keyId: keccak256(stringToHex('a sealing key')),
  closesAt: 1_800_000_000n,
  settleBy: 1_800_086_400n,
  challengeWindow: 3600,
  noSettlement: 0,
  revealWindow: 0,
}

interface OpeningCase {
  name: string
  trader: Address
  price: number
  quantity: number
  rho: Hex
  kind?: number
  flags?: number
  minFill?: number
  expiryBatch?: number
}

function rhoOf(index: number): Hex {
  return keccak256(stringToHex(`rho ${index}`))
}

function openingCases(): OpeningCase[] {
  const [first, second, third] = TRADERS as [Address, Address, Address]
  const cases: OpeningCase[] = [
    { name: 'least value', trader: first, price: 1, quantity: 1, rho: rhoOf(0) },
    { name: 'greatest value', trader: second, price: UINT32_MAX, quantity: UINT32_MAX, rho: rhoOf(1) },
    { name: 'greatest price, one lot', trader: third, price: UINT32_MAX, quantity: 1, rho: rhoOf(2) },
    { name: 'rho of zeros', trader: first, price: 300, quantity: 1, rho: ZERO_HASH },
    { name: 'rho of ones', trader: first, price: 300, quantity: 1, rho: toHex((1n << 256n) - 1n) },
    { name: 'sealed reserve', trader: second, price: 275, quantity: 1, rho: rhoOf(3), kind: KIND.sealedReserve },
    {
      name: 'market order with every field set',
      trader: third,
      price: 9,
      quantity: 4,
      rho: rhoOf(4),
      kind: KIND.market,
      flags: 15,
      minFill: 3,
      expiryBatch: UINT32_MAX,
    },
  ]
  for (let i = 5; i < 9; i++) {
    cases.push({
      name: `ordinary bid ${i - 4}`,
      trader: TRADERS[i % 3] as Address,
      price: 100 * i,
      quantity: 1,
      rho: rhoOf(i),
    })
  }
  return cases
}

function openingOf(item: OpeningCase) {
  const { kind = KIND.auction, flags = 0, minFill = 0, expiryBatch = 0 } = item
  const terms = { ...item, kind, flags, minFill, expiryBatch }
  const blinding = deriveBlinding({ ...DOMAIN, ...terms, id: ID })
  const value = encodeValue(item.price, item.quantity)
  const commitment = commit(value, blinding)
  return { ...terms, id: ID, value, blinding, ...commitment, e: openingDigest(commitment, value, blinding) }
}

/** The same commitment with something else claimed about it. */
function refusalsOf(opening: ReturnType<typeof openingOf>, other: ReturnType<typeof openingOf>) {
  const { x, y, value, blinding } = opening
  const claims = [
    { name: 'next value', x, y, value: value + 1n, blinding },
    { name: 'value before', x, y, value: value - 1n, blinding },
    { name: 'next blinding', x, y, value, blinding: (blinding + 1n) % N },
    { name: 'negated point', x, y: 2n ** 256n - 2n ** 32n - 977n - y, value, blinding },
    { name: 'another commitment', x: other.x, y: other.y, value, blinding },
    { name: 'value of zero', x, y, value: 0n, blinding },
    { name: 'blinding of zero', x, y, value, blinding: 0n },
  ]
  return claims.map((claim) => ({ ...claim, accepted: isOpening(claim, claim.value, claim.blinding) }))
}

/**
 * Everything that the contracts and the TypeScript must compute alike, for one auction on chain id 31337.
 * Big numbers are decimal strings once written.
 */
export function buildOpeningVectors() {
  const openings = openingCases().map(openingOf)
  const bids = openings.slice(0, 3).map((opening, index) => {
    const bid = {
      id: ID,
      seq: index,
      bidder: opening.trader,
      collateral: PARAMS.collateral + BigInt(index),
      points: [0, -(2 ** 31), 2 ** 31 - 1][index] ?? 0,
      creditBps: [0, 250, 10_000][index] ?? 0,
      x: opening.x,
      y: opening.y,
      sealedHash: keccak256(padHex(toHex(index + 1), { size: 257 })),
    }
    return { ...bid, leaf: bidLeaf(DOMAIN, bid) }
  })
  const [first, second, third] = bids as [(typeof bids)[0], (typeof bids)[0], (typeof bids)[0]]
  const cancellation = { id: ID, seq: 3, bidder: second.bidder, cancelledSeq: 1 }
  const cancelled = { ...cancellation, leaf: cancelLeaf(DOMAIN, cancellation) }
  const leaves = [first.leaf, second.leaf, third.leaf, cancelled.leaf]
  const accs = leaves.map((_, count) => accumulate(leaves.slice(0, count + 1)))
  const winners = [
    { leaf: first.leaf, fill: 2 },
    { leaf: third.leaf, fill: 1 },
  ]
  const paramsHash = hashParams(DOMAIN, ID, PARAMS)
  const settlement: AuctionSettlement = {
    id: ID,
    paramsHash,
    acc: fold(accs[2] as Hex, cancelled.leaf),
    count: 4,
    round: 1,
    reserve: PARAMS.reserve,
    reserveInvalid: false,
    clearingPrice: 300,
    totalFilled: 3,
    winnersHash: winnersHash(winners),
    proofHash: ZERO_HASH,
  }
  return {
    chainId: DOMAIN.chainId,
    contract: DOMAIN.contract,
    openings,
    refusals: refusalsOf(openings[7] as (typeof openings)[0], openings[8] as (typeof openings)[0]),
    auction: { seller: SELLER, sellerNonce: 0n, id: ID, params: PARAMS, paramsHash },
    bids,
    cancellations: [cancelled],
    accumulator: { leaves, accs },
    winners: { chain: winners, winnersHash: winnersHash(winners), none: winnersHash([]) },
    settlement: { ...settlement, digest: hashSettlement(DOMAIN, settlement) },
  }
}

/** The vectors as the committed file has them. */
export function renderOpeningVectors(): string {
  const render = (_: string, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)
  return JSON.stringify(buildOpeningVectors(), render, 2) + '\n'
}
