import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { bytesToHex, isAddressEqual, type Hex } from 'viem'
import type { Deployment } from '../../chain/deployment'
import { handleHealth, type HealthOptions } from '../../observe/health'
import type { Logger } from '../../observe/logger'
import { SubrosaError } from '../../protocol/errors'
import type { ChainReader, Close } from '../chainReader'
import { epochAt, periodOf } from '../epochs'
import type { EnclaveKeys } from '../keys/enclaveKeys'
import type { KeyProvider } from '../keys/provider'
import { makeRegistration } from '../registration'
import { settleAuction, type SignedSettlement } from '../settleAuction'
import { SettlementCache } from '../settlementCache'
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
  const cache = new SettlementCache(() => performance.now())

  /** Whether it may be settled is read each time; only the work of settling is shared between requests. */
  async function settle(id: Hex): Promise<SignedSettlement> {
    const close = await reader.readClose(id)
    return cache.get(close.state, () => readAndSettle(close))
  }

  async function readAndSettle(close: Close): Promise<SignedSettlement> {
    const start = performance.now()
    const auction = await reader.readClosedAuction(close)
    const signed = await settleAuction(keys, auction)
    const milliseconds = Math.round(performance.now() - start)
    const { id, bids, block } = auction
    log.info({ id, block: block.number, leaves: bids.count, milliseconds }, 'settlement signed')
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
