import type { IncomingMessage } from 'node:http'
import { bytesToHex, isAddressEqual } from 'viem'
import type { Deployment } from '../../chain/deployment'
import { SubrosaError } from '../../protocol/errors'
import { createBatchSettlements, type BatchSettlementsOptions } from '../book/batchSettlements'
import { createDelivery } from '../deliverOutcomes'
import { epochAt, epochsServedAt, periodOf } from '../epochs'
import { createEvidence } from '../evidence'
import type { EnclaveMetrics } from '../metrics'
import type { KeyProvider } from '../keys/provider'
import { signPublicUrl } from '../publicUrl'
import { makeRegistration } from '../registration'
import { createSettlements, type SettlementsOptions } from '../settlements'
import { readJson } from './body'
import type { ConnectionCaps } from './connectionLimit'
import { errorCodeOf } from './errors'
import { attestationRequest, batchNumber, hash32 } from './schemas'

export type EnclaveOptions = Omit<SettlementsOptions, 'deliver'> &
  Pick<BatchSettlementsOptions, 'chain'> & {
    provider: KeyProvider
    deployment: Deployment
    /** Keepers that have each outcome before anybody else, and how long each may take, in milliseconds. */
    keeperUrls?: readonly string[]
    deliveryTimeoutMs?: number
    /** Where this enclave is reached; it signs this for the registry. */
    publicUrl?: string | undefined
    /** Requests a second that one address may make. */
    requestsPerSecond?: number
    /** Connections that may be open. */
    caps?: ConnectionCaps
    /** A port for keepers alone, who have one of these certificates (PEM); null: there is none. */
    keepersDoor?: { port: number; certificates: string } | null
  }

/**
 * @param names The path's segments that the route leaves open, in order.
 * @returns Bytes, which are sent as they are, or what becomes JSON.
 */
export type Route = (request: IncomingMessage, ...names: string[]) => Promise<unknown>

/** Whose requests come first. */
export const RANK = { keeper: 0n, anybody: 1n }

/** What does the enclave's work, whichever door it is asked at. */
export type Services = ReturnType<typeof servicesOf>

export function servicesOf(options: EnclaveOptions) {
  const { log, metrics, keeperUrls = [], deliveryTimeoutMs: timeoutMs } = options
  const deliver = createDelivery({ urls: keeperUrls, log, metrics, ...(timeoutMs && { timeoutMs }) })
  return {
    settlements: createSettlements({ ...options, deliver }),
    batches: createBatchSettlements({ ...options, deliver }),
    readEvidence: createEvidence(options),
  }
}

/** What the enclave answers, by method and path, to callers of one rank. */
export function routesOf(options: EnclaveOptions, services: Services, rank: bigint): Record<string, Route> {
  const { provider, keys, reader, deployment, metrics } = options
  const { settlements, batches, readEvidence } = services

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
      const { simulated, appId } = provider
      return { simulated, appId, signer: keys.signer, operator: keys.operator, chainId, contracts, epochs }
    },

    'POST /v1/attestation': async (request) => {
      const { chainId, registry, epoch } = attestationRequest.parse(await readJson(request))
      if (chainId !== deployment.chainId || !isAddressEqual(registry, deployment.contracts.registry)) {
        throw new SubrosaError('WRONG_CHAIN')
      }
      // A quote takes the hardware a second: nobody can have one made for each epoch that a number can name.
      if (!epochsServedAt(await reader.readTime()).includes(epoch)) {
        throw new SubrosaError('INVALID_REQUEST', { details: 'epoch: not one that this enclave serves now or next.' })
      }
      return makeRegistration(deployment, provider, keys, epoch)
    },

    'GET /bundles/:proofHash': async (_request, name) => settlements.bundle(hash32.parse(name)),

    'GET /v1/evidence/:keyId': (_request, name) => readEvidence(hash32.parse(name)),

    'GET /v1/url': async () => {
      if (options.publicUrl === undefined) throw new SubrosaError('NOT_FOUND')
      return signPublicUrl(deployment, keys, { version: await reader.readTime(), url: options.publicUrl })
    },

    'GET /v1/settlements/:id': (_request, name) =>
      counted(metrics.settlements, () => settlements.settle(hash32.parse(name), rank)),

    'GET /v1/markets/:id/batches/:batchId/settlement': (_request, name, number) =>
      counted(metrics.batches, () => batches.settle(hash32.parse(name), batchNumber.parse(number), rank)),

    'GET /v1/markets/:id/batches/:batchId/carried': async (_request, name, number) =>
      batches.carried(hash32.parse(name), batchNumber.parse(number)),
  }
}

async function counted<T>(counter: EnclaveMetrics['settlements'], settle: () => Promise<T>): Promise<T> {
  try {
    const signed = await settle()
    counter.inc({ result: 'signed' })
    return signed
  } catch (error) {
    counter.inc({ result: errorCodeOf(error) })
    throw error
  }
}
