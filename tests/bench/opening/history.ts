import { bytesToHex, encodeAbiParameters, encodeEventTopics, keccak256, zeroAddress, zeroHash, type Hex } from 'viem'
import { sealedAuctionsAbi } from '../../../lib/abi/sealedAuctions'
import type { ChainConnection, RawLog } from '../../../lib/chain/connection'
import type { Deployment } from '../../../lib/chain/deployment'
import { SubrosaError } from '../../../lib/protocol/errors'
import { LogsRefused } from '../../../lib/chain/errors'
import type { ProvenAuction } from '../../../lib/enclave/chain/provenAuction'
import { fold } from '../../../lib/protocol/auction/accumulator'
import { bidLeaf } from '../../../lib/protocol/auction/leaf'
import { auctionIdOf, hashParams, type AuctionParams } from '../../../lib/protocol/auction/params'
import { KIND, ZERO_HASH, pricingRuleIndex } from '../../../lib/protocol/constants'
import { keyIdOf, type SealContext } from '../../../lib/protocol/sealing/context'
import { sealBid, type SealedBid } from '../../../lib/protocol/sealing/seal'
import { deriveKeyPair } from '../../../lib/protocol/sealing/deriveKeyPair'
import { importPrivateKey } from '../../../lib/enclave/p256'

/** Bids that a block has room for, and logs that a node answers at once. */
const BIDS_A_BLOCK = 300
const MOST_LOGS = 3_000

const address = (digit: string) => `0x${digit.repeat(40)}` as const
const seller = address('5')
export const bidder = address('b')

export const deployment: Deployment = {
  chainId: 31337,
  startBlock: '0',
  contracts: { auctions: address('a'), book: address('b'), registry: address('c'), verifier: address('d') },
}
export const domain = { chainId: 31337n, contract: deployment.contracts.auctions }

const pair = deriveKeyPair(new Uint8Array(32).fill(1))
export const sealingKey = {
  ...pair,
  keyId: keyIdOf(pair.publicKey),
  native: { publicKey: pair.publicKey, privateKey: importPrivateKey(pair.privateKey, pair.publicKey) },
}

export const params: AuctionParams = {
  ...{ rule: pricingRuleIndex('SECOND_PRICE'), lotKind: 0, lotToken: address('e'), lotTokenId: 1n, lotSize: 1n },
  ...{ supply: 1, paymentToken: zeroAddress, tickSize: 1n, reserve: 1, sealedReserve: zeroHash, collateralPolicy: 0 },
  ...{ collateral: 10n ** 9n, maxBids: 0, bidsPerAddress: 1, allowListRoot: zeroHash, keyId: sealingKey.keyId },
  ...{ closesAt: 1_800_000_000n, settleBy: 1_800_100_000n, challengeWindow: 60, noSettlement: 0, revealWindow: 0 },
}
const id = auctionIdOf(domain, seller, 0n)
export const context: SealContext = {
  ...domain,
  keyId: params.keyId,
  kind: KIND.auction,
  id,
  closesAt: params.closesAt,
}

/** A well-formed bid. */
export function sealPrice(price: number): Promise<SealedBid> {
  const salt = new Uint8Array(16).fill(price % 251)
  const secret = new Uint8Array(32).fill(7)
  const key = bytesToHex(sealingKey.publicKey)
  return sealBid({ sealingKey: key, context, trader: bidder, price, quantity: 1, secret, salt })
}

/** The same with a spoiled proof of knowledge: quick to judge, as long as any other. */
export const spoil = (bid: SealedBid): SealedBid => ({
  ...bid,
  sealed: `${bid.sealed.slice(0, 2 + 2 * 100)}00${bid.sealed.slice(4 + 2 * 100)}` as Hex,
})

type History = { auction: ProvenAuction; connection: Pick<ChainConnection, 'readLogs'>; lastBlock: bigint }

/** A chain that holds one auction of `count` bids, made as they are asked for: bid `seq` is `bidAt(seq)`. */
export function historyOf(count: number, bidAt: (seq: number) => SealedBid): History {
  let acc: Hex = ZERO_HASH
  for (let seq = 0; seq < count; ++seq) {
    const { x, y, sealed } = bidAt(seq)
    acc = fold(
      acc,
      bidLeaf(domain, {
        ...{ id, seq, bidder, collateral: params.collateral, points: 0, creditBps: 0 },
        ...{ x, y, sealedHash: keccak256(sealed) },
      }),
    )
  }
  const paramsHash = hashParams(domain, id, params)
  const { closesAt, settleBy, keyId } = params
  const lastBlock = BigInt(Math.ceil(count / BIDS_A_BLOCK))

  const connection = {
    readLogs({ fromBlock, toBlock }: { fromBlock: bigint; toBlock: bigint }): Promise<RawLog[]> {
      if (Number(toBlock - fromBlock) * BIDS_A_BLOCK > MOST_LOGS) {
        return Promise.reject(new LogsRefused(new SubrosaError('RPC_UNAVAILABLE')))
      }
      const logs = fromBlock === 0n ? [created(paramsHash)] : []
      const [first, end] = [Math.max(Number(fromBlock) - 1, 0) * BIDS_A_BLOCK, Number(toBlock) * BIDS_A_BLOCK]
      for (let seq = first; seq < Math.min(end, count); ++seq) logs.push(placed(seq, bidAt(seq)))
      return Promise.resolve(logs)
    },
  }
  return {
    auction: { id, status: 1, acc, count, paramsHash, keyId, round: 1, closesAt, settleBy },
    connection,
    lastBlock,
  }
}

const position = {
  address: domain.contract,
  blockHash: zeroHash,
  transactionHash: zeroHash,
  logIndex: 0,
  blockNumber: 0n,
}

const created = (paramsHash: Hex) =>
  logOf('AuctionCreated', { id, seller, keyId: params.keyId }, { nonce: 0n, paramsHash, params })

const placed = (seq: number, { x, y, sealed }: SealedBid) =>
  logOf(
    'BidPlaced',
    { id, bidder },
    {
      ...{ seq, slot: 0, collateral: params.collateral, points: 0, creditBps: 0 },
      ...{ x, y, sealedBid: sealed },
    },
  )

/** A log as the contract writes it. */
function logOf(eventName: 'AuctionCreated' | 'BidPlaced', args: object, values: Record<string, unknown>): RawLog {
  const event = sealedAuctionsAbi.find((item) => item.type === 'event' && item.name === eventName)
  const inputs = (event as unknown as { inputs: { indexed: boolean; name: string; type: string }[] }).inputs
  const plain = inputs.filter(({ indexed }) => !indexed)
  const topics = encodeEventTopics({ abi: sealedAuctionsAbi, eventName, args }) as Hex[]
  const data = encodeAbiParameters(
    plain,
    plain.map(({ name }) => values[name]),
  )
  return { ...position, topics, data }
}
