import { mkdir, writeFile } from 'node:fs/promises'
import { isAbsolute, join, resolve } from 'node:path'
import { simulatorRootAddress, simulatorRootCertificate } from '../enclave/keys/simulator'
import { migrate } from '../db/migrate'
import type { Deployment } from '../chain/deployment'
import { simulatorRoot } from '../protocol/attestation/simulatorRoot'
import { floorsOf } from '../protocol/auction/floors'
import { LOCAL_CHAIN_ID, startAnvil } from './anvil'
import { ensureDeployment } from './deploy'
import { takeLock } from './fileLock'
import { releasePort } from './ports'
import { startPostgres, type LocalPostgres } from './postgres'
import { recordOf, startWarden } from './processes'
import {
  enclaveFiles,
  startBots,
  startEnclave,
  startIndexer,
  startKeeper,
  type Ports,
  type ServiceEnvironment,
} from './programs'
import { registerEnclave } from './register'
import { startSeeding } from './seeding'
import type { Service, ServiceContext } from './service'
import { writeStackFile, type StackFile } from './stackFile'
import { choosePorts, type StackOptions } from './stackOptions'
import { LOCAL_HUB_PREFIX } from './substrate/prefix'
import { startHub } from './substrate/startHub'
import { startWeb } from './web'
import { buildWeb } from './webBuild'

export type Stack = {
  dir: string
  urls: StackFile['urls']
  deployment: Deployment
  deploymentFile: string
  /** Process ids by part, as of now. */
  pids: () => Record<string, number>
  stop: () => Promise<void>
}

/** Another stack runs in the same folder. */
export class StackRuns extends Error {
  override name = 'StackRuns'
}

const DEPLOYED = {
  kept: 'as before',
  first: 'deployed',
  chain: 'deployed on the new chain',
  code: 'deployed anew, as they changed; auctions in the old ones are no longer shown',
}

