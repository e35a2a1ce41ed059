import { request } from 'node:http'
import type { Hex } from 'viem'
import { z } from 'zod'

/** Bytes as the agent writes them: hexadecimal without 0x. */
const bytes = z
  .string()
  .regex(/^(0x)?([0-9a-fA-F]{2})*$/)
  .transform((value): Hex => `0x${value.replace(/^0x/, '').toLowerCase()}`)

const infoSchema = z.object({ app_id: bytes, instance_id: bytes, compose_hash: bytes.optional() })
const keySchema = z.object({ key: bytes, signature_chain: z.array(bytes) })
const quoteSchema = z.object({
  quote: bytes,
  event_log: z.string().transform(jsonOf).pipe(z.array(z.unknown())),
  vm_config: z.string().optional(),
})

/** An answer longer than this is none of the agent's: quotes and event logs take some tens of kilobytes. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024
/** A quote takes the hardware about a second. */
const TIMEOUT_MS = 20_000

/**
 * dstack's guest agent, over its unix socket: HTTP/1.1, POST of JSON, one path for each method of its `DstackGuest`
 * service (dstack 0.5, guest-agent/rpc/proto/agent_rpc.proto).
 *
 * @throws Error naming the method where the agent does not answer as its interface has it. Never names what it said.
 */
export function openGuestAgent(socketPath: string) {
  async function call<Schema extends z.ZodType>(method: string, body: object, schema: Schema) {
    const { status, text } = await post(socketPath, `/${method}`, JSON.stringify(body))
    if (status !== 200) throw new Error(`dstack’s guest agent refused ${method} with ${status}`)
    const parsed = schema.safeParse(jsonOf(text))
    if (!parsed.success) throw new Error(`dstack’s guest agent gave an unknown answer to ${method}`)
    return parsed.data
  }

  return {
    info: () => call('Info', {}, infoSchema),
    /** A key of this app alone, the same whenever it is asked for, with the signatures of who issued it. */
    getKey: (path: string, purpose: string) => call('GetKey', { path, purpose, algorithm: 'secp256k1' }, keySchema),
    /** @param reportData 64 bytes, put into the quote as they are. */
    getQuote: (reportData: Uint8Array) =>
      call('GetQuote', { report_data: Buffer.from(reportData).toString('hex') }, quoteSchema),
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function post(socketPath: string, path: string, body: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error(`dstack’s guest agent does not answer at ${socketPath}`))
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const options = { socketPath, path, method: 'POST', headers, signal: AbortSignal.timeout(TIMEOUT_MS) }
    const sent = request(options, (response) => {
      const parts: Buffer[] = []
      let length = 0
      response.on('data', (part: Buffer) => {
        length += part.length
        if (length > MAX_ANSWER_BYTES) response.destroy(new Error('too long'))
        parts.push(part)
      })
      response.on('error', fail)
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() }))
    })
    sent.on('error', fail)
    sent.end(body)
  })
}
