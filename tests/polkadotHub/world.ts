import type { Address } from 'viem'
import type { ChainConnection } from '../../lib/chain/connection'
import type { Deployment } from '../../lib/chain/deployment'
import { openHubNode, type HubNode } from '../../lib/chain/hub/api'
import { hubConnection } from '../../lib/chain/hub/connection'
import { nativeToEthRatio } from '../../lib/chain/hub/constants'
import { requirePart } from '../../lib/chain/hub/dryRun'
import { toWei } from '../../lib/chain/hub/nativeValue'
import { hubInteger } from '../../lib/chain/hub/schemas'
import { readSpec } from './chain/genesis'
import { raiseEventLimit } from './chain/raiseEventLimit'
import { endow, startHubChain, type HubChain } from './chain/hubChain'
import { deployOnHub } from './deploy'
import { requireLongEvents } from './eventLimit'
import { startHubEnclave, type HubEnclave } from './enclave'
import { timed } from './figures'
import { mapByWallet } from './mapByWallet'
import { balances, openPeople, openSeller, type People } from './people'
import { startServices, type Services } from './services'

/** The chain runs in this process, on however little of the machine it is given. */
const PATIENCE_MS = 180_000

/** A Hub with Subrosa on it, an admitted enclave, people with money, and the keeper and the indexer at work. */
export type HubWorld = {
  hub: HubChain
  node: HubNode
  connection: ChainConnection
  deployment: Deployment
  enclave: HubEnclave
  people: People
  services: Services
  /** Wei, as contracts see it. */
  balanceOf: (address: Address) => Promise<bigint>
  toWei: (plancks: bigint) => bigint
  close: () => Promise<void>
}

export async function startWorld(specFile: string, { raiseEvents }: { raiseEvents: boolean }): Promise<HubWorld> {
  const published = await readSpec(specFile)
  const spec = raiseEvents ? raiseEventLimit(published) : published
  if (raiseEvents)
    console.log('Not the runtime as published: a copy in which a contract may emit 8,191 bytes, not 416.')
  const hub = await timed('boot the chain', () => startHubChain(spec))
  const node = openHubNode(hub.url, PATIENCE_MS)
  const api = await timed('connect', () => node.open())
  await endow(hub.chain, await balances())
  const connection = hubConnection(node)
  const deployer = openSeller(node)
  await timed('map an account', () => deployer.mapAccount())
  process.stderr.write(`${await requireLongEvents(connection, deployer)}\n`)
  const deployment = await deployOnHub(connection, deployer)
  const people = openPeople(node, deployment)
  await mapByWallet(hub.url, people.alice, deployment.contracts.auctions)
  await timed('map bob', () => people.bob.mapAccount())
  const enclave = await startHubEnclave([hub.url, hub.url], deployment, connection, people.seller)
  const services = await startServices(hub.url, enclave.url, deployment)
  return {
    ...{ hub, node, connection, deployment, enclave, people, services },
    async balanceOf(address) {
      const read = requirePart(api.call.reviveApi?.balance, 'reviveApi.balance')
      return hubInteger.parse((await read(address)).toJSON())
    },
    toWei: (plancks) => toWei(plancks, nativeToEthRatio(api)),
    async close() {
      await services.close()
      await enclave.close()
      await node.close()
      await hub.close()
    },
  }
}
