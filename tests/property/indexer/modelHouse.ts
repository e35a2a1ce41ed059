import { keccak256, numberToHex, pad, toHex, zeroHash, type Address, type Hex } from 'viem'
import { fold } from '../../../lib/protocol/auction/accumulator'
import { bidLeaf, cancelLeaf } from '../../../lib/protocol/auction/leaf'
import { UINT32_MAX } from '../../../lib/protocol/constants'
import { BOOK_ACTS, performInBook, type BookAct, type ModelMarket } from './modelBook'
import { addressOf, MODEL_DEPLOYMENT } from './modelDeployment'

/** An event before it is in a block. */
export type Emitted = { contract: 'auctions' | 'book' | 'registry'; eventName: string; args: Record<string, unknown> }

type LiveBid = { seq: number; bidder: Address }
type ModelAuction = { id: Hex; acc: Hex; count: number; status: 1 | 2 | 3; round: number; live: LiveBid[] }

/** What the contracts store after a block. Copied for each block, never changed afterwards. */
export type HouseState = { auctions: ModelAuction[]; markets: ModelMarket[]; keys: number }

/** What somebody tries to do: which kind of act, to which auction or market, by whom. Numbers beyond what is there wrap around. */
export type Intent = { act: (typeof ACTS)[number]; auction: number; who: number }

export const ACTS = [
  ...([
    'create',
    'bid',
    'bid',
    'bid',
    'bid',
    'bid',
    'bid',
    'replace',
    'replace',
    'cancel',
    'cancel',
    'settle',
    'settleAgain',
    'void',
  ] as const),
  ...([
    'claim',
    'claimLot',
    'claimProceeds',
    'reclaimLot',
    'deposit',
    'withdraw',
    'register',
    'retire',
    'revoke',
  ] as const),
  ...(['other'] as const),
  ...BOOK_ACTS,
]

const DOMAIN = { chainId: 31337n, contract: MODEL_DEPLOYMENT.contracts.auctions }

/**
 * What the contracts would say to an intent, far less strictly than they are: it is the indexer that is tested. Ids do
 * not depend on the fork, so that two forks have the same auction with other bids.
 *
 * @param state Changed in place.
 * @param salt Makes the bids of different forks different.
 * @param time Of the block.
 */
export function perform(state: HouseState, intent: Intent, salt: string, time: number): Emitted[] {
  const { act, auction: index, who } = intent
  if (isBookAct(act)) return performInBook(state.markets, { act, market: index, who }, salt, time)
  const [person, other] = [addressOf(1 + (who % 4)), addressOf(1 + ((who + 1) % 4))]
  const says = (eventName: string, args: Record<string, unknown>, contract: Emitted['contract'] = 'auctions') => {
    return { contract, eventName, args }
  }
  if (act === 'create') return [create(state, person, salt)]
  if (act === 'deposit') return [says('Deposited', { token: addressOf(0xee), account: person, amount: 5n })]
  if (act === 'withdraw') return [says('Withdrawn', { token: addressOf(0xee), account: person, to: other, amount: 3n })]
  if (act === 'other') return [says('Unknown', {})]
  if (act === 'register') return register(state, person)
  if (act === 'retire') {
    return [says('SealingKeyRetired', { keyId: keyOf(who), signer: person, reporter: other }, 'registry')]
  }
  if (act === 'revoke') return [says('SealingKeyRevoked', { keyId: keyOf(who) }, 'registry')]

  const auction = state.auctions[index % Math.max(1, state.auctions.length)]
  if (!auction) return []
  const { id } = auction
  const bid = auction.live[who % Math.max(1, auction.live.length)]
  switch (act) {
    case 'bid':
      return [place(auction, person, salt)]
    case 'cancel':
      return bid ? [cancel(auction, bid)] : []
    case 'replace':
      return bid ? [cancel(auction, bid), place(auction, bid.bidder, salt)] : []
    case 'settle':
    case 'settleAgain':
      return settle(auction, bid, act === 'settleAgain')
    case 'void':
      auction.status = 3
      return [says('AuctionVoided', { id })]
    case 'claim':
      return bid ? [says('BidClaimed', { id, bidder: bid.bidder, seq: bid.seq, refund: 4n, payment: 1n })] : []
    case 'claimLot':
      return [says('LotClaimed', { id, bidder: person, to: other, lots: 1 })]
    case 'claimProceeds':
      return [says('ProceedsClaimed', { id, seller: person, amount: 9n })]
    case 'reclaimLot':
      return [says('LotReclaimed', { id, seller: person, to: other, lots: 1 })]
  }
}

