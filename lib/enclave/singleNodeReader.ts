import type { Hex } from 'viem'
import { readAuctionLogs } from '../chain/auctionLogs'
import { readAuction, STATUS, type AuctionState } from '../chain/auctionState'
import type { BlockRef, ChainConnection } from '../chain/connection'
import { auctionDomain, type Deployment } from '../chain/deployment'
import type { AuctionCreated, AuctionEvent, BidCancelled, BidPlaced } from '../chain/events'
import { rebuildBids } from '../chain/rebuildBids'
import { readSealingKey } from '../chain/sealingKeys'
import { auctionIdOf, hashParams } from '../protocol/auction/params'
import { SubrosaError } from '../protocol/errors'
import type { ChainReader, ClosedAuction } from './chainReader'

const HISTORY = ['AuctionCreated', 'BidPlaced', 'BidCancelled'] as const

/** Reads the chain through one node: that node is believed about which blocks are final, and about storage. */
export function singleNodeReader(connection: ChainConnection, deployment: Deployment): ChainReader {
  async function requireChain(): Promise<void> {
    const chainId = await connection.readChainId()
    if (chainId !== BigInt(deployment.chainId)) {
      throw new SubrosaError('HISTORY_MISMATCH', { details: `the node serves chain ${chainId}` })
    }
  }

  return {
    async readTime() {
      await requireChain()
      return (await connection.readBlock('latest')).timestamp
    },

    async readClose(id) {
      await requireChain()
      const block = await connection.readBlock('finalized')
      const state = await readAuction(connection, deployment, id, block.number)
      requireSettleable(state, block)
      const key = await readSealingKey(connection, deployment, state.keyId, block.number)
      if (!key || key.revoked) throw new SubrosaError('KEY_UNAVAILABLE')
      return { state, epoch: key.epoch, block }
    },

    async readClosedAuction({ state, epoch, block }) {
      const range = { id: state.id, types: HISTORY, toBlock: block.number }
      const events = await readAuctionLogs(connection, deployment, range)
      return { ...requireHistory(deployment, state, events), epoch, block }
    },
  }
}

/**
 * Past the close and before the deadline, in a block that cannot be undone. An auction that can no longer settle is
 * refused as well: its bids need never be opened. An unknown id is answered like an open auction.
 */
function requireSettleable(state: AuctionState | null, block: BlockRef): asserts state is AuctionState {
  if (!state || block.timestamp < state.closesAt) throw new SubrosaError('CLOSE_NOT_FINAL')
  if (state.status !== STATUS.OPEN) throw new SubrosaError('AUCTION_NOT_OPEN')
  if (block.timestamp >= state.settleBy) throw new SubrosaError('SETTLEMENT_TOO_LATE')
}

/** Holds terms and bids, as the events tell them, against the hashes in storage. */
function requireHistory(
  deployment: Deployment,
  state: AuctionState,
  events: (AuctionCreated | BidPlaced | BidCancelled)[],
): Omit<ClosedAuction, 'epoch' | 'block'> {
  const domain = auctionDomain(deployment)
  const { id, paramsHash, round } = state
  const created = requireCreation(events, id)
  const { params } = created
  if (
    auctionIdOf(domain, created.seller, created.nonce) !== id ||
    hashParams(domain, id, params) !== paramsHash ||
    params.closesAt !== state.closesAt ||
    params.keyId !== state.keyId
  ) {
    throw new SubrosaError('HISTORY_MISMATCH', { details: 'the terms are not those in storage' })
  }
  const leaves = events.filter((event) => event.type !== 'AuctionCreated')
  return { domain, id, params, paramsHash, round, bids: rebuildBids(domain, id, leaves, state) }
}

function requireCreation(events: AuctionEvent[], id: Hex): AuctionCreated {
  const created = events.filter((event) => event.type === 'AuctionCreated')
  const [only] = created
  if (!only || created.length > 1) {
    throw new SubrosaError('HISTORY_MISMATCH', { details: `${created.length} creations of ${id}` })
  }
  return only
}
