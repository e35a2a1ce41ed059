// `npm run enclave:compose -- --config FILE [--out DIR]`: what a dstack machine is given to run the enclave, and the
// compose-hash that its quotes will then show.
import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { agreeingEndpoints } from '../config/endpoints.mjs'
import { bundleEnclave } from './bundleEnclave.mjs'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const https = z.url({ protocol: /^https$/ })

/** Everything that an operator decides. All of it is measured, so nobody changes it under a running enclave. */
const configSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
  /** An image with Node 20 or later and wget, by digest: a tag could be moved. */
  image: z.string().regex(/^[a-z0-9./:_-]+@sha256:[0-9a-f]{64}$/, 'must be an image by its sha256 digest'),
  /** Where the bundle is fetched from. Nobody trusts that place: the digest decides. */
  bundleUrl: https,
  /** TLS to these ends in the enclave. PROTOCOL.md section 10. */
  rpcUrls: z.array(https).min(1),
  rpcThreshold: z.int().min(1),
  publicUrl: https,
  /** Keepers that are handed each outcome before anybody else has it. */
  keeperUrls: z.array(https).max(8).default([]),
  /** Keepers' certificates, PEM: they have a port of their own, over TLS that ends in the enclave. */
  keeperCertificates: z
    .array(
      z.string().regex(/^-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]+\n-----END CERTIFICATE-----\n$/, 'must be PEM'),
    )
    .max(32)
    .default([]),
  /** The app that the machine must run as: its owner decides which programs are given its keys. */
  appId: z.string().regex(/^[0-9a-f]{40}$/, 'must be 20 bytes in lower-case hex, without 0x'),
  /** Who sends `register`: the account that the quotes name. */
  operator: z.string().regex(/^0x[0-9a-fA-F]{40}$/, 'must be an address'),
  /** SEC1 public key of the key management service's root, hex. */
  kmsRoot: z.string().regex(/^0[23][0-9a-f]{64}$/, 'must be a compressed secp256k1 public key'),
  /** As in deployment.json. */
  deployment: z.looseObject({
    chainId: z.int(),
    startBlock: z.string(),
    contracts: z.looseObject({ registry: z.string() }),
  }),
})

/** Objects with their keys in order, all the way down. */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  )
}

/** A string of YAML. Compose replaces `$`, so that one means itself only where it is doubled. */
const text = (value) => JSON.stringify(value.replaceAll('$', '$$$$'))

const RUN =
  'wget -q -O /tmp/enclave.mjs "$BUNDLE_URL" && echo "$BUNDLE_SHA256  /tmp/enclave.mjs" | sha256sum -c && exec node /tmp/enclave.mjs'

/**
 * What of a policy this tool knows: whoever relies on the enclave adds the measurements of the dstack image, and until
 * then every verifier refuses it as one that leaves something open.
 */
const policyOf = ({ appId }, composeHash) => ({
  appIds: [appId],
  composeHashes: [composeHash],
  measurements: [],
  keyProviders: [],
  acceptedTcbStatuses: ['UpToDate'],
})

/**
 * The two files, the beginning of a policy, and their compose-hash: the SHA-256 of app-compose.json's bytes, as dstack's guest measures it into
 * RTMR3 (dstack-util, `measure_app_info`). The same arguments always give the same bytes.
 *
 * @param {unknown} input See `configSchema`; refused where it is not of that form.
 * @param {string} bundleSha256 As `npm run enclave:bundle` prints it.
 */
