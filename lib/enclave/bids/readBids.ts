import { keccak256, type Hex } from 'viem'
import { auctionLogPages } from '../../chain/auctionLogs'
import type { ChainConnection } from '../../chain/connection'
import { auctionDomain, type ContractDomain, type Deployment } from '../../chain/deployment'
import type { AuctionCreated, BidCancelled, BidPlaced } from '../../chain/events'
import { fold } from '../../protocol/auction/accumulator'
import { bidLeaf, cancelLeaf } from '../../protocol/auction/leaf'
import { auctionIdOf, hashParams, type AuctionParams } from '../../protocol/auction/params'
import { SEALED_BID_LENGTH, ZERO_HASH } from '../../protocol/constants'
import { SubrosaError } from '../../protocol/errors'
import type { ProvenAuction } from '../chain/provenAuction'
import { PackedBids } from './packedBids'

const HISTORY = ['AuctionCreated', 'BidPlaced', 'BidCancelled'] as const

export type AuctionHistory = { params: AuctionParams; bids: PackedBids }

/**
 * Reads an auction's terms and bids from its events, a stretch of blocks at a time, and holds them against what
 * storage was proven to have: the terms against `paramsHash`, every leaf against `acc` and `count`. PROTOCOL.md
 * section 5.
 *
 * @throws SubrosaError HISTORY_MISMATCH where they are not the chain's; RPC_UNAVAILABLE.
 */
export async function readBids(
  connection: Pick<ChainConnection, 'readLogs'>,
  deployment: Deployment,
  auction: ProvenAuction,
  toBlock: bigint,
): Promise<AuctionHistory> {
  const history = new History(auctionDomain(deployment), auction)
  const filter = { id: auction.id, types: HISTORY, toBlock }
  for await (const { events } of auctionLogPages(connection, deployment, filter)) {
    for (const event of events) history.take(event)
  }
  return history.finish()
}

class History {
  readonly #domain: ContractDomain
  readonly #auction: ProvenAuction
  readonly #bids = new PackedBids()
  #params: AuctionParams | null = null
  #acc: Hex = ZERO_HASH
  #count = 0

  constructor(domain: ContractDomain, auction: ProvenAuction) {
    this.#domain = domain
    this.#auction = auction
  }

  take(event: AuctionCreated | BidPlaced | BidCancelled): void {
    if (event.type === 'AuctionCreated') {
      this.#create(event)
      return
    }
    if (event.id !== this.#auction.id) throw mismatch(`an event of ${event.id}`)
    // Before anything is kept: a node must not be able to fill the memory with leaves that storage does not count.
    if (event.seq !== this.#count || this.#count >= this.#auction.count)
      throw mismatch(`leaf ${this.#count} is missing`)
    this.#acc = fold(this.#acc, event.type === 'BidPlaced' ? this.#place(event) : this.#cancel(event))
    this.#count += 1
  }

  finish(): AuctionHistory {
    const { acc, count } = this.#auction
    if (!this.#params) throw mismatch('no terms')
    if (this.#acc !== acc || this.#count !== count) {
      throw mismatch(`${this.#count} leaves fold to ${this.#acc}, storage has ${count} and ${acc}`)
    }
    return { params: this.#params, bids: this.#bids }
  }

  #create({ seller, nonce, params }: AuctionCreated): void {
    const { id, paramsHash, closesAt, keyId } = this.#auction
    if (this.#params) throw mismatch('two creations')
    if (
      auctionIdOf(this.#domain, seller, nonce) !== id ||
      hashParams(this.#domain, id, params) !== paramsHash ||
      params.closesAt !== closesAt ||
      params.keyId !== keyId
    ) {
      throw mismatch('the terms are not those in storage')
    }
    this.#params = params
  }

  #place(event: BidPlaced): Hex {
    if (event.sealed.length !== 2 + 2 * SEALED_BID_LENGTH)
      throw mismatch(`the blob of leaf ${event.seq} has no such length`)
    this.#bids.add(event)
    return bidLeaf(this.#domain, { ...event, sealedHash: keccak256(event.sealed) })
  }

  #cancel(event: BidCancelled): Hex {
    const position = this.#bids.positionOf(event.cancelledSeq)
    if (position === -1 || !this.#bids.isLive(position) || this.#bids.bidderAt(position) !== event.bidder) {
      throw mismatch(`leaf ${event.seq} cancels bid ${event.cancelledSeq}, which is not a live one of its sender`)
    }
    this.#bids.cancel(position)
    return cancelLeaf(this.#domain, event)
  }
}

function mismatch(details: string): SubrosaError {
  return new SubrosaError('HISTORY_MISMATCH', { details })
}
