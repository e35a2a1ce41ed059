import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { NextRequest } from 'next/server'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { COMMON_HEADERS } from '../../../lib/config/headers.mjs'
import { config, proxy } from '../../../proxy'

function directives(policy: string | null): Map<string, string[]> {
  return new Map(
    (policy ?? '').split('; ').map((directive) => {
      const [name = '', ...sources] = directive.split(' ')
      return [name, sources]
    }),
  )
}

const visit = (url: string, headers: Record<string, string> = {}) =>
  proxy(new NextRequest(url, { headers: { host: new URL(url).host, ...headers } }))

beforeEach(() => {
  vi.stubEnv('RPC_URL', 'http://127.0.0.1:8599/rpc?key=x')
  for (const unset of ['ANCHOR_URL', 'WALLETCONNECT_PROJECT_ID']) vi.stubEnv(unset, undefined)
})
afterEach(() => vi.unstubAllEnvs())

describe('the headers of a page', () => {
  it('admit scripts by nonce alone', () => {
    const policy = directives(visit('http://localhost:3000/').headers.get('content-security-policy'))
    const scripts = policy.get('script-src') ?? []
    const nonce = scripts.find((source) => source.startsWith("'nonce-"))
    expect(nonce).toMatch(/^'nonce-[A-Za-z0-9+/]{22}=='$/)
    expect(new Set(scripts)).toEqual(new Set(["'self'", nonce, "'strict-dynamic'"]))
    expect(policy.get('style-src')).toEqual(["'self'", nonce])
  })

  it('let pages talk to this host, the chain and the one that is anchored in, and nowhere else', () => {
    const policy = directives(visit('http://localhost:3000/').headers.get('content-security-policy'))
    expect(policy.get('default-src')).toEqual(["'none'"])
    expect(policy.get('connect-src')).toEqual(["'self'", 'http://127.0.0.1:8599'])
    vi.stubEnv('ANCHOR_URL', 'ws://127.0.0.1:9944/some/path')
    const anchored = directives(visit('http://localhost:3000/').headers.get('content-security-policy'))
    expect(anchored.get('connect-src')).toEqual(["'self'", 'http://127.0.0.1:8599', 'ws://127.0.0.1:9944'])
    expect(policy.get('worker-src')).toEqual(["'self'"])
    for (const name of ['frame-ancestors', 'object-src', 'base-uri', 'frame-src']) {
      expect(policy.get(name), name).toEqual(["'none'"])
    }
    const everything = [...policy.values()].flat()
    for (const loose of ['*', 'https:', 'http:', "'unsafe-eval'", 'blob:']) expect(everything).not.toContain(loose)
    const inline = [...policy].filter(([, sources]) => sources.includes("'unsafe-inline'")).map(([name]) => name)
    expect(inline).toEqual(['style-src-attr'])
  })

  it('hand the same policy and nonce to the renderer', () => {
    const response = visit('http://localhost:3000/')
    const policy = response.headers.get('content-security-policy')
    expect(response.headers.get('x-middleware-request-content-security-policy')).toBe(policy)
    expect(policy).toContain(`'nonce-${response.headers.get('x-middleware-request-x-nonce')}'`)
  })

  it('use every nonce once', () => {
    const policies = Array.from({ length: 50 }, () => visit('http://localhost/').headers.get('content-security-policy'))
    expect(new Set(policies).size).toBe(50)
  })

  it('forbid sniffing, referrers, framing and devices', () => {
    const { headers } = visit('http://localhost:3000/api/v1/auctions')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('permissions-policy')).toContain('camera=()')
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
  })

  it.each([
    ['http://localhost:3000/', {}, false],
    ['https://localhost:3000/', {}, false],
    ['https://127.0.0.1/', {}, false],
    ['https://[::1]:3000/', {}, false],
    ['http://auctions.example/', {}, false],
    ['https://auctions.example/', {}, true],
    ['http://auctions.example/', { 'x-forwarded-proto': 'https' }, true],
    ['https://localhost.example/', {}, true],
  ])('pin TLS where there is TLS and never on this machine: %s %j', (url, headers, pinned) => {
    const response = visit(url, headers)
    expect(response.headers.has('strict-transport-security')).toBe(pinned)
    expect(response.headers.get('content-security-policy')?.includes('upgrade-insecure-requests')).toBe(pinned)
  })
})

describe('the headers of what the proxy passes over', () => {
  it('is only what lies under /_next/static/', async () => {
    // Compiled by Next itself, which adds data requests and extensions of its own; in a process of its own, since that part
    // of Next replaces Date, timers and more where it is loaded.
    const program = `
const { getMiddlewareMatchers } = require('next/dist/build/analysis/get-page-static-info.js')
console.log(JSON.stringify(getMiddlewareMatchers(process.argv[1], {})))`
    const { stdout } = await promisify(execFile)(process.execPath, ['--eval', program, config.matcher])
    const patterns = (JSON.parse(stdout) as { regexp: string }[]).map(({ regexp }) => new RegExp(regexp))
    const seen = (path: string) => patterns.some((pattern) => pattern.test(path))
    for (const path of ['/_next/static/chunks/worker.js', '/_next/static/media/a.woff2'])
      expect(seen(path), path).toBe(false)
    for (const path of [
      ...['/', '/auctions/1', '/api/v1/status', '/icon.svg', '/_next/data/x.json'],
      ...[
        '/_next/static',
        '/_next/staticfoo',
        '/_next/static.js',
        '/_next/image',
        '/_next/image/x',
        '/a/_next/static/b',
      ],
    ]) {
      expect(seen(path), path).toBe(true)
    }
  })

  it('comes from next.config.js: the common ones for everything, and a policy that lets workers talk to nobody', async () => {
    // A variable, since the compiler does not know this JavaScript.
    const file: string = '../../../next.config.js'
    const { default: nextConfig } = (await import(file)) as {
      default: (
        phase: string,
      ) => Promise<{ headers: () => { source: string; headers: { key: string; value: string }[] }[] }>
    }
    const rules = new Map(
      (await nextConfig('phase-production-server'))
        .headers()
        .map(({ source, headers }) => [source, Object.fromEntries(headers.map(({ key, value }) => [key, value]))]),
    )
    expect([...rules.keys()]).toEqual(['/:path*', '/_next/static/:path*'])
    expect(rules.get('/:path*')).toEqual(COMMON_HEADERS)
    const policy = directives(rules.get('/_next/static/:path*')?.['content-security-policy'] ?? null)
    expect(policy.get('default-src')).toEqual(["'none'"])
    expect(policy.get('connect-src')).toEqual(["'none'"])
    expect(policy.get('script-src')).toEqual(["'self'", "'wasm-unsafe-eval'"])
  })
})
