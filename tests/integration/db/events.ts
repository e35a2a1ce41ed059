import { zeroHash, type Hex } from 'viem'
import type { AuctionEvent } from '../../../lib/chain/events'
import { NO_MARGINAL_SEQ, NO_SALE_PRICE } from '../../../lib/protocol/constants'

export const ADDRESS = {
  registry: `0x${'0e'.repeat(20)}`,
  seller: `0x${'aa'.repeat(20)}`,
  other: `0x${'bb'.repeat(20)}`,
  bidder: `0x${'cc'.repeat(20)}`,
} as const satisfies Record<string, Hex>

export const DOMAIN = { chainId: 31337n, contract: `0x${'0d'.repeat(20)}` } as const
export const BIGGEST = 2n ** 256n - 1n

/** A 32-byte value that is `number`. */
export const hash = (number: number): Hex => `0x${number.toString(16).padStart(64, '0')}`

const position = { blockNumber: 0n, blockHash: zeroHash, transactionHash: hash(77), logIndex: 0 }
const idOf = (index: number) => hash(1_000 + index)

/** Made-up events: the database does not ask whether a contract would say such a thing. */
export function auctionCreated(index: number, options: { closesAt: bigint; seller: Hex }): AuctionEvent {
  return {
    type: 'AuctionCreated',
    ...position,
    id: idOf(index),
    seller: options.seller,
    keyId: hash(5),
    nonce: BIGGEST,
    paramsHash: hash(6),
    params: {
      rule: 1,
      lotKind: 2,
      lotToken: ADDRESS.other,
      lotTokenId: BIGGEST,
      lotSize: BIGGEST,
      supply: 2 ** 32 - 1,
      paymentToken: ADDRESS.registry,
      tickSize: 2n ** 96n - 1n,
      reserve: 2 ** 32 - 1,
      sealedReserve: zeroHash,
      collateralPolicy: 1,
      collateral: 2n ** 128n - 1n,
      maxBids: 2 ** 32 - 1,
      bidsPerAddress: 65_535,
      allowListRoot: zeroHash,
      keyId: hash(5),
      closesAt: options.closesAt,
      settleBy: options.closesAt + 50n,
      challengeWindow: 2 ** 32 - 1,
      noSettlement: 1,
      revealWindow: 2 ** 32 - 1,
    },
  }
}

export function bidPlaced(index: number, seq: number): AuctionEvent {
  const sealed: Hex = `0x${'5e'.repeat(257)}`
  return {
    type: 'BidPlaced',
    ...position,
    id: idOf(index),
    bidder: ADDRESS.bidder,
    seq,
    slot: seq,
    collateral: 2n ** 128n - 1n,
    points: -(2 ** 31),
    creditBps: 2 ** 16 - 1,
    x: BIGGEST,
    y: BIGGEST,
    sealed,
  }
}

export function settled(index: number, challengeUntil: bigint): AuctionEvent {
  const settlement = {
    id: idOf(index),
    paramsHash: hash(6),
    acc: zeroHash,
    count: index % 3,
    round: 1,
    reserve: 0,
    reserveInvalid: false,
    clearingPrice: NO_SALE_PRICE,
    totalFilled: 0,
    winnersHash: zeroHash,
    proofHash: zeroHash,
  }
  return {
    type: 'AuctionSettled',
    ...position,
    id: idOf(index),
    signer: ADDRESS.other,
    marginalSeq: NO_MARGINAL_SEQ,
    challengeUntil,
    settlement,
  }
}

export function voided(index: number): AuctionEvent {
  return { type: 'AuctionVoided', ...position, id: idOf(index) }
}

export function deposited(): AuctionEvent {
  return { type: 'Deposited', ...position, token: ADDRESS.other, account: ADDRESS.bidder, amount: BIGGEST }
}
