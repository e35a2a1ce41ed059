import { z } from 'zod'
import { phaseSchema } from './auction'
import { addressSchema, indexSchema, timeSchema } from './common'

/** The zero-configuration facts that a client needs, and how fresh the index is. */
export const statusResponseSchema = z.object({
  chainId: z.int().positive(),
  /** The newest block's time when the indexer last looked: phases are read against it. */
  chainTime: timeSchema,
  contracts: z.object({
    auctions: addressSchema,
    book: addressSchema,
    registry: addressSchema,
    verifier: addressSchema,
    demoToken: addressSchema.nullable(),
    demoBase: addressSchema.nullable(),
    demoLots: addressSchema.nullable(),
    demoEditions: addressSchema.nullable(),
  }),
  /** True where the registry's verifier trusts a simulator: no hardware stands behind the enclave. */
  simulatedEnclave: z.boolean(),
  auctionsByPhase: z.record(phaseSchema, z.int().nonnegative()),
  bids: z.int().nonnegative(),
  bidders: z.int().nonnegative(),
  markets: z.int().nonnegative(),
  orders: z.int().nonnegative(),
  /** Auctions and batches whose indexed leaves disagree with the contract. Anything but 0 is a fault. */
  mismatches: z.int().nonnegative(),
  /** Blocks indexed although the node contradicted itself about their events, so that some may be missing: a fault, too. */
  disputedBlocks: z.int().nonnegative(),
  /** The block that the index waits before for that reason, while it asks again; null: none. */
  disputedBlock: z.int().nonnegative().nullable(),
  index: indexSchema,
})

export type StatusResponse = z.infer<typeof statusResponseSchema>
