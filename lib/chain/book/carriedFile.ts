import { z } from 'zod'
import type { Hex } from 'viem'
import type { Carried } from '../../protocol/book/carried'
import { UINT32_MAX } from '../../protocol/constants'
import { dispositionName } from '../../protocol/book/disposition'

const rowSchema = z.object({
  leaf: z
    .string()
    .regex(/^0x[0-9a-fA-F]{64}$/)
    .transform((leaf) => leaf.toLowerCase() as Hex),
  filled: z.int().min(0).max(UINT32_MAX),
  disposition: z.int().refine((disposition) => dispositionName(disposition) !== null),
})

/** As an enclave and the API serve it, with more around it that plays no part: the hash is made anew from the rows. */
const listSchema = z.object({ carried: z.array(rowSchema) })

/** Nobody reads more; a list has some 110 characters an order. */
export const MAX_CARRIED_BYTES = 64 * 1024 * 1024

/** The path below an enclave's base URL at which it publishes what became of a batch's orders. */
export function carriedPath(marketId: string, batchId: bigint): string {
  return `/v1/markets/${marketId}/batches/${batchId}/carried`
}

/** The list in what somebody served as JSON; null where there is none. PROTOCOL.md section 11. */
export function parseCarried(text: string): Carried[] | null {
  try {
    return listSchema.parse(JSON.parse(text)).carried
  } catch {
    return null
  }
}
