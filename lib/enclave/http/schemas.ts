import { getAddress, isAddress, type Hex } from 'viem'
import { z } from 'zod'
import { LAST_EPOCH } from '../epochs'

/**
 * The id in `GET /v1/settlements/{id}`, the hash in `GET /bundles/{proofHash}`. Nothing else is taken: bids are read from
 * the chain, never from who asks.
 */
export const hash32 = z
  .string()
  .regex(/^0x[0-9a-fA-F]{64}$/)
  .transform((value) => value.toLowerCase() as Hex)

/** A batch's number in a path: from 1, as the contract counts, below 2^48. */
export const batchNumber = z
  .string()
  .regex(/^[1-9]\d{0,13}$/)
  .transform((value) => BigInt(value))

/** `POST /v1/attestation`: chain and registry must be this enclave's own. */
export const attestationRequest = z.strictObject({
  chainId: z.number().int().positive(),
  registry: z
    .string()
    .refine((value) => isAddress(value, { strict: false }))
    .transform((value) => getAddress(value)),
  epoch: z
    .union([z.string().regex(/^\d{1,15}$/), z.number().int().nonnegative()])
    .transform((value) => BigInt(value))
    .refine((epoch) => epoch <= LAST_EPOCH),
})
