import { numberToHex, type Address, type Hex } from 'viem'
import { STATUS } from '../../chain/auctionState'
import { auctionDomain, type Deployment } from '../../chain/deployment'
import { SubrosaError } from '../../protocol/errors'
import { readBids } from '../bids/readBids'
import { SettledAuctions } from '../bids/settledAuctions'
import type { ChainReader, Close } from '../chainReader'
import { agreeOnFinalized } from './agreement'
import type { Endpoint, OnFault } from './endpoint'
import type { Header } from './header'
import { auctionSlots, decodeAuction, decodeKey, keySlots, type ProvenAuction } from './provenAuction'
import { provenStorage } from './storageProof'

export type ReaderOptions = {
  endpoints: readonly Endpoint[]
  /** How many of them must agree on a header. */
  threshold: number
  deployment: Deployment
  onFault?: OnFault
}

/**
 * Reads the chain by agreement: `threshold` endpoints must give the same finalized header, and everything acted on is
 * proven against it, so that one endpoint is enough for the rest and none is believed. Fewer liars than `threshold`
 * can hold the enclave up and nothing else; as many as that, together, can make up a chain. PROTOCOL.md section 10.
 */
export function agreeingReader({ endpoints, threshold, deployment, onFault }: ReaderOptions): ChainReader {
  const { auctions, registry } = deployment.contracts
  const quorum = { endpoints, threshold, chainId: BigInt(deployment.chainId) }
  const settled = new SettledAuctions(deployment)
  const faults = new Map<number, number>()
  let faultsSeen = 0
  let underWay: Promise<Header> | null = null

  const note: OnFault = (endpoint, fault, details) => {
    faults.set(endpoint, (faultsSeen += 1))
    onFault?.(endpoint, fault, details)
  }

  /** Those that did well longest come first: one that hangs is not asked first again. */
  const inTurn = () => [...endpoints].sort((a, b) => (faults.get(a.index) ?? 0) - (faults.get(b.index) ?? 0))

  /** Requests that come together share one agreement. */
  function agree(): Promise<Header> {
    underWay ??= agreeOnFinalized(quorum, note).finally(() => (underWay = null))
    return underWay
  }

  async function prove(header: Header, address: Address, slots: Hex[]): Promise<Hex[]> {
    const { number, stateRoot } = header
    let forged = false
    for (const { index, request } of inTurn()) {
      const answer = await request('eth_getProof', [address, slots, numberToHex(number)]).catch(() => undefined)
      const values = answer === undefined ? null : await provenStorage(answer, { stateRoot, address, slots })
      if (values) return values
      forged ||= answer !== undefined
      note(index, answer === undefined ? 'unavailable' : 'bad-proof')
    }
    const details = `no endpoint proves the storage of ${address} at block ${number}`
    throw new SubrosaError(forged ? 'ENDPOINTS_DISAGREE' : 'RPC_UNAVAILABLE', { details })
  }

  return {
    readTime: async () => (await agree()).timestamp,

    async readReadiness() {
      const header = await agree()
      await prove(header, auctions, [])
      return { block: header.number, time: header.timestamp }
    },

    async readClose(id) {
      const { auction, key, block } = await readState(id)
      requireSettleable(auction, block.timestamp)
      if (!key.known || key.revoked) throw new SubrosaError('KEY_UNAVAILABLE')
      return { auction, epoch: key.epoch, block }
    },

    async findSettled(proofHash) {
      const header = await agree()
      const id = await findSettledId(proofHash, header.number)
      if (!id) throw new SubrosaError('NOT_FOUND')
      const { auction, key, block } = await readState(id)
      if (auction.status !== STATUS.SETTLED) throw new SubrosaError('NOT_FOUND')
      // Revoked or not: what was settled with the key stays settled.
      if (!key.known) throw new SubrosaError('KEY_UNAVAILABLE')
      return { auction, epoch: key.epoch, block }
    },

    async readClosedAuction(close) {
      const { auction, epoch, block } = close
      const { params, bids } = await readHistory(close)
      return { domain: auctionDomain(deployment), auction, params, bids, epoch, block }
    },
  }

  async function readState(id: Hex) {
    const block = await agree()
    const auction = decodeAuction(id, await prove(block, auctions, auctionSlots(id)))
    // Read for any id, and before anything is decided: an open auction takes the work that an unknown one takes.
    const key = decodeKey(await prove(block, registry, keySlots(auction.keyId)))
    return { auction, key, block }
  }

  async function findSettledId(proofHash: Hex, toBlock: bigint): Promise<Hex | null> {
    for (const { index, connection } of inTurn()) {
      try {
        return await settled.find(connection, proofHash, toBlock)
      } catch {
        note(index, 'unavailable')
      }
    }
    throw new SubrosaError('RPC_UNAVAILABLE', { details: 'no endpoint serves the logs' })
  }

  async function readHistory({ auction, block }: Close) {
    let lied: SubrosaError | null = null
    for (const { index, connection } of inTurn()) {
      try {
        return await readBids(connection, deployment, auction, block.number)
      } catch (error) {
        const mismatch = error instanceof SubrosaError && error.code === 'HISTORY_MISMATCH' ? error : null
        lied ??= mismatch
        note(index, mismatch ? 'bad-logs' : 'unavailable', mismatch?.details)
      }
    }
    throw lied ?? new SubrosaError('RPC_UNAVAILABLE', { details: 'no endpoint serves the logs' })
  }
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
