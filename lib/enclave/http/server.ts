import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { bytesToHex, isAddressEqual, type Hex } from 'viem'
import type { Deployment } from '../../chain/deployment'
import { handleHealth, type HealthOptions } from '../../observe/health'
import type { Logger } from '../../observe/logger'
import { SubrosaError } from '../../protocol/errors'
import type { ChainReader } from '../chainReader'
import { epochAt, periodOf } from '../epochs'
import type { EnclaveKeys } from '../keys/enclaveKeys'
import type { KeyProvider } from '../keys/provider'
import { makeRegistration } from '../registration'
import { settleAuction, type SignedSettlement } from '../settleAuction'
import { readJson, sendJson } from './body'
import { errorCodeOf, sendError } from './errors'
import { attestationRequest, settlementRequest } from './schemas'

export type EnclaveOptions = {
  provider: KeyProvider
  keys: EnclaveKeys
  reader: ChainReader
  deployment: Deployment
  log: Logger
  metrics?: HealthOptions['metrics']
}

type Route = (request: IncomingMessage) => Promise<unknown>

/** The enclave's HTTP API. It takes ids and gives settlements; there is no way to hand it a bid. */
export function createEnclaveServer(options: EnclaveOptions): Server {
  const { log } = options
  const routes = routesOf(options)
  const health: HealthOptions = {
    service: 'enclave',
    ready: async () => ({ ready: true, chainTime: await options.reader.readTime() }),
    metrics: options.metrics,
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
    const route = routes[`${request.method} ${path}`]
    try {
      if (await handleHealth(request, response, health)) return
      if (!route) throw new SubrosaError('NOT_FOUND')
      sendJson(response, 200, await route(request))
    } catch (error) {
      const code = errorCodeOf(error)
      const details = error instanceof SubrosaError ? error.details : undefined
      if (code === 'INTERNAL') log.error({ path, err: error }, 'request failed')
      else log.info({ path, code, details }, 'request refused')
      sendError(response, error)
    }
  }

  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000, maxHeaderSize: 8_192 }, (req, res) => {
    void answer(req, res)
  })
  server.maxConnections = 64
  return server
}

function routesOf({ provider, keys, reader, deployment, log }: EnclaveOptions): Record<string, Route> {
  const underway = new Map<Hex, Promise<SignedSettlement>>()

  /** Requests for an auction that is being settled share the work. */
  function settle(id: Hex): Promise<SignedSettlement> {
    const known = underway.get(id)
    if (known) return known
    const work = readAndSettle(id).finally(() => underway.delete(id))
    underway.set(id, work)
    return work
  }

  async function readAndSettle(id: Hex): Promise<SignedSettlement> {
    const start = performance.now()
    const auction = await reader.readClosedAuction(id)
    const signed = await settleAuction(keys, auction)
    const milliseconds = Math.round(performance.now() - start)
    log.info({ id, block: auction.block.number, leaves: auction.bids.count, milliseconds }, 'settlement signed')
    return signed
  }

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
    'POST /v1/settlements': async (request) => settle(settlementRequest.parse(await readJson(request)).id),
  }
}
