import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { parseCompletePolicy } from '../../../lib/protocol/attestation/completePolicy'
import { makeDstackApp } from '../../../lib/dev/dstackCompose.mjs'

const BUNDLE = 'ab'.repeat(32)
const config = {
  name: 'subrosa-enclave',
  image: `node@sha256:${'cd'.repeat(32)}`,
  bundleUrl: 'https://operator.example/enclave.mjs',
  rpcUrls: ['https://one.example/key$1', 'https://two.example', 'https://three.example'],
  rpcThreshold: 2,
  publicUrl: 'https://enclave.example',
  appId: 'a1'.repeat(20),
  operator: `0x${'0a'.repeat(20)}`,
  kmsRoot: `02${'ef'.repeat(32)}`,
  deployment: { startBlock: '7', chainId: 1, contracts: { verifier: '0x02', registry: '0x01' } },
}
const make = (change: object = {}, bundle = BUNDLE) => makeDstackApp({ ...config, ...change }, bundle)

describe('what a dstack machine is given', () => {
  it('has the SHA-256 of app-compose.json, byte by byte, as its compose-hash', () => {
    const { appCompose, composeHash } = make()
    expect(composeHash).toBe(createHash('sha256').update(Buffer.from(appCompose, 'utf8')).digest('hex'))
    // Fixed: another form of the same file is another machine to everybody who verifies.
    expect(composeHash).toBe('1b2667ba149040c989a6be28fd9efb90d10cc7e82c3444fcbf3daa839c996b69')
  })

  it('is the same for the same configuration, in whatever order that is written', () => {
    const { deployment, ...rest } = config
    const { startBlock, chainId, contracts } = deployment
    const turned = { deployment: { contracts: { ...contracts }, chainId, startBlock }, ...rest }
    expect(makeDstackApp(turned, BUNDLE)).toEqual(make())
  })

  it('carries the compose file, lets nothing in from outside, and takes keys from the KMS', () => {
    const { appCompose, dockerCompose } = make()
    expect(JSON.parse(appCompose)).toMatchObject({
      ...{ docker_compose_file: dockerCompose, runner: 'docker-compose', kms_enabled: true },
      ...{ allowed_envs: [], public_logs: false, no_instance_id: true, local_key_provider_enabled: false },
    })
  })

  it.each<[string, object, string?]>([
    ['the bundle', {}, 'ac'.repeat(32)],
    ['the image', { image: `node@sha256:${'ce'.repeat(32)}` }],
    ['an endpoint', { rpcUrls: ['https://one.example', 'https://two.example'] }],
    ['how many endpoints must agree', { rpcThreshold: 3 }],
    ['who has a door', { keeperCertificates: ['-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n'] }],
    ['who has outcomes first', { keeperUrls: ['https://keeper.example'] }],
    ['the app', { appId: 'a2'.repeat(20) }],
    ['the root of the keys', { kmsRoot: `03${'ef'.repeat(32)}` }],
    ['the operator', { operator: `0x${'0b'.repeat(20)}` }],
    ['the contracts', { deployment: { ...config.deployment, chainId: 10 } }],
  ])('has another hash where %s changes', (_what, change, bundle) => {
    expect(make(change, bundle).composeHash).not.toBe(make().composeHash)
  })

  it('keeps the instance’s key on the machine’s disk, beside its proofs', () => {
    const { dockerCompose } = make()
    expect(dockerCompose).toContain('ENCLAVE_SIGNER_FILE: "/data/signer"')
    expect(dockerCompose).toMatch(
      /volumes: \[.*"bundles:\/bundles", "data:\/data"\]\nvolumes:\n  bundles: \{\}\n  data: \{\}\n$/,
    )
  })

  it('starts the program only if its digest is right, and means a dollar where it writes one', () => {
    const { dockerCompose } = make()
    expect(dockerCompose).toContain(`BUNDLE_SHA256: "${BUNDLE}"`)
    expect(dockerCompose).toMatch(/wget .* && echo .*\$\$BUNDLE_SHA256 .* \| sha256sum -c && exec node/)
    expect(dockerCompose).toContain('https://one.example/key$$1,https://two.example')
    expect(dockerCompose.replaceAll('$$', '')).not.toContain('$')
  })

  it.each<[string, object, RegExp]>([
    ['an image by a tag', { image: 'node:22-alpine' }, /must be an image by its sha256 digest/],
    ['an endpoint without TLS', { rpcUrls: ['http://one.example'] }, /rpcUrls/],
    [
      'one endpoint, written in ways enough',
      {
        rpcUrls: [
          'https://one.example',
          'https://one.example/',
          'https://ONE.example:443/key',
          'https://one.example.:8443',
        ],
      },
      /2 must agree, but there are 1 different hosts/,
    ],
    ['one endpoint that decides alone', { rpcThreshold: 1 }, /at least 2 endpoints must agree on chain 1/],
    ['a field that nobody knows', { debug: true }, /debug/],
    ['no root of the keys', { kmsRoot: undefined }, /kmsRoot/],
    ['no app', { appId: undefined }, /appId/],
    ['no operator', { operator: undefined }, /operator/],
    ['an operator that is no address', { operator: `0x${'0a'.repeat(19)}` }, /must be an address/],
    ['an app that is no id', { appId: '0x12' }, /must be 20 bytes/],
  ])('is not made with %s', (_what, change, reason) => {
    expect(() => make(change)).toThrow(reason)
  })

  it('names each host once to the enclave', () => {
    const { dockerCompose } = make({
      rpcUrls: ['https://one.example/a', 'https://ONE.example/b', 'https://two.example'],
    })
    expect(dockerCompose).toContain('RPC_URLS: "https://one.example/a,https://two.example"')
  })

  it('comes with a policy that is refused until it names machine and key provider too', () => {
    const { policy, composeHash } = make()
    expect(policy).toMatchObject({ appIds: [config.appId], composeHashes: [composeHash] })
    expect(() => parseCompletePolicy(policy)).toThrow('it leaves open: measurements, keyProviders')
    const measurements = [
      { mrtd: '01'.repeat(48), rtmr0: '02'.repeat(48), rtmr1: '03'.repeat(48), rtmr2: '04'.repeat(48) },
    ]
    expect(() => parseCompletePolicy({ ...policy, measurements, keyProviders: [{ name: 'kms' }] })).not.toThrow()
  })
})
