import { z } from 'zod'
import { addressSchema, bigNumberSchema, hashSchema, hexSchema, indexSchema, originSchema } from './common'

/** A signer that the registry admitted for a key. `simulated`: as its verifier contract says. */
export const enclaveSignerSchema = z.object({ signer: addressSchema, simulated: z.boolean(), origin: originSchema })

/**
 * A sealing key. Times in Unix seconds, beyond what JSON's numbers hold. `appId`: of 20 bytes, the app that holds it.
 * `retired`: nothing new may name it; what does is settled. `revoked`: it settles nothing.
 */
export const enclaveKeySchema = z.object({
  keyId: hashSchema,
  operator: addressSchema,
  appId: hexSchema,
  epoch: bigNumberSchema,
  notBefore: bigNumberSchema,
  notAfter: bigNumberSchema,
  publicKey: hexSchema,
  retired: z.boolean(),
  revoked: z.boolean(),
  signers: z.array(enclaveSignerSchema),
})

export const enclaveListResponseSchema = z.object({ keys: z.array(enclaveKeySchema), index: indexSchema })

/**
 * What one enclave gives for its evidence. `quote` is its own, beside the one on chain. Nothing here is checked: it is
 * for whoever verifies.
 */
export const servedEvidenceSchema = z.object({ quote: hexSchema, eventLog: z.unknown(), collateral: z.unknown() })

/** One of a key's enclaves. `url`: where its signer says that it is reached. `evidence` null where it gave none. */
export const enclaveEvidenceSchema = z.object({
  signer: addressSchema,
  url: z.string().nullable(),
  evidence: servedEvidenceSchema.nullable(),
})

export const enclaveEvidenceResponseSchema = z.object({ keyId: hashSchema, enclaves: z.array(enclaveEvidenceSchema) })

export type ServedEvidence = z.infer<typeof servedEvidenceSchema>
export type EnclaveEvidence = z.infer<typeof enclaveEvidenceResponseSchema>