export function makeDstackApp(input, bundleSha256) {
  const config = configSchema.parse(input)
  if (!/^[0-9a-f]{64}$/.test(bundleSha256)) throw new Error('the bundle’s digest must be 32 bytes in hex')
  const { urls } = agreeingEndpoints(config.rpcUrls, config.rpcThreshold, config.deployment.chainId)
  const hasDoor = config.keeperCertificates.length > 0
  const environment = {
    BUNDLE_SHA256: bundleSha256,
    BUNDLE_URL: config.bundleUrl,
    DEPLOYMENT_FILE: '/deployment.json',
    DSTACK_APP_ID: config.appId,
    DSTACK_KMS_ROOT: config.kmsRoot,
    ENCLAVE_BUNDLE_FOLDER: '/bundles',
    ...(config.keeperUrls.length > 0 && { ENCLAVE_KEEPER_URLS: config.keeperUrls.join(',') }),
    ...(hasDoor && { ENCLAVE_KEEPERS_FILE: '/keepers.pem', ENCLAVE_KEEPERS_PORT: '7104' }),
    ENCLAVE_OPERATOR: config.operator,
    ENCLAVE_PORT: '7101',
    ENCLAVE_PUBLIC_URL: config.publicUrl,
    ENCLAVE_SIGNER_FILE: '/data/signer',
    HOST: '0.0.0.0',
    KEY_PROVIDER: 'dstack',
    RPC_THRESHOLD: `${config.rpcThreshold}`,
    RPC_URLS: urls.join(','),
  }
  const dockerCompose = [
    'configs:',
    '  deployment:',
    `    content: ${text(JSON.stringify(sorted(config.deployment)))}`,
    ...(hasDoor ? ['  keepers:', `    content: ${text(config.keeperCertificates.join(''))}`] : []),
    'services:',
    '  enclave:',
    `    command: ["sh", "-c", ${text(RUN)}]`,
    `    configs: [{ source: "deployment", target: "/deployment.json" }${hasDoor ? ', { source: "keepers", target: "/keepers.pem" }' : ''}]`,
    '    environment:',
    ...Object.entries(environment).map(([name, value]) => `      ${name}: ${text(value)}`),
    `    image: ${text(config.image)}`,
    `    ports: ["7101:7101"${hasDoor ? ', "7104:7104"' : ''}]`,
    '    read_only: true',
    '    restart: "always"',
    '    tmpfs: ["/tmp"]',
    // The instance's own key lives on the machine's disk, which only this app can read.
    '    volumes: ["/var/run/dstack.sock:/var/run/dstack.sock", "bundles:/bundles", "data:/data"]',
    'volumes:',
    '  bundles: {}',
    '  data: {}',
    '',
  ].join('\n')
  const appCompose = JSON.stringify(
    sorted({
      manifest_version: 2,
      name: config.name,
      runner: 'docker-compose',
      docker_compose_file: dockerCompose,
      ...{ kms_enabled: true, gateway_enabled: true, local_key_provider_enabled: false },
      // Nothing reaches the program but what is measured here; logs and machine say nothing of bids.
      ...{ allowed_envs: [], public_logs: false, public_sysinfo: false, public_tcbinfo: true, secure_time: true },
      // A machine started anew has the same RTMR3, so that the event log still fits the quote that was registered.
      no_instance_id: true,
    }),
  )
  const composeHash = createHash('sha256').update(appCompose).digest('hex')
  return { dockerCompose, appCompose, composeHash, policy: policyOf(config, composeHash) }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({
    options: { config: { type: 'string' }, out: { type: 'string', default: join(ROOT, 'dist', 'dstack') } },
  })
  if (!values.config) throw new Error('--config FILE is missing: see docs/operating.md')
  const { code, sha256 } = await bundleEnclave()
  const app = makeDstackApp(JSON.parse(await readFile(values.config, 'utf8')), sha256)
  const out = resolve(values.out)
  await mkdir(out, { recursive: true })
  const policy = `${JSON.stringify(app.policy, null, 2)}\n`
  const files = {
    ...{ 'docker-compose.yml': app.dockerCompose, 'app-compose.json': app.appCompose },
    ...{ 'enclave.mjs': code, 'policy.json': policy },
  }
  for (const [name, content] of Object.entries(files)) await writeFile(join(out, name), content)
  console.log(`bundle        ${sha256}\ncompose-hash  ${app.composeHash}\nwritten to    ${out}`)
  console.log('policy.json   accepts nothing until measurements and keyProviders are filled in: see docs/operating.md')
}