const isBookAct = (act: Intent['act']): act is BookAct => (BOOK_ACTS as readonly string[]).includes(act)

const keyOf = (number: number) => pad(toHex(0x3e00 + (number % 8)), { size: 32 })

function create(state: HouseState, seller: Address, salt: string): Emitted {
  const nonce = state.auctions.length
  const id = pad(toHex(0xac0000 + nonce), { size: 32 })
  state.auctions.push({ id, acc: zeroHash, count: 0, status: 1, round: 1, live: [] })
  const params = {
    ...{ rule: 0, lotKind: 0, lotToken: addressOf(0xbb), lotTokenId: 1n, lotSize: 1n, supply: 1 },
    ...{ paymentToken: addressOf(0xee), tickSize: 1n, reserve: 0, sealedReserve: zeroHash, collateralPolicy: 0 },
    ...{ collateral: 10n, maxBids: 0, bidsPerAddress: 1, allowListRoot: zeroHash, keyId: keyOf(0), closesAt: 100n },
    ...{ settleBy: 200n, challengeWindow: 10, noSettlement: 0, revealWindow: 0 },
  }
  const args = { id, seller, keyId: keyOf(0), nonce: BigInt(nonce), paramsHash: keccak256(toHex(salt)), params }
  return { contract: 'auctions', eventName: 'AuctionCreated', args }
}

function place(auction: ModelAuction, bidder: Address, salt: string): Emitted {
  const { id, count: seq } = auction
  const sealedBid = pad(keccak256(toHex(`${salt} ${seq}`)), { size: 257 })
  const bid = { id, seq, bidder, collateral: 10n, points: 0, creditBps: 0, x: BigInt(keccak256(toHex(salt))), y: 2n }
  addLeaf(auction, bidLeaf(DOMAIN, { ...bid, sealedHash: keccak256(sealedBid) }))
  auction.live = [...auction.live, { seq, bidder }]
  return { contract: 'auctions', eventName: 'BidPlaced', args: { ...bid, slot: 0, sealedBid } }
}

function cancel(auction: ModelAuction, { seq: cancelledSeq, bidder }: LiveBid): Emitted {
  const { id, count: seq } = auction
  addLeaf(auction, cancelLeaf(DOMAIN, { id, seq, bidder, cancelledSeq }))
  auction.live = auction.live.filter((bid) => bid.seq !== cancelledSeq)
  return { contract: 'auctions', eventName: 'BidCancelled', args: { id, bidder, seq, slot: 0, cancelledSeq } }
}

function addLeaf(auction: ModelAuction, leaf: Hex): void {
  auction.acc = fold(auction.acc, leaf)
  auction.count += 1
}

/** The second settlement of an auction is what follows a strike: the next round. */
function settle(auction: ModelAuction, winner: LiveBid | undefined, again: boolean): Emitted[] {
  if (!winner || (auction.status === 2) !== again) return []
  const { id, acc, count, round } = auction
  auction.status = 2
  auction.round += 1
  const { seq, bidder } = winner
  const settlement = {
    ...{ id, paramsHash: zeroHash, acc, count, round, reserve: 0, reserveInvalid: false, clearingPrice: 7 },
    ...{ totalFilled: 1, winnersHash: zeroHash, proofHash: zeroHash },
  }
  const about = { id, signer: addressOf(9), marginalSeq: UINT32_MAX, challengeUntil: BigInt(300 + round), settlement }
  const opened = { id, seq, price: 7, quantity: 1, rho: numberToHex(round, { size: 32 }) }
  return [
    { contract: 'auctions', eventName: 'BidWon', args: { id, bidder, seq, slot: 0, fill: 1, payment: 7n } },
    { contract: 'auctions', eventName: 'BidOpened', args: opened },
    { contract: 'auctions', eventName: 'AuctionSettled', args: about },
  ]
}

function register(state: HouseState, signer: Address): Emitted[] {
  const keyId = keyOf(state.keys)
  state.keys += 1
  const period = { epoch: 2n ** 64n - 1n, notBefore: 0n, notAfter: 2n ** 64n - 1n }
  const key = { keyId, operator: addressOf(8), appId: addressOf(0xa9), ...period, publicKey: '0x04' }
  return [
    { contract: 'registry', eventName: 'SealingKeyRegistered', args: key },
    { contract: 'registry', eventName: 'SignerAdmitted', args: { keyId, signer, simulated: true, evidence: '0xabcd' } },
  ]
}
