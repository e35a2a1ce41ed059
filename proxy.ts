import { NextResponse, type NextRequest } from 'next/server'
import { HSTS, isLoopback, pagePolicy } from './lib/config/csp'
import { loadEnv, proxyEnv } from './lib/config/env'
import { COMMON_HEADERS } from './lib/config/headers.mjs'

/**
 * Everything but the files under /_next/static/, which carry a policy of their own, from next.config.js. The last slash
 * counts: without it, /_next/staticfoo would be a page without a policy.
 */
export const config = { matcher: '/((?!_next/static/).*)' }

/** Behind a TLS proxy the request itself is plain; the proxy says what the browser used. */
function cameOverTls(request: NextRequest): boolean {
  const forwarded = request.headers.get('x-forwarded-proto')?.split(',')[0]?.trim()
  return (forwarded ?? request.nextUrl.protocol.replace(':', '')) === 'https'
}

/** Gives every page its strict policy, with a nonce that Next puts on its own scripts. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))))
  const hostname = (request.headers.get('host') ?? request.nextUrl.host).replace(/:\d+$/, '')
  const secure = cameOverTls(request) && !isLoopback(hostname)
  const env = loadEnv(proxyEnv)
  const policy = pagePolicy({
    nonce,
    rpcUrl: env.RPC_URL,
    anchorUrl: env.ANCHOR_URL,
    walletConnect: env.WALLETCONNECT_PROJECT_ID !== undefined,
    development: process.env.NODE_ENV === 'development',
    secure,
  })
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  headers.set('content-security-policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  for (const [name, value] of Object.entries(COMMON_HEADERS)) response.headers.set(name, value)
  if (secure) response.headers.set('strict-transport-security', HSTS)
  return response
}
