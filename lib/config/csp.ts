export type CspOptions = {
  /** Fresh and unguessable for every response. */
  nonce: string
  /** JSON-RPC endpoint that pages talk to. */
  rpcUrl: string
  /** WebSocket RPC of the Substrate chain that settlements are anchored in. */
  anchorUrl?: string | undefined
  /** WalletConnect is configured: pages may reach its relay, and nothing else of it. */
  walletConnect?: boolean
  /** `next dev` compiles with eval and reloads over a socket; never set for what people use. */
  development?: boolean
  /** The page came over TLS, so everything on it must. */
  secure?: boolean
}

const WALLETCONNECT_RELAY = 'wss://relay.walletconnect.org'

function serialise(directives: Record<string, readonly string[]>): string {
  return Object.entries(directives)
    .map(([name, sources]) => [name, ...sources].join(' '))
    .join('; ')
}

/**
 * The Content-Security-Policy of a page.
 *
 * Scripts run by nonce alone, and what they load is trusted through 'strict-dynamic'; no host is listed, so a file
 * that someone manages to place on this one is not a script. WebAssembly is for workers, which obey their own file's
 * policy (headers.mjs).
 * Style attributes are the one thing inline: server-rendered charts need them, and they cannot load or run anything.
 *
 * @throws TypeError if `rpcUrl` or `anchorUrl` is not a URL.
 */
export function pagePolicy({
  nonce,
  rpcUrl,
  anchorUrl,
  walletConnect = false,
  development = false,
  secure = false,
}: CspOptions): string {
  return serialise({
    'default-src': ["'none'"],
    'script-src': ["'self'", `'nonce-${nonce}'`, "'strict-dynamic'", ...(development ? ["'unsafe-eval'"] : [])],
    'style-src': ["'self'", development ? "'unsafe-inline'" : `'nonce-${nonce}'`],
    'style-src-attr': ["'unsafe-inline'"],
    'img-src': ["'self'", 'data:'],
    'font-src': ["'self'"],
    'connect-src': [
      "'self'",
      new URL(rpcUrl).origin,
      ...(anchorUrl ? [new URL(anchorUrl).origin] : []),
      ...(walletConnect ? [WALLETCONNECT_RELAY] : []),
      ...(development ? ['ws:'] : []),
    ],
    'worker-src': ["'self'"],
    'manifest-src': ["'self'"],
    'form-action': ["'self'"],
    'frame-src': ["'none'"],
    'frame-ancestors': ["'none'"],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    ...(secure ? { 'upgrade-insecure-requests': [] } : {}),
  })
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\]|.+\.localhost)$/

/** Whether a host name means this machine: there, TLS is absent and pinning it would lock people out of other work. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.test(hostname)
}

/** Two years, subdomains included. */
export const HSTS = 'max-age=63072000; includeSubDomains'
