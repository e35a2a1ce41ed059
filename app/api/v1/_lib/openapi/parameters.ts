import { z } from 'zod'
import type { Endpoint } from '../endpoint'

/** What each parameter does, by name: the same name means the same everywhere. */
const MEANINGS: Record<string, string> = {
  id: 'The auction’s or market’s id.',
  batchId: 'The batch’s number, from 1.',
  keyId: 'The sealing key’s id: keccak256 of its 65 bytes.',
  address: 'The account’s address, in any case.',
  phase: 'By chain time: closed from `closesAt`, final from the end of the challenge window.',
  rule: 'The pricing rule.',
  proof:
    '`available`: the proofs are here. `missing`: the settlement names some that nobody had so far. `none`: it names none.',
  proofHash: 'As the settlement names it.',
  format: 'The kind of file.',
  lotKind: 'What kind of token is sold.',
  paymentToken: 'The token bids are in; the zero address is the native coin.',
  seller: 'Only this seller’s.',
  bidder: 'Only with a bid of this address, standing or not.',
  base: 'Only with this base token; the zero address is the native coin.',
  quote: 'Only with this quote token; the zero address is the native coin.',
  creator: 'Only this creator’s.',
  trader: 'Only of this trader; of markets, those in which he has margin or orders, or had.',
  traded: 'Only batches in which something traded (`true`), or only the others.',
  interval: 'Seconds that one candle spans: 10, 30, 60, 300, 900, 3600, 14400 or 86400.',
  before: 'Only spans that end by this time, in Unix seconds.',
  closesAfter: 'Closing at this time or later, in Unix seconds.',
  closesBefore: 'Closing before this time, in Unix seconds.',
  settledAfter: 'Settled in a block of this time or later, in Unix seconds.',
  settledBefore: 'Settled in a block before this time, in Unix seconds.',
  signer: 'Only signed by this enclave.',
  round: 'The round of the settlement; the newest without it.',
  q: 'The beginning of an id, seller or lot contract (0x and hex digits), four or more hex digits out of one of them, or a token’s number.',
  sort: '`newest`: last created first. `closing`: soonest close first. `closed`: latest close first. `bids`: most live bids first. `active`: most batches that traded first.',
  limit: 'How many at most.',
  cursor: '`nextCursor` of the page before.',
  market: 'Only what concerns this market, and rollbacks.',
  auction: 'Only what concerns this auction, and rollbacks.',
  account: 'Only what concerns this account, and rollbacks.',
  kinds: 'Only these kinds, separated by commas, and rollbacks.',
  lastEventId: 'Go on after this event; the header Last-Event-ID goes before it.',
  after: '`lastEventId` of the answer before.',
}

export type ParameterSchema = {
  type?: string
  enum?: string[]
  default?: unknown
  minimum?: number
  maximum?: number
  pattern?: string
  items?: ParameterSchema
}
export type Parameter = {
  name: string
  in: 'path' | 'query'
  required: boolean
  description: string
  schema: ParameterSchema
  /** Lists are one value with commas. */
  style?: 'form'
  explode?: false
}

/** An endpoint's parameters as the document lists them. @throws Error for one that nobody has described. */
export function parametersOf(endpoint: Endpoint): Parameter[] {
  return [...list(endpoint.pathParams, 'path'), ...list(endpoint.query, 'query')]
}

/** Everything comes as text; what it is read as (output) says more than that, but not whether it may be missing. */
function list(schema: z.ZodType, place: 'path' | 'query'): Parameter[] {
  const { properties = {} } = z.toJSONSchema(schema, { io: 'output' })
  const { required = [] } = z.toJSONSchema(schema, { io: 'input' })
  return Object.entries(properties).map(([name, property]) => {
    const description = MEANINGS[name]
    if (description === undefined) throw new Error(`the parameter ${name} is not described`)
    const shape = property as ParameterSchema
    return {
      name,
      in: place,
      required: required.includes(name),
      description,
      schema: shape,
      ...(shape.type === 'array' && { style: 'form' as const, explode: false as const }),
    }
  })
}
