import { RLP } from '@ethereumjs/rlp'
import { hexToBytes, keccak256, type Hex } from 'viem'
import { z } from 'zod'

/** A block header that was hashed here: `hash` is of these very fields. `timestamp` in Unix seconds. */
export type Header = { number: bigint; hash: Hex; parentHash: Hex; timestamp: bigint; stateRoot: Hex }

const word = z.templateLiteral(['0x', z.string().regex(/^[0-9a-fA-F]{64}$/)])
const bytes = z.templateLiteral(['0x', z.string().regex(/^([0-9a-fA-F]{2})*$/)])
/** At most 32 bytes: nothing in a header is longer. */
const quantity = z
  .string()
  .regex(/^0x[0-9a-fA-F]{1,64}$/)
  .transform((value) => BigInt(value))

const headerSchema = z.object({
  parentHash: word,
  sha3Uncles: word,
  miner: bytes,
  stateRoot: word,
  transactionsRoot: word,
  receiptsRoot: word,
  logsBloom: bytes,
  difficulty: quantity,
  number: quantity,
  gasLimit: quantity,
  gasUsed: quantity,
  timestamp: quantity,
  extraData: bytes,
  mixHash: word,
  nonce: bytes,
  baseFeePerGas: quantity.nullish(),
  withdrawalsRoot: word.nullish(),
  blobGasUsed: quantity.nullish(),
  excessBlobGas: quantity.nullish(),
  parentBeaconBlockRoot: word.nullish(),
  requestsHash: word.nullish(),
})

/** In the order of the header's RLP: what a fork added comes last, each after all before it (London to Prague). */
const FIELDS = Object.keys(headerSchema.shape) as (keyof z.output<typeof headerSchema>)[]

/**
 * Takes a header as `eth_getBlockByNumber` answers it and hashes it: what the node says its hash is does not count.
 *
 * @returns null where it is no header, or has a later fork's field without an earlier one's.
 */
export function hashHeader(answer: unknown): Header | null {
  const parsed = headerSchema.safeParse(answer)
  if (!parsed.success) return null
  const values = FIELDS.map((field) => parsed.data[field])
  const end = values.findIndex((value) => value === undefined || value === null)
  const given = end === -1 ? values : values.slice(0, end)
  if (values.slice(given.length).some((value) => value !== undefined && value !== null)) return null
  const { number, parentHash, timestamp, stateRoot } = parsed.data
  const hash = keccak256(RLP.encode(given.map((value) => (typeof value === 'string' ? hexToBytes(value) : value))))
  return { number, hash, parentHash, timestamp, stateRoot }
}
