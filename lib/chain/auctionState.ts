import { decodeFunctionResult, encodeFunctionData, type Address, type Hex } from 'viem'
import { sealedAuctionsAbi } from '../abi/sealedAuctions'
import type { BlockId, ChainConnection } from './connection'
import type { AuctionDeployment } from './deployment'

/** Stored status. Closed and Final are OPEN and SETTLED read against the block's time: see `phase.ts`. */
export const STATUS = { NONE: 0, OPEN: 1, SETTLED: 2, VOIDED: 3 } as const

/**
 * One auction's storage (PROTOCOL.md section 5). Enums as in Solidity; times in Unix seconds; `collateral` and
 * `tickSize` in base units of `paymentToken`, `reserve` and `clearingPrice` in ticks.
 */
export type AuctionState = {
  id: Hex
  seller: Address
  status: number
  acc: Hex
  paramsHash: Hex
  count: number
  live: number
  maxBids: number
  round: number
  closesAt: bigint
  settleBy: bigint
  challengeUntil: bigint
  challengeWindow: number
  rule: number
  collateralPolicy: number
  bidsPerAddress: number
  collateral: bigint
  tickSize: bigint
  reserve: number
  paymentToken: Address
  noSettlement: number
  keyId: Hex
  lotKind: number
  lotToken: Address
  lotTokenId: bigint
  lotSize: bigint
  supply: number
  lotsReclaimed: number
  proceedsClaimed: boolean
  allowListRoot: Hex
  sealedReserve: Hex
  reserveInvalid: boolean
  revealWindow: number
  /** Place of the settlement's signer among those of `keyId`, from 1; 0 while unsettled. The event names him. */
  signerIndex: number
  clearingPrice: number
  totalFilled: number
  marginalSeq: number
  proceeds: bigint
}

/**
 * Reads an auction's storage.
 *
 * @param block The newest by default.
 * @returns null where there is no such auction at that block.
 */
export async function readAuction(
  connection: ChainConnection,
  deployment: AuctionDeployment,
  id: Hex,
  block?: BlockId,
): Promise<AuctionState | null> {
  const call = { abi: sealedAuctionsAbi, functionName: 'getAuction' as const }
  const data = await connection.call(
    { to: deployment.contracts.auctions, data: encodeFunctionData({ ...call, args: [id] }), method: 'getAuction' },
    block,
  )
  const stored = decodeFunctionResult({ ...call, data })
  if (stored.status === STATUS.NONE) return null
  return {
    ...stored,
    id,
    closesAt: BigInt(stored.closesAt),
    settleBy: BigInt(stored.settleBy),
    challengeUntil: BigInt(stored.challengeUntil),
  }
}
