import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { fetchLimited } from '../../../app/_server/fetchLimited'
import { isPublicAddress } from '../../../app/_server/isPublicAddress'

const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

const read = (url: string, timeoutMs = 20_000) => fetchLimited(url, { timeoutMs, maxBytes: 1_000 })

describe('an answer of a server that is not trusted', () => {
  it('is taken up to its limit, and not a byte beyond', async () => {
    expect(await read(await serve((_request, response) => response.end('x'.repeat(1_000))))).toHaveLength(1_000)
    const long = await serve((_request, response) => response.end('x'.repeat(1_001)))
    await expect(read(long)).rejects.toThrow('too long')
  })

  it('is not waited for, whether it does not begin or does not end', async () => {
    await expect(read(await serve(() => undefined), 200)).rejects.toThrow()
    const endless = await serve((_request, response) => void response.write('{'))
    await expect(read(endless, 200)).rejects.toThrow()
  })

  it('may not send its reader elsewhere, or be an error', async () => {
    const elsewhere = await serve((request, response) =>
      request.url === '/' ? response.writeHead(302, { location: '/inside' }).end() : response.end('secret'),
    )
    await expect(read(elsewhere)).rejects.toThrow()
    await expect(read(await serve((_request, response) => response.writeHead(500).end()))).rejects.toThrow('500')
  })
})

describe('an address that a stranger wrote on the chain', () => {
  it.each(['https://enclave.example', 'https://enclave.example/path/'])('may be asked: %s', (url) => {
    expect(isPublicAddress(url)).toBe(true)
  })

  it.each([
    ...['http://enclave.example', 'https://127.0.0.1', 'https://0x7f.1', 'https://2130706433', 'https://[::1]'],
    ...['https://localhost', 'https://x.localhost', 'https://metadata.google.internal', 'https://printer.local'],
    ...['https://enclave.example:8443', 'https://user:pass@enclave.example', 'file:///etc/passwd', 'enclave', ''],
  ])('may not: %s', (url) => {
    expect(isPublicAddress(url)).toBe(false)
  })
})
