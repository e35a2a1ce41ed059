import type { Hex } from 'viem'
import { SubrosaError } from '../protocol/errors'
import type { SettlementEvidence } from '../protocol/proof/evidence'
import { readAuctionLogs } from './auctionLogs'
import { readAuction, STATUS, type AuctionState } from './auctionState'
import type { BlockRef, ChainConnection } from './connection'
import { auctionDomain, type AuctionDeployment } from './deployment'
import type { AuctionCreated, AuctionEventOf, AuctionSettled } from './events'
import { readRegistryEvents } from './registryLogs'
import { readSealingKey } from './sealingKeys'
import { settlementSignatureIn } from './settlementSignature'
import { wasAdmitted } from './signerAdmission'

/** Everything of a settlement but its bundle, and where it was found. */
export type FoundSettlement = {
  evidence: Omit<SettlementEvidence, 'bundle'>
  settled: AuctionSettled
  state: AuctionState
  /** The block whose storage was read. */
  block: BlockRef
}

const TYPES = ['AuctionCreated', 'BidPlaced', 'BidCancelled', 'AuctionSettled', 'BidWon', 'BidOpened'] as const

/**
 * Reads from a chain what `verifySettlement` judges: the auction's events from its first block on, its storage at one
 * block, and what the registry had said of signer and sealing key before the settlement. PROTOCOL.md section 8.
 *
 * @throws SubrosaError AUCTION_UNKNOWN; NOT_FOUND where it has no settlement; KEY_UNAVAILABLE where the registry does
 * not know its key; HISTORY_MISMATCH where the node left out its beginning; RPC_UNAVAILABLE, also where a block was
 * replaced while its storage was read.
 */
export async function readSettlementEvidence(
  connection: ChainConnection,
  deployment: AuctionDeployment,
  id: Hex,
): Promise<FoundSettlement> {
  const block = await connection.readBlock('latest')
  const state = await readAuction(connection, deployment, id, block.number)
  if (!state) throw new SubrosaError('AUCTION_UNKNOWN')
  const events = await readAuctionLogs(connection, deployment, { id, types: TYPES, toBlock: block.number })
  const created = events.find((event): event is AuctionCreated => event.type === 'AuctionCreated')
  if (!created)
    throw new SubrosaError('HISTORY_MISMATCH', { details: 'the auction’s creation is not among its events' })
  const settled = events.findLast((event): event is AuctionSettled => event.type === 'AuctionSettled')
  if (!settled) throw new SubrosaError('NOT_FOUND', { details: 'this auction has no settlement' })
  const key = await readSealingKey(connection, deployment, state.keyId, block.number)
  if (!key) throw new SubrosaError('KEY_UNAVAILABLE', { details: 'the registry does not know the auction’s key' })
  const input = await connection.readCallData(settled)
  const registered = await readRegistryEvents(connection, deployment, state.keyId, settled.blockNumber)
  if ((await connection.readBlock(block.number)).hash !== block.hash) {
    throw new SubrosaError('RPC_UNAVAILABLE', { details: `block ${block.number} was replaced: ask again` })
  }
  const evidence = {
    domain: auctionDomain(deployment),
    params: created.params,
    leaves: events.filter((event) => event.type === 'BidPlaced' || event.type === 'BidCancelled'),
    ...settlementIn(events, settled),
    signature: input === null ? null : settlementSignatureIn(input, id),
    signerAdmitted: wasAdmitted(registered, settled.signer, settled),
    sealingKey: key.publicKey,
    stored: { ...state, isSettled: state.status === STATUS.SETTLED },
  }
  return { evidence, settled, state, block }
}

function settlementIn(events: AuctionEventOf<(typeof TYPES)[number]>[], settled: AuctionSettled) {
  const { settlement, signer, marginalSeq } = settled
  const together = events.filter(({ transactionHash }) => transactionHash === settled.transactionHash)
  return {
    ...{ settlement, signer, marginalSeq },
    winners: together.filter((event) => event.type === 'BidWon'),
    openings: together.filter((event) => event.type === 'BidOpened'),
  }
}
