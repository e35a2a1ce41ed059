import { isAddress, type Address, type Hex } from 'viem'
import { z } from 'zod'
import type { SettlementWitness } from '../chain/bid'
import type { AuctionSettlement } from '../protocol/auction/settlement'
import { ERRORS, SubrosaError, type ErrorCode } from '../protocol/errors'

const hash = z
  .string()
  .regex(/^0x[0-9a-f]{64}$/i)
  .transform((value) => value as Hex)
const address = z
  .string()
  .refine((value) => isAddress(value))
  .transform((value): Address => value)
const uint32 = z.number().int().min(0).max(0xffff_ffff)
const decimal = z
  .string()
  .regex(/^\d{1,78}$/)
  .transform((value) => BigInt(value))

const bid = z.object({
  seq: uint32,
  slot: z.number().int().min(0).max(0xffff),
  bidder: address,
  collateral: decimal,
  x: decimal,
  y: decimal,
  sealedHash: hash,
})

const answerSchema = z.object({
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
  signature: z
    .string()
    .regex(/^0x[0-9a-f]{130}$/i)
    .transform((value) => value as Hex),
  witness: z.object({
    winners: z.array(z.object({ bid, fill: uint32 })),
    runnersUp: z.array(bid),
    openings: z.array(z.object({ price: uint32, quantity: uint32, rho: hash })),
  }),
})

const refusalSchema = z.object({ error: z.object({ code: z.string() }) })

/** Everything `settle` takes. */
export type EnclaveAnswer = { settlement: AuctionSettlement; signature: Hex; witness: SettlementWitness }

/** An auction of a thousand bids takes the enclave some seconds. */
const TIMEOUT_MS = 60_000

/**
 * Asks the enclave for an auction's settlement.
 *
 * @throws SubrosaError with the enclave's own code where it refuses; INTERNAL where it does not answer as agreed.
 */
export async function requestSettlement(enclaveUrl: string, id: Hex): Promise<EnclaveAnswer> {
  const { status, body } = await get(`${enclaveUrl}/v1/settlements/${id}`)
  if (status !== 200) throw refusal(status, body)
  const answer = answerSchema.safeParse(body)
  if (!answer.success || answer.data.settlement.id !== id) {
    throw new SubrosaError('INTERNAL', { details: 'the enclave’s answer is not a settlement of this auction' })
  }
  return answer.data
}

async function get(url: string): Promise<{ status: number; body: unknown }> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) })
    return { status: response.status, body: await response.json() }
  } catch (cause) {
    throw new SubrosaError('INTERNAL', { details: 'the enclave does not answer', cause })
  }
}

function refusal(status: number, body: unknown): SubrosaError {
  const parsed = refusalSchema.safeParse(body)
  const code = parsed.success && Object.hasOwn(ERRORS, parsed.data.error.code) ? parsed.data.error.code : 'INTERNAL'
  return new SubrosaError(code as ErrorCode, { details: `the enclave answered ${status}` })
}
