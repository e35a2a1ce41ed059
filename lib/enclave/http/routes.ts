import type { IncomingMessage } from 'node:http'
import { bytesToHex, isAddressEqual } from 'viem'
import type { Deployment } from '../../chain/deployment'
import { SubrosaError } from '../../protocol/errors'
import { epochAt, periodOf } from '../epochs'
import { createEvidence } from '../evidence'
import type { KeyProvider } from '../keys/provider'
import { signPublicUrl } from '../publicUrl'
import { makeRegistration } from '../registration'
import { createSettlements, type SettlementsOptions } from '../settlements'
import { readJson } from './body'
import { errorCodeOf } from './errors'
import { attestationRequest, hash32 } from './schemas'

export type EnclaveOptions = SettlementsOptions & {
  provider: KeyProvider
  deployment: Deployment
  /** Where this enclave is reached; it signs this for the registry. */
  publicUrl?: string | undefined
  /** Requests a second that one address may make. */
  requestsPerSecond?: number
}

/**
 * @param name The path's last segment, for routes that end in a slash.
 * @returns Bytes, which are sent as they are, or what becomes JSON.
 */
export type Route = (request: IncomingMessage, name?: string) => Promise<unknown>

/** What the enclave answers, by method and path. */
export function routesOf(options: EnclaveOptions): Record<string, Route> {
  const { provider, keys, reader, deployment, metrics } = options
  const settlements = createSettlements(options)
  const readEvidence = createEvidence(options)

  return {
    'GET /v1/keys': async () => {
      const newest = epochAt(await reader.readTime())
      const epochs = await Promise.all(
        [newest, newest + 1n].map(async (epoch) => {
          const { publicKey, keyId } = await keys.sealingKey(epoch)
          return { epoch, ...periodOf(epoch), publicKey: bytesToHex(publicKey), keyId }
        }),
      )
      const { chainId, contracts } = deployment
      return { simulated: provider.simulated, signer: keys.signer, chainId, contracts, epochs }
    },

    'POST /v1/attestation': async (request) => {
      const { chainId, registry, epoch } = attestationRequest.parse(await readJson(request))
      if (chainId !== deployment.chainId || !isAddressEqual(registry, deployment.contracts.registry)) {
        throw new SubrosaError('WRONG_CHAIN')
      }
      return makeRegistration(deployment, provider, keys, epoch)
    },

    'GET /bundles/': async (_request, name) => settlements.bundle(hash32.parse(name)),

    'GET /v1/evidence/': (_request, name) => readEvidence(hash32.parse(name)),

    'GET /v1/url': async () => {
      if (options.publicUrl === undefined) throw new SubrosaError('NOT_FOUND')
      return signPublicUrl(deployment, keys, { version: await reader.readTime(), url: options.publicUrl })
    },

    'GET /v1/settlements/': async (_request, name) => {
      try {
        const signed = await settlements.settle(hash32.parse(name))
        metrics.settlements.inc({ result: 'signed' })
        return signed
      } catch (error) {
        metrics.settlements.inc({ result: errorCodeOf(error) })
        throw error
      }
    },
  }
}
