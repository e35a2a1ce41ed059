import { bytesToHex, encodeAbiParameters, getAddress, isAddress, keccak256, toHex } from 'viem/utils'
import type { Address, Hex } from 'viem'
import { z } from 'zod'
import { TAGS } from '../constants'
import { SubrosaError } from '../errors'
import { decodeSs58, encodeSs58, GENERIC_PREFIX } from './ss58'

/** Two accounts that one person claims to hold. `polkadot` in SS58, whatever its prefix. */
export type LinkClaim = {
  ethereum: Address
  polkadot: string
  /** Unix seconds. */
  issuedAt: number
}

/** A claim with both signatures: anyone can check it, and nobody else needs to be asked. */
export type AccountLink = LinkClaim & { version: 1; ethereumSignature: Hex; polkadotSignature: Hex }

/**
 * The statement that both accounts sign, word for word: the Ethereum account by `personal_sign` (EIP-191), the Polkadot
 * account by `signRaw`, which puts `<Bytes>` and `</Bytes>` around it. The account stands there as its bytes too, so that
 * two ways to write one account are one account.
 *
 * @throws SubrosaError INVALID_ADDRESS
 */
export function linkStatement({ ethereum, polkadot, issuedAt }: LinkClaim): string {
  const accountId = accountIdOf(polkadot)
  return [
    'Subrosa account link, version 1',
    '',
    'One person holds both of these accounts:',
    `Ethereum: ${getAddress(ethereum)}`,
    `Polkadot: ${encodeSs58(accountId, GENERIC_PREFIX)}`,
    `Polkadot account id: ${bytesToHex(accountId)}`,
    `Issued: ${new Date(issuedAt * 1000).toISOString()}`,
    '',
    'Whoever has both signatures of this text can show that these accounts belong together.',
    'Signing it moves no money and permits nothing else.',
  ].join('\n')
}

/**
 * What is written to a chain to date a link, without naming the accounts: the ABI encoding of (LINK, keccak256 of the
 * statement). LINK is keccak256 of `subrosa/v1/link`.
 */
export function encodeLinkDigest(claim: LinkClaim): Hex {
  const parameters = [
    { name: 'tag', type: 'bytes32' },
    { name: 'statement', type: 'bytes32' },
  ] as const
  return encodeAbiParameters(parameters, [TAGS.link, keccak256(toHex(linkStatement(claim)))])
}

/** The 32 bytes of an account. @throws SubrosaError INVALID_ADDRESS */
export function accountIdOf(polkadot: string): Uint8Array {
  const decoded = decodeSs58(polkadot)
  if (!decoded) throw new SubrosaError('INVALID_ADDRESS', { field: 'polkadot', details: 'not an SS58 address' })
  return decoded.accountId
}

/** The last second of the year 9999: what an ISO date can say in the usual form. */
const LAST_SECOND = 253_402_300_799

const signature = z.custom<Hex>((value) => typeof value === 'string' && /^0x([0-9a-f]{2}){64,1024}$/i.test(value), {
  message: 'must be a signature in hex',
})

const linkSchema = z.object({
  version: z.literal(1),
  ethereum: z.custom<Address>((value) => typeof value === 'string' && isAddress(value), 'must be an address'),
  polkadot: z.string().refine((value) => decodeSs58(value) !== null, 'must be an SS58 address'),
  issuedAt: z.number().int().min(0).max(LAST_SECOND),
  ethereumSignature: signature,
  polkadotSignature: signature,
})

/** The link as the text of a JSON file. */
export function serializeLink(link: AccountLink): string {
  return `${JSON.stringify(link, null, 2)}\n`
}

/** Reads a link's file: its form, not whether it holds. @throws SubrosaError INVALID_LINK, naming the first field at fault. */
export function parseLink(text: string): AccountLink {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new SubrosaError('INVALID_LINK', { details: 'not JSON' })
  }
  const result = linkSchema.safeParse(json)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw new SubrosaError('INVALID_LINK', { field: issue?.path.join('.') || 'link', details: issue?.message })
}
