import { PHASE_PRODUCTION_BUILD } from 'next/constants.js'
import { trustOfBuild } from './lib/config/buildTrust.mjs'
import { COMMON_HEADERS, STATIC_POLICY } from './lib/config/headers.mjs'

const root = import.meta.dirname
const nothing = './app/_workers/nothing.js'
const toList = (headers) => Object.entries(headers).map(([key, value]) => ({ key, value }))

/** No app is built for others that leaves open whose enclaves it trusts. @param {Record<string, string>} trust */
async function requirePolicy({ BUILD_CHAIN_ID, BUILD_ATTESTATION_POLICY }) {
  const { tsImport } = await import('tsx/esm/api')
  const { requireBuildPolicy } = await tsImport('./app/_attest/buildPolicy.ts', import.meta.url)
  requireBuildPolicy(BUILD_CHAIN_ID, BUILD_ATTESTATION_POLICY)
}

/** @returns {import('next').NextConfig} */
const configOf = (trust) => ({
  // Every build has a folder of its own (lib/dev/web.ts), so that none changes under a server that runs.
  distDir: process.env['SUBROSA_DIST_DIR'] || '.next',
  env: trust,
  poweredByHeader: false,
  reactStrictMode: true,
  // The range proof library names Node's modules, which it does not use in browsers.
  turbopack: { root, resolveAlias: { fs: { browser: nothing }, path: { browser: nothing } } },
  experimental: {
    // Fewer, larger files compress better, and the first page is what someone who only looks waits for. What nothing
    // uses of Next's own modules stays out.
    turbopackCjsTreeShaking: true,
    turbopackCjsScopeHoisting: true,
    turbopackChunking: {
      firstPageLoadPriority: 1,
      priorityRoutes: [/^\/auctions/],
      priorityBoost: 100,
      minChunkSize: 300_000,
      maxMergeChunkSize: 1_000_000,
    },
  },
  outputFileTracingRoot: root,
  // `npm test` checks types over the whole project, tests included; a build need not do it again. Next leaves a
  // configuration alone that extends another: it would add every build's folder to it.
  typescript: { ignoreBuildErrors: true, tsconfigPath: 'tsconfig.build.json' },
  serverExternalPackages: ['pg', 'pino', 'prom-client', '@prisma/client', '@prisma/adapter-pg'],
  headers: () => [
    // proxy.ts says the same of all it sees; this holds where it sees nothing.
    { source: '/:path*', headers: toList(COMMON_HEADERS) },
    { source: '/_next/static/:path*', headers: toList({ 'content-security-policy': STATIC_POLICY }) },
  ],
})

export default async function nextConfig(phase) {
  const trust = trustOfBuild(process.env)
  if (phase === PHASE_PRODUCTION_BUILD) await requirePolicy(trust)
  return configOf(trust)
}