/**
 * Starts everything Subrosa consists of on this machine: chain, database, contracts, enclave, keeper, indexer and web.
 *
 * Resolves when all of it works. From then on a part that crashes is started again, and nothing outlives this process.
 *
 * @throws StackRuns if one runs in `dir` already; ServiceFailed if a part does not come up (the rest is stopped again).
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const dir = isAbsolute(options.dir) ? options.dir : resolve(options.dir)
  await mkdir(join(dir, 'logs'), { recursive: true })
  const release = await takeLock(join(dir, 'lock'))
  if (!release) throw new StackRuns()

  const warden = startWarden()
  const context: ServiceContext = { dir, warden, log: options.log }
  const services: Service[] = []
  const started = <S extends Service>(service: S): S => {
    services.push(service)
    return service
  }
  let ports: Ports | undefined
  let stopped: Promise<void> | undefined
  const stop = () =>
    (stopped ??= stopAll(services).finally(async () => {
      warden.release()
      for (const port of Object.values(ports ?? {})) releasePort(port)
      await release()
    }))

  try {
    ports = await choosePorts(options.ports ?? {}, options.log, options.polkadot ? [] : ['hub'])
    return await bringUp(options, { ...context }, ports, started, stop)
  } catch (error) {
    await stop()
    throw error
  }
}

async function bringUp(
  options: StackOptions,
  context: ServiceContext,
  ports: Ports,
  started: <S extends Service>(service: S) => S,
  stop: () => Promise<void>,
): Promise<Stack> {
  const { dir, log } = context
  const running: Record<string, Service> = {}
  const up = <S extends Service>(service: S): S => {
    running[service.name] = service
    return started(service)
  }

  const files = enclaveFiles(dir)
  const certificate = await simulatorRootCertificate(files.rootFile)
  await writeFile(files.certificateFile, certificate)

  // The three slow beginnings do not need each other. All are awaited before an error is passed on, so that whatever
  // did start is known to be stopped.
  const [chainStart, databaseStart, build, hubStart] = await Promise.allSettled([
    startAnvil(context, ports.chain).then((chain) => {
      up(chain.service)
      log(`Chain      ready at ${chain.rpcUrl}${chain.continued ? ', continued' : ''}`)
      return chain
    }),
    startDatabase(options, context, ports.postgres).then((database) => {
      if (database.local) up(database.local.service)
      log(`Database   ready${database.local ? '' : ' (DATABASE_URL)'}`)
      return database
    }),
    options.web === false ? undefined : buildWeb(context, LOCAL_CHAIN_ID),
    options.polkadot
      ? startHub(context, ports.hub).then((hub) => {
          up(hub.service)
          log(`Asset Hub  ready at ${hub.url} (one node, no forks, final at once)`)
          return hub.url
        })
      : undefined,
  ])
  const [{ rpcUrl }, database] = [valueOf(chainStart), valueOf(databaseStart)]
  const distDir = valueOf(build)
  const anchorUrl = valueOf(hubStart)

  const { deployment, file, outcome } = await ensureDeployment(dir, rpcUrl, await simulatorRootAddress(files.rootFile))
  const { settlePeriod, challengeWindow } = floorsOf(deployment.chainId)
  log(
    `Contracts  ${DEPLOYED[outcome]}; auctions give ${settlePeriod} s or more to settle, ${challengeWindow} s to challenge`,
  )
  if (outcome !== 'kept') await database.local?.recreate()
  await migrate(database.url)

  const environment: ServiceEnvironment = { ports, rpcUrl, databaseUrl: database.url, deploymentFile: file, anchorUrl }
  up(await startEnclave(context, environment))
  const enclaveUrl = `http://127.0.0.1:${ports.enclave}`
  await registerEnclave({ rpcUrl, enclaveUrl, deployment })
  log('Enclave    ready (simulated: no hardware protects these keys)')
  const rest = await Promise.allSettled([
    startKeeper(context, environment).then(up),
    startIndexer(context, environment).then(up),
    ...(distDir === undefined
      ? []
      : [
          startWeb(
            context,
            { distDir, port: ports.web, host: options.host ?? '127.0.0.1' },
            {
              RPC_URL: rpcUrl,
              DATABASE_URL: database.url,
              DEPLOYMENT_FILE: file,
              ENCLAVE_URL: enclaveUrl,
              SIMULATOR_ROOT: simulatorRoot(certificate).fingerprint,
              ...(anchorUrl && { ANCHOR_URL: anchorUrl, ANCHOR_SS58_PREFIX: String(LOCAL_HUB_PREFIX) }),
            },
          ).then(up),
        ]),
  ])
  rest.forEach(valueOf)
  log(`Services   ready: ${['keeper', 'indexer', ...(options.web === false ? [] : ['web'])].join(', ')}`)

  const urls: StackFile['urls'] = {
    rpc: rpcUrl,
    database: database.url,
    enclave: enclaveUrl,
    keeper: `http://127.0.0.1:${ports.keeper}`,
    indexer: `http://127.0.0.1:${ports.indexer}`,
    ...(options.web === false ? {} : { web: `http://localhost:${ports.web}` }),
    ...(anchorUrl && { hub: anchorUrl }),
  }
  const pids = () =>
    Object.fromEntries(
      Object.entries(running).flatMap(([name, service]) => {
        const pid = service.pid()
        return pid === undefined ? [] : [[name, pid]]
      }),
    )
  const supervisor = recordOf(process.pid)
  if (!supervisor) throw new Error('This process cannot be identified on this system.')
  await writeStackFile(dir, { supervisor, urls, deploymentFile: file, pids: pids() })
  if (options.seed) {
    const demonstration = { rpcUrl, enclaveUrl, deploymentFile: file }
    started(startSeeding(context, demonstration))
    up(await startBots(context, demonstration))
  }
  return { dir, urls, deployment, deploymentFile: file, pids, stop }
}

function valueOf<T>(result: PromiseSettledResult<T>): T {
  if (result.status === 'rejected') throw result.reason
  return result.value
}

async function startDatabase(
  options: StackOptions,
  context: ServiceContext,
  port: number,
): Promise<{ url: string; local?: LocalPostgres }> {
  if (options.databaseUrl) return { url: options.databaseUrl }
  const local = await startPostgres(context, port)
  return { url: local.databaseUrl, local }
}

/** In the reverse of the order they came up: what writes goes before what it writes to. */
async function stopAll(services: readonly Service[]): Promise<void> {
  const infrastructure = services.filter(({ name }) => ['chain', 'postgres', 'asset-hub'].includes(name))
  const programs = services.filter((service) => !infrastructure.includes(service))
  await Promise.all(programs.map((service) => service.stop()))
  await Promise.all(infrastructure.map((service) => service.stop()))
}
