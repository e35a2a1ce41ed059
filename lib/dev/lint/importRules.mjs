/**
 * Who may import what, as the house's rules have it. Every folder lists the folders of this repository and the packages that
 * it may use; what is not listed is forbidden. `node` stands for Node's own modules.
 *
 * A folder imports its own files freely. The first entry whose path matches a file decides.
 */
const PURE = ['@noble/', '@hpke/']
const RANGE_PROOFS = '@vulpemventures/secp256k1-zkp'
const SERVER_PACKAGES = ['viem', 'zod', 'prom-client']
/** The parts of lib/chain that speak to Substrate chains: whoever loads one of them loads @polkadot/api, 359 kB. */
const SUBSTRATE = /^lib\/chain\/(substrate|hub)\//

/** The parts of lib/chain that are for one kind of chain, and what of viem opens a connection to one. */
const ONE_KIND = /^lib\/chain\/(evm|hub)\//
const OPENERS = new Set([
  '*',
  'createClient',
  'createPublicClient',
  'createWalletClient',
  'http',
  'webSocket',
  'custom',
])

/** Who may know which kind of chain it is on; everybody else asks lib/chain's `openConnection` and its like. */
const KNOWS_ITS_CHAIN = [
  /^lib\/(chain|dev)\//,
  // Believes no node: what proves its word, and what does not, is different for each kind.
  /^lib\/enclave\/chain\/(evm|hub)Endpoint$/,
  // Wallets are of one kind, and wagmi's own client is what follows their transactions.
  /^app\/(_wallet|_transaction)\//,
  // That same client, and the web server's, which share its requests in batches.
  /^app\/(_data\/useChain|portfolio\/(sendClaims|accountLink)|_server\/(chainClient|readKeys|readEnclaveEvidence))$/,
]

/** Everything in app/ that may end up in a browser. */
const BROWSER = {
  path: 'app/',
  folders: ['lib/protocol/', 'lib/abi/', 'lib/chain/'],
  packages: [
    'next',
    'react',
    'react-dom',
    'viem',
    'wagmi',
    '@wagmi/',
    '@walletconnect/universal-provider',
    'qr',
    '@tanstack/',
    'zod',
    '@fontsource-variable/',
  ],
}
/** Files that browser code may not pull in, since they need Node or bring the server's imports along. */
const SERVER_ONLY =
  /^(app\/(api\/(?!v1\/_schemas\/)|(.*\/)?_server\/|(.*\/)?(route|page|layout)$)|lib\/chain\/loadDeployment$)/

const ZONES = [
  // The one place that reads certificates; its X.509 library stays out of everything else.
  {
    path: 'lib/protocol/attestation/',
    folders: ['lib/protocol/'],
    packages: [...PURE, 'viem', 'zod', '@peculiar/asn1-schema', '@peculiar/asn1-x509'],
  },
  { path: 'lib/protocol/', folders: [], packages: [...PURE, 'viem', 'zod', RANGE_PROOFS] },
  { path: 'lib/abi/', folders: [], packages: [] },
  { path: 'lib/config/', folders: [], packages: ['zod', 'node'] },
  { path: 'lib/observe/', folders: [], packages: ['pino', 'prom-client', 'node'] },
  {
    path: 'lib/chain/',
    folders: ['lib/protocol/', 'lib/abi/', 'lib/config/'],
    packages: ['viem', 'zod', '@polkadot/', 'node'],
  },
  // Runs the sources in a worker thread: no part of the bundle.
  { path: 'lib/enclave/opening/sourceWorker', folders: ['lib/enclave/'], packages: ['tsx'] },
  {
    path: 'lib/enclave/',
    folders: ['lib/protocol/', 'lib/abi/', 'lib/chain/', 'lib/config/', 'lib/observe/'],
    packages: [...SERVER_PACKAGES, ...PURE, '@ethereumjs/', 'node'],
  },
  {
    path: 'lib/keeper/',
    folders: ['lib/protocol/', 'lib/abi/', 'lib/chain/', 'lib/config/', 'lib/observe/'],
    packages: [...SERVER_PACKAGES, 'node'],
  },
  {
    path: 'lib/indexer/',
    folders: ['lib/protocol/', 'lib/abi/', 'lib/chain/', 'lib/config/', 'lib/observe/', 'lib/db/'],
    packages: [...SERVER_PACKAGES, 'node'],
  },
  {
    path: 'lib/db/',
    folders: ['lib/protocol/', 'lib/chain/', 'lib/config/', 'lib/observe/'],
    packages: ['@prisma/', 'pg', 'viem', 'zod', 'node'],
  },
  // `replay` drives the local stack, so its files may use what starts it; what an auditor runs may not.
  {
    path: 'lib/cli/replay',
    folders: ['lib/cli/', 'lib/protocol/', 'lib/chain/', 'lib/abi/', 'lib/dev/', 'lib/config/'],
    packages: ['viem', 'zod', 'commander', 'csv-parse', 'node'],
  },
  {
    path: 'lib/cli/',
    folders: ['lib/protocol/', 'lib/chain/', 'lib/abi/'],
    packages: ['viem', 'zod', 'commander', 'node'],
  },
  { path: 'lib/dev/', folders: ['lib/'], packages: ['*', 'node'] },
  {
    path: 'app/_workers/',
    folders: ['lib/protocol/', 'app/_attest/'],
    packages: ['zod'],
  },
  // The API's shapes: the routes check with them, the browser reads with them.
  { path: 'app/api/v1/_schemas/', folders: ['lib/protocol/'], packages: ['zod', 'viem'] },
  // Code that runs on the server alone: route handlers, pages, layouts, and _server folders.
  {
    path: /^app\/(api\/|(.*\/)?_server\/|(.*\/)?((page|layout)\.tsx|route\.ts)$)/,
    folders: ['app/', 'lib/protocol/', 'lib/abi/', 'lib/chain/', 'lib/config/', 'lib/observe/', 'lib/db/'],
    packages: ['next', 'react', 'viem', 'zod', 'prom-client', 'server-only', '@fontsource-variable/', 'node'],
  },
  BROWSER,
  { path: 'proxy.ts', folders: ['lib/config/'], packages: ['next'] },
  { path: 'instrumentation.ts', folders: ['app/api/_server/'], packages: [] },
  { path: 'instrumentation-client.ts', folders: [], packages: [] },
]

