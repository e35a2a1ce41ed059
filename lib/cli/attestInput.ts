import { readFile } from 'node:fs/promises'
import { decodeQuoteText, textOf } from './quoteText'
import { parseStrictJson, type Json } from './strictJson'

/** What is wrong with a command's input, as one sentence for its user. */
export class InputError extends Error {
  override readonly name = 'InputError'
}

const MAX_FILE_LENGTH = 4 * 1024 * 1024

/** @throws InputError where the file cannot be read, or is larger than any evidence. */
export async function readInput(path: string, what: string): Promise<Uint8Array> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new InputError(
      `the ${what} ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    )
  })
  if (bytes.length > MAX_FILE_LENGTH)
    throw new InputError(`the ${what} ${path} is larger than ${MAX_FILE_LENGTH} bytes`)
  return new Uint8Array(bytes)
}

function parseJson(text: string, path: string, what: string): Json {
  try {
    return parseStrictJson(text)
  } catch (error) {
    throw new InputError(`the ${what} ${path} is not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** @throws InputError where the file is not one JSON document. */
export async function readJson(path: string, what: string): Promise<Json> {
  return parseJson(new TextDecoder().decode(await readInput(path, what)), path, what)
}

/** A report as dstack's GetQuote gives it, or the same with the log as a list. */
const isReport = (json: Json): json is { [field: string]: Json } =>
  typeof json === 'object' && json !== null && !Array.isArray(json)

/**
 * A quote: raw, as text (`quoteText.ts`), or as the `quote` of dstack's JSON report, whose event log then comes with it.
 * @throws InputError for text that is no quote in any of these forms. Any other bytes are the verifier's to judge.
 */
export async function readQuote(path: string): Promise<{ quote: Uint8Array; eventLog: Json | undefined }> {
  const bytes = await readInput(path, 'quote')
  const text = textOf(bytes)
  if (text === undefined) return { quote: bytes, eventLog: undefined }
  if (!text.startsWith('{')) return { quote: readText(text, `the quote ${path}`), eventLog: undefined }
  const report = parseJson(text, path, 'quote')
  if (!isReport(report) || typeof report.quote !== 'string')
    throw new InputError(`the quote ${path} is JSON without a quote`)
  return { quote: readText(report.quote, `the quote in ${path}`), eventLog: eventLogOf(report, path) }
}

function readText(text: string, subject: string): Uint8Array {
  const quote = decodeQuoteText(text)
  if (typeof quote === 'string') throw new InputError(`${subject} ${quote}`)
  return quote
}

function eventLogOf(json: Json, path: string): Json {
  const log = isReport(json) ? json.event_log : json
  return typeof log === 'string' ? parseJson(log, path, 'event log') : (log ?? null)
}

/** The event log as a list, as dstack's JSON text of one, or in its report. @throws InputError */
export async function readEventLog(path: string): Promise<Json> {
  const log = eventLogOf(await readJson(path, 'event log'), path)
  if (log === null) throw new InputError(`the event log ${path} holds no event log`)
  return log
}
