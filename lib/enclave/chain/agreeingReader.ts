import type { Hex } from 'viem'
import { STATUS } from '../../chain/auctionState'
import { auctionDomain, type Deployment } from '../../chain/deployment'
import { SubrosaError } from '../../protocol/errors'
import { readBids } from '../bids/readBids'
import { SettledAuctions } from '../bids/settledAuctions'
import type { ChainReader, Close } from '../chainReader'
import type { AgreeingChain } from './agreeingChain'
import { auctionSlots, decodeAuction, decodeKey, keySlots, type ProvenAuction } from './provenAuction'

/** Reads auctions by agreement and proof. PROTOCOL.md section 10. */
export function agreeingReader(chain: AgreeingChain, deployment: Deployment): ChainReader {
  const { auctions, registry } = deployment.contracts
  const settled = new SettledAuctions(deployment)

  return {
    readTime: async () => (await chain.agree()).timestamp,

    async readReadiness() {
      const header = await chain.agree()
      await chain.prove(header, auctions, [])
      return { block: header.number, time: header.timestamp }
    },

    async readClose(id) {
      const { auction, key, block } = await readState(id)
      requireSettleable(auction, block.timestamp)
      if (!key.known || key.revoked) throw new SubrosaError('KEY_UNAVAILABLE')
      return { auction, epoch: key.epoch, block }
    },

    async findSettled(proofHash) {
      const header = await chain.agree()
      const said = await chain.fromEach((connection) => settled.find(connection, proofHash, header.number))
      const found: Close[] = []
      for (const id of mostNamed(said)) {
        const { auction, key, block } = await readState(id)
        // Revoked or not: what was settled with the key stays settled.
        if (auction.status === STATUS.SETTLED && key.known) found.push({ auction, epoch: key.epoch, block })
      }
      return found
    },

    async readClosedAuction(close) {
      const { auction, epoch, block } = close
      const { params, bids } = await chain.fromAnyone((connection) =>
        readBids(connection, deployment, auction, block.number),
      )
      return { domain: auctionDomain(deployment), auction, params, bids, epoch, block }
    },
  }

  async function readState(id: Hex) {
    const block = await chain.agree()
    const auction = decodeAuction(id, await chain.prove(block, auctions, auctionSlots(id)))
    // Read for any id, and before anything is decided: an open auction takes the work that an unknown one takes.
    const key = decodeKey(await chain.prove(block, registry, keySlots(auction.keyId)))
    return { auction, key, block }
  }
}

/** Each id once, the one that most named first. */
function mostNamed(said: readonly (Hex | null)[]): Hex[] {
  const votes = new Map<Hex, number>()
  for (const id of said) if (id) votes.set(id, (votes.get(id) ?? 0) + 1)
  return [...votes].sort(([, a], [, b]) => b - a).map(([id]) => id)
}

/**
 * Past the close and before the deadline, in a block that cannot be undone. An auction that can no longer settle is
 * refused as well: its bids need never be opened. An unknown id is answered like an open auction.
 */
function requireSettleable({ status, closesAt, settleBy }: ProvenAuction, now: bigint): void {
  if (status === STATUS.NONE || now < closesAt) throw new SubrosaError('CLOSE_NOT_FINAL')
  if (status !== STATUS.OPEN) throw new SubrosaError('AUCTION_NOT_OPEN')
  if (now >= settleBy) throw new SubrosaError('SETTLEMENT_TOO_LATE')
}
