import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { hkdfSync } from 'node:crypto'
import { bytesToHex, concatBytes, hexToBytes, keccak256, stringToBytes } from 'viem'

/** Sees each request, and may change what is answered: a status, or another body. */
export type Answer = (method: string, body: Record<string, string>, answer: object) => object | string | number

export type GuestAgentServer = {
  socketPath: string
  /** Public key of the KMS's root, compressed. */
  root: string
  appId: string
  requests: { method: string; body: Record<string, string>; headers: Record<string, unknown> }[]
  tell: (answer: Answer) => void
  close: () => Promise<void>
}

const text = (bytes: Uint8Array) => bytesToHex(bytes).slice(2)

/** 65 bytes: r, s and the recovery id, as the k256 crate writes them. */
function sign(message: Uint8Array, key: Uint8Array): string {
  const hash = keccak256(message, 'bytes')
  const signature = secp256k1.sign(hash, key, { prehash: false, format: 'recovered' })
  return text(concatBytes([signature.subarray(1), signature.subarray(0, 1)]))
}

/**
 * A guest agent on a real unix socket that derives keys and signs them as dstack's does (guest-agent/src/rpc_service.rs,
 * kms/src/crypto.rs): the root's key signs the app's, the app's signs the derived one.
 */
export async function startGuestAgent(): Promise<GuestAgentServer> {
  const folder = await mkdtemp(join(tmpdir(), 'subrosa-dstack-'))
  const socketPath = join(folder, 'dstack.sock')
  const [rootKey, appKey] = [new Uint8Array(32).fill(11), new Uint8Array(32).fill(12)]
  const appId = 'a1'.repeat(20)
  const requests: GuestAgentServer['requests'] = []
  let tell: Answer = (_method, _body, answer) => answer

  const methods: Record<string, (body: Record<string, string>) => object> = {
    Info: () => ({
      app_id: appId,
      instance_id: 'b2'.repeat(20),
      compose_hash: 'c3'.repeat(32),
      app_name: 'subrosa',
      tcb_info: '{}',
    }),
    GetKey({ path = '', purpose = '' }) {
      const key = new Uint8Array(hkdfSync('sha256', appKey, 'RATLS', path, 32))
      const appPoint = secp256k1.getPublicKey(appKey, true)
      const byApp = sign(stringToBytes(`${purpose}:${text(secp256k1.getPublicKey(key, true))}`), appKey)
      const issued = concatBytes([stringToBytes('dstack-kms-issued:'), hexToBytes(`0x${appId}`), appPoint])
      return { key: text(key), signature_chain: [byApp, sign(issued, rootKey)] }
    },
    GetQuote: ({ report_data = '' }) => ({
      quote: `0400${report_data}`,
      event_log: '[]',
      report_data,
      vm_config: '{"cpus":2}',
    }),
  }

  const server = createServer((request, response) => {
    void (async () => {
      const parts: Buffer[] = []
      for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
      const method = (request.url ?? '').slice(1)
      const body = JSON.parse(Buffer.concat(parts).toString()) as Record<string, string>
      requests.push({ method, body, headers: request.headers })
      const told = tell(method, body, methods[method]?.(body) ?? {})
      if (typeof told === 'number') response.writeHead(told).end('{"error":"no"}')
      else response.end(typeof told === 'string' ? told : JSON.stringify(told))
    })()
  })
  server.listen(socketPath)
  await once(server, 'listening')
  return {
    ...{ socketPath, appId, requests, root: text(secp256k1.getPublicKey(rootKey, true)) },
    tell: (next) => {
      tell = next
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
      await rm(folder, { recursive: true })
    },
  }
}
