import type { Hex } from 'viem'
import { z } from 'zod'
import type { SettlementWitness } from '../chain/bid'
import type { AuctionSettlement } from '../protocol/auction/settlement'
import { address, decimal, hash, requestFrom, type ClientIdentity, signature, uint32 } from './enclaveHttp'

const bid = z.object({
  seq: uint32,
  slot: z.number().int().min(0).max(0xffff),
  bidder: address,
  collateral: decimal,
  points: z.int32(),
  creditBps: z.number().int().min(0).max(0xffff),
  x: decimal,
  y: decimal,
  sealedHash: hash,
})

/** What an enclave gives for an auction. */
export const settlementAnswer = z.object({
  settlement: z.object({
    id: hash,
    paramsHash: hash,
    acc: hash,
    count: uint32,
    round: uint32,
    reserve: uint32,
    reserveInvalid: z.boolean(),
    clearingPrice: uint32,
    totalFilled: uint32,
    winnersHash: hash,
    proofHash: hash,
  }),
  signature,
  witness: z.object({
    winners: z.array(z.object({ bid, fill: uint32 })),
    runnersUp: z.array(bid),
    openings: z.array(z.object({ price: uint32, quantity: uint32, rho: hash })),
  }),
})

/** Everything `settle` takes. */
export type EnclaveAnswer = { settlement: AuctionSettlement; signature: Hex; witness: SettlementWitness }

/**
 * Asks an enclave for an auction's settlement. @param identity For a door for keepers.
 *
 * @throws SubrosaError with the enclave's own code where it refuses; INTERNAL where it does not answer as agreed.
 */
export async function requestSettlement(
  enclaveUrl: string,
  id: Hex,
  identity?: ClientIdentity,
): Promise<EnclaveAnswer> {
  const schema = settlementAnswer.refine(({ settlement }) => settlement.id === id)
  return requestFrom(`${enclaveUrl}/v1/settlements/${id}`, schema, 'a settlement of this auction', identity)
}
