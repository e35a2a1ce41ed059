import type { IncomingMessage, ServerResponse } from 'node:http'
import { SubrosaError } from '../../protocol/errors'

/** The largest request: an id needs a hundred bytes. */
const MAX_BODY_BYTES = 2_048

/**
 * Reads a JSON body.
 *
 * @throws SubrosaError INVALID_REQUEST where it is too long or no JSON.
 */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length
    if (length > MAX_BODY_BYTES) throw new SubrosaError('INVALID_REQUEST', { details: 'The request is too long.' })
    parts.push(part)
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'))
  } catch {
    throw new SubrosaError('INVALID_REQUEST', { details: 'The request is no JSON document.' })
  }
}

/** Answers JSON; bigints become decimal strings. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))
  response.writeHead(status, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  response.end(text)
}

/** Answers bytes that lie under their own hash: they never change, and any page may read them. */
export function sendBytes(response: ServerResponse, bytes: Uint8Array): void {
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    'content-length': bytes.length,
    'cache-control': 'public, max-age=31536000, immutable',
    'access-control-allow-origin': '*',
    'x-content-type-options': 'nosniff',
  })
  response.end(bytes)
}
