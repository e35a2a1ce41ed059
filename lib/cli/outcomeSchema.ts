import { z } from 'zod'
import { UINT32_MAX, isOneLotRule, type PricingRule } from '../protocol/constants'
import { integer, rule } from './schemaParts'

const UINT128_MAX = (1n << 128n) - 1n

const COLLATERAL = 'must be null or a whole number of ticks from 0 to 2^128 - 1'

const collateral = z
  .union([z.null(), z.int(), z.bigint()], rule(COLLATERAL))
  .transform((ticks) => (ticks === null ? null : BigInt(ticks)))
  .refine((ticks) => ticks === null || (ticks >= 0n && ticks <= UINT128_MAX), COLLATERAL)

const bidSchema = z.object(
  {
    bidder: z.string(rule('must be a text')).min(1, 'must not be empty'),
    // 0 is read and judged invalid, as the enclave does with a sealed 0.
    price: integer(0, UINT32_MAX),
    quantity: integer(0, UINT32_MAX),
    collateral,
  },
  rule('must be an object'),
)

/** One input line of `subrosa outcome` under a pricing rule. Fields that nobody asked for are ignored. */
export function outcomeRequestSchema(pricing: PricingRule) {
  return z.object(
    {
      supply: isOneLotRule(pricing) ? integer(1, 1, `must be 1: ${pricing} sells one lot`) : integer(1, UINT32_MAX),
      reserve: integer(0, UINT32_MAX),
      bids: z.array(bidSchema, rule('must be a list')),
    },
    rule('must be an object'),
  )
}

export type OutcomeRequest = z.output<ReturnType<typeof outcomeRequestSchema>>
