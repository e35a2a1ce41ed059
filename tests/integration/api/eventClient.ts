import { expect } from 'vitest'
import { streamEventSchema, type StreamEvent } from '../../../app/api/v1/_schemas/stream'

/** Reads server-sent events as EventSource does, and keeps them. */
export function readStream(body: ReadableStream<Uint8Array>) {
  const events: StreamEvent[] = []
  let lastEventId = ''
  let resets = 0
  let heartbeats = 0

  function take(block: string): void {
    const fields = block.split('\n').map((line) => line.split(/: ?(.*)/s) as [string, string])
    const of = (name: string) => fields.filter(([field]) => field === name).map(([, value]) => value)
    lastEventId = of('id')[0] ?? lastEventId
    if (of('').length > 0) heartbeats++
    if (of('event')[0] === 'reset') resets++
    else if (of('data').length > 0) {
      const event = streamEventSchema.parse(JSON.parse(of('data').join('\n')))
      expect(event.id).toBe(lastEventId)
      events.push(event)
    }
  }

  async function run(): Promise<void> {
    let text = ''
    for await (const chunk of body.pipeThrough(new TextDecoderStream() as never) as unknown as AsyncIterable<string>) {
      const blocks = `${text}${chunk}`.split('\n\n')
      text = blocks.pop() ?? ''
      blocks.forEach(take)
    }
  }
  return {
    events,
    kinds: () => events.map(({ kind }) => kind as string),
    lastEventId: () => lastEventId,
    resets: () => resets,
    heartbeats: () => heartbeats,
    /** Resolves when the server has ended the stream, however. */
    ended: run().catch(() => undefined),
  }
}

/** Opens a stream by its handler or by `fetch`, with the header that a browser resumes by. */
export async function openClient(
  get: (request: Request) => Promise<Response>,
  query: string,
  lastEventId?: string,
  base = 'http://subrosa.test',
) {
  const control = new AbortController()
  const headers = new Headers()
  if (lastEventId !== undefined) headers.set('last-event-id', lastEventId)
  const request = new Request(`${base}/api/v1/stream?${query}`, { headers, signal: control.signal })
  const response = await get(request)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toMatch('text/event-stream')
  expect(response.headers.get('content-encoding')).toBeNull()
  // The request is kept, as a server keeps one that it answers: a signal that follows another dies with its request.
  return { ...readStream(response.body!), request, leave: () => control.abort() }
}
