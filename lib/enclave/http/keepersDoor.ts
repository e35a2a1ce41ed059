import type { RequestListener } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { makeSelfSigned } from './selfSigned'

/** Connections of whom we do not know yet: one more ends the oldest. A handshake takes a keeper two round trips. */
const MAX_STRANGERS = 64

const LIMITS = {
  ...{ handshakeTimeout: 2_000, headersTimeout: 1_500, connectionsCheckingInterval: 400 },
  ...{ requestTimeout: 10_000, keepAliveTimeout: 5_000, maxHeaderSize: 8_192 },
}

/**
 * A door for keepers alone: TLS 1.3 in which each shows one of the certificates that the configuration names. What keeps
 * strangers out of the public door, where a gateway makes all of them look like one address, does not touch it; and however
 * many knock at this one, the newest is always let in far enough to show who it is.
 *
 * The enclave's own certificate says nothing: whoever stands between has no keeper's key, and so is told nothing, and what a
 * keeper is told is signed. PROTOCOL.md section 7.
 *
 * @param certificates In PEM, one after the other.
 */
export function createKeepersDoor(certificates: string, answer: RequestListener): Server {
  const { key, certificate } = makeSelfSigned('subrosa enclave')
  const known = { ca: certificates, requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.3' } as const
  const server = createServer({ key, cert: certificate, ...known, ...LIMITS }, answer)
  const strangers = new Map<string, Socket>()
  server.on('connection', (socket: Socket) => {
    const name = nameOf(socket)
    strangers.set(name, socket)
    socket.once('close', () => {
      if (strangers.get(name) === socket) strangers.delete(name)
    })
    const [oldest] = strangers
    if (strangers.size <= MAX_STRANGERS || !oldest) return
    strangers.delete(oldest[0])
    oldest[1].destroy()
  })
  server.on('secureConnection', (socket: TLSSocket) => strangers.delete(nameOf(socket)))
  return server
}

const nameOf = ({ remoteAddress, remotePort }: Socket) => `${remoteAddress} ${remotePort}`