/** Narrower than a zone: what even a permitted package keeps back. */
const EXCEPTIONS = [
  // viem's clients do I/O, which protocol never does.
  ...['lib/protocol/', 'lib/protocol/attestation/'].map((zone) => ({
    zone,
    forbids: ({ source, typeOnly }) => source.startsWith('viem') && source !== 'viem/utils' && !typeOnly,
    because: "lib/protocol uses viem/utils and viem's types only",
  })),
  {
    zone: 'lib/protocol/',
    forbids: ({ source, file }) => source === 'zod' && !/^lib\/protocol\/(receipt|polkadot\/link)\./.test(file),
    because: 'in lib/protocol, only the receipt, links and evidence parse JSON',
  },
  {
    zone: 'lib/protocol/',
    forbids: ({ source, file }) => source === RANGE_PROOFS && !file.startsWith('lib/protocol/proof/'),
    because: 'in lib/protocol, only the proofs load the range proof library',
  },
  {
    zone: 'lib/chain/',
    forbids: ({ source, file, typeOnly }) => source.startsWith('@polkadot/') && !SUBSTRATE.test(file) && !typeOnly,
    because: 'in lib/chain, only substrate/ and hub/ load @polkadot',
  },
  {
    zone: 'lib/dev/',
    forbids: ({ source }) => /^(@prisma\/|prisma$)/.test(source),
    because: 'lib/db is the only importer of Prisma',
  },
]

/** Where a folder is missing from the list, what is in it may import nothing: each new one is to be decided on. */
const GOVERNED = /^(lib|app)\/|^[^/]+\.tsx?$/
/** Files that only configure a tool. */
const TOOLS = /^(vitest\.config|next-env\.d)\.ts$/

const isUnder = (file, path) => (path instanceof RegExp ? path.test(file) : file.startsWith(path))

function zoneOf(file, isClient) {
  if (isClient && file.startsWith(BROWSER.path)) return BROWSER
  return ZONES.find(({ path }) => isUnder(file, path))
}

/** Whether a package specifier is the listed name, inside it, or under a listed scope or prefix. */
function isListed(source, packages) {
  return packages.some(
    (name) => name === '*' || source === name || source.startsWith(name.endsWith('/') ? name : `${name}/`),
  )
}

const nameOf = (file) => file.split('/').slice(0, 2).join('/')

/** A path as imports without an extension name it. */
const withoutExtension = (path) => path.replace(/\.([cm]?[jt]s|[jt]sx)$/, '')

/**
 * Why `file` may not import `source`; undefined if it may.
 *
 * @param file Path from the repository's root.
 * @param target `source` as a path from the root where it is relative, else undefined.
 * @param isClient Whether the file says 'use client'.
 * @param names Of what is imported, types left out; `*` for all of it.
 * @param lazy Whether it is loaded only when that line runs.
 */
export function objection({ file, source, target: path, typeOnly, names, lazy, isBuiltin, isClient }) {
  const zone = zoneOf(file, isClient)
  if (GOVERNED.test(file) && opensOneKind({ source, path, typeOnly, names }) && !mayKnowItsChain(file))
    return `nothing above lib/chain knows which chain it is on: ${file} may not import ${path ?? source} for that`
  if (!zone)
    return GOVERNED.test(file) && !TOOLS.test(file) ? `no rule says what ${nameOf(file)} may import` : undefined
  const name = nameOf(file)
  if (path !== undefined) {
    const target = withoutExtension(path)
    if (zone === BROWSER && SERVER_ONLY.test(target))
      return `browser code may not import ${target}, which runs on the server`
    if (zone === BROWSER && SUBSTRATE.test(target) && !typeOnly && !lazy)
      return `browser code loads ${target} with import(), as it brings @polkadot along`
    const own = typeof zone.path === 'string' && isUnder(target, zone.path)
    if (own || zone.folders.some((folder) => `${target}/`.startsWith(folder))) return undefined
    return `${name} may not import ${target}`
  }
  const exception = EXCEPTIONS.find((entry) => entry.zone === zone.path && entry.forbids({ file, source, typeOnly }))
  if (exception) return exception.because
  if (isBuiltin) return zone.packages.includes('node') ? undefined : `${name} may not use Node's ${source}`
  return isListed(source, zone.packages) ? undefined : `${name} may not import the package ${source}`
}

/** Whether an import is of what serves one kind of chain alone. */
function opensOneKind({ source, path, typeOnly, names }) {
  if (typeOnly) return false
  if (path !== undefined) return ONE_KIND.test(`${withoutExtension(path)}`)
  return source === 'viem' && names.some((name) => OPENERS.has(name))
}

const mayKnowItsChain = (file) => KNOWS_ITS_CHAIN.some((pattern) => pattern.test(withoutExtension(file)))

/** Why `file` may not import what only its run decides on; undefined where no rule governs it. */
export function objectionToComputed(file) {
  if (!GOVERNED.test(file)) return undefined
  return 'an import whose module is computed cannot be checked: name it in quotes'
}
