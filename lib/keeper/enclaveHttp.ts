import { request } from 'node:https'
import { Readable } from 'node:stream'
import { isAddress, type Address, type Hex } from 'viem'
import { z } from 'zod'
import { readUpTo } from '../chain/readUpTo'
import { ERRORS, SubrosaError, type ErrorCode } from '../protocol/errors'

export const hash = z
  .string()
  .regex(/^0x[0-9a-f]{64}$/i)
  .transform((value) => value as Hex)
export const address = z
  .string()
  .refine((value) => isAddress(value))
  .transform((value): Address => value)
export const uint32 = z.number().int().min(0).max(0xffff_ffff)
export const decimal = z
  .string()
  .regex(/^\d{1,78}$/)
  .transform((value) => BigInt(value))

/** 65 bytes: r, s, v. */
export const signature = z
  .string()
  .regex(/^0x[0-9a-f]{130}$/i)
  .transform((value) => value as Hex)

const refusalSchema = z.object({ error: z.object({ code: z.string() }) })

/** The largest answer: a thousand fills, or a carried list of ten thousand orders, is a tenth of this. */
const MAX_BYTES = 16 * 1024 * 1024

/** Who a keeper is to an enclave's door for keepers, in PEM. */
export type ClientIdentity = { key: string; certificate: string }

/** An auction or a batch of a thousand takes the enclave some seconds. */
const TIMEOUT_MS = 60_000

/**
 * Asks an enclave for a document.
 *
 * @param schema Also says whether it is the one asked for. @param what It is, for whoever reads of the failure.
 * @throws SubrosaError with the enclave's own code where it refuses; INTERNAL where it does not answer, or otherwise than
 * agreed.
 */
export async function requestFrom<Output>(
  url: string,
  schema: z.ZodType<Output>,
  what: string,
  identity?: ClientIdentity,
): Promise<Output> {
  const { status, body } = await get(url, identity)
  if (status !== 200) throw refusal(status, body)
  const answer = schema.safeParse(body)
  if (answer.success) return answer.data
  throw new SubrosaError('INTERNAL', { details: `the enclave’s answer is not ${what}` })
}

async function get(url: string, identity?: ClientIdentity): Promise<{ status: number; body: unknown }> {
  try {
    const isDoor = identity && new URL(url).protocol === 'https:'
    const response = isDoor ? await getAs(identity, url) : await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) })
    const bytes = response.body ? await readUpTo(response.body, MAX_BYTES) : new Uint8Array()
    if (!bytes) throw new Error(`the answer is longer than ${MAX_BYTES} bytes`)
    return { status: response.status, body: JSON.parse(new TextDecoder().decode(bytes)) }
  } catch (cause) {
    throw new SubrosaError('INTERNAL', { details: 'the enclave does not answer', cause })
  }
}

/**
 * The enclave's certificate is not looked at: who stands between has no key of a keeper's, so that the enclave tells them
 * nothing, and what it tells us is signed. `fetch` shows no certificate.
 */
function getAs(
  { key, certificate }: ClientIdentity,
  url: string,
): Promise<{ status: number; body: ReadableStream<Uint8Array> }> {
  return new Promise((resolve, reject) => {
    const options = { key, cert: certificate, rejectUnauthorized: false, agent: false as const }
    const asked = request(url, { ...options, signal: AbortSignal.timeout(TIMEOUT_MS) }, (response) => {
      const body = Readable.toWeb(response) as unknown as ReadableStream<Uint8Array>
      resolve({ status: response.statusCode ?? 0, body })
    })
    asked.once('error', reject)
    asked.end()
  })
}

function refusal(status: number, body: unknown): SubrosaError {
  const parsed = refusalSchema.safeParse(body)
  const code = parsed.success && Object.hasOwn(ERRORS, parsed.data.error.code) ? parsed.data.error.code : 'INTERNAL'
  return new SubrosaError(code as ErrorCode, { details: `the enclave answered ${status}` })
}
