import { z } from 'zod'
import { MAX_ORDERS } from '../protocol/clearing/orders'
import { UINT32_MAX } from '../protocol/constants'
import { integer, rule } from './schemaParts'

const ID = 'must be a text or a whole number'

const name = z.union([z.string().min(1, 'must not be empty'), z.int()], rule(ID))

const orderSchema = z.object(
  {
    id: name,
    trader: name.optional(),
    side: z.enum(['buy', 'sell'], rule('must be "buy" or "sell"')),
    // Undefined is told from null: a limit that was forgotten must not become a market order.
    price: z.union([z.null(), integer(1, UINT32_MAX)], rule(`must be null or a whole number from 1 to ${UINT32_MAX}`)),
    quantity: integer(1, UINT32_MAX),
    minFill: integer(0, UINT32_MAX).nullish(),
    fillOrKill: z.boolean('must be true or false').nullish(),
  },
  rule('must be an object'),
)

const optionalTicks = z.union(
  [z.null(), integer(0, UINT32_MAX)],
  `must be null or a whole number from 0 to ${UINT32_MAX}`,
)

/** One input line of `subrosa clear`. Fields that nobody asked for are ignored. */
export const clearRequestSchema = z.object(
  {
    reference: optionalTicks.default(null),
    band: optionalTicks.default(null),
    maxFills: z
      .union([z.null(), integer(4, UINT32_MAX)], `must be null or a whole number from 4 to ${UINT32_MAX}`)
      .default(null),
    orders: z
      .array(orderSchema, rule('must be a list'))
      .max(MAX_ORDERS, `must hold at most ${MAX_ORDERS} orders`)
      .superRefine((orders, context) => {
        const seen = new Set<string | number>()
        for (const [at, { id }] of orders.entries()) {
          if (seen.has(id))
            context.addIssue({ code: 'custom', path: [at, 'id'], message: 'must not repeat an earlier id' })
          seen.add(id)
        }
      }),
  },
  rule('must be an object'),
)

export type ClearRequest = z.output<typeof clearRequestSchema>
