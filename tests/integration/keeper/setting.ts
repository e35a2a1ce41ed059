import { createTestClient, http, parseGwei, publicActions, type Address, type Hash } from 'viem'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { readAuctionLogs } from '../../../lib/chain/auctionLogs'
import type { TransactionSender } from '../../../lib/chain/connection'
import type { Deployment } from '../../../lib/chain/deployment'
import { openEvmSender } from '../../../lib/chain/evm/sender'
import { ACCOUNT, localAccount } from '../../../lib/dev/accounts'
import type { Keeper } from '../../../lib/keeper/keeper'
import { createLogger } from '../../../lib/observe/logger'
import { startAnvil, type TestChain } from '../../fixtures/anvil'
import { openTestAuction, sealTestBid, sendTestBid, type TestAuction } from '../../fixtures/auctions'
import { deployContracts } from '../../fixtures/deploy'
import { createEnclaveFiles, startTestEnclave, type TestEnclave, type TestEnclaveFiles } from '../../fixtures/enclave'
import { startGateNode, type GateNode } from '../../fixtures/gateNode'
import { createStateFolder, startTestKeeper, type TestKeeperOptions } from '../../fixtures/keeper'
import { until as untilWithin } from '../../fixtures/until'

/** On a machine that does much else, a round of a keeper may take seconds. */
export const until = (check: () => Promise<boolean>) => untilWithin(check, 60_000)

/**
 * One chain and one enclave for the tests of a file, and for each test an account that no test before had, a folder for
 * journals, and keepers that see the chain through a gate.
 */
export function keeperSetting() {
  let chain: TestChain
  let files: TestEnclaveFiles
  let deployment: Deployment
  let enclave: TestEnclave
  let node: GateNode
  let folder: Awaited<ReturnType<typeof createStateFolder>>
  let keepers: Keeper[]
  let said: string
  let account = 20

  beforeAll(async () => {
    chain = await startAnvil()
    files = await createEnclaveFiles()
    deployment = await deployContracts(chain, files.root)
    enclave = await startTestEnclave(chain, deployment, files)
    node = await startGateNode(chain.rpcUrl)
  })

  afterAll(async () => {
    await node.close()
    await enclave.close()
    await chain.stop()
    await files.remove()
  })

  beforeEach(async () => {
    folder = await createStateFolder()
    keepers = []
    said = ''
    account += 2
  })

  afterEach(async () => {
    node.gate(() => 'pass')
    await Promise.all(keepers.map((keeper) => keeper.stop()))
    await client().setAutomine(true)
    await folder.remove()
  })

  const client = () => createTestClient({ mode: 'anvil', transport: http(chain.rpcUrl) }).extend(publicActions)
  const addressOf = (index: number): Address => localAccount(index).address
  const sender = (index: number): TransactionSender =>
    openEvmSender({ rpcUrl: chain.rpcUrl, deployment, account: localAccount(index) })

  async function startKeeper(options: Partial<TestKeeperOptions> = {}): Promise<Keeper> {
    const keeper = await startTestKeeper({
      ...{ rpcUrl: node.url, enclaveUrl: enclave.url, deployment, account, stateFile: folder.file('journal') },
      log: createLogger('keeper', 'debug', { write: (line) => void (said += line) }),
      ...options,
    })
    keepers.push(keeper)
    return keeper
  }

  /** Closed for good, with one bid; nothing but its settlement falls due in this file. */
  async function closedAuction(): Promise<TestAuction> {
    const auction = await openTestAuction(chain, deployment, enclave, sender(ACCOUNT.seller), {
      challengeWindow: 86_400,
    })
    const bidder = sender(19)
    await sendTestBid(deployment, bidder, await sealTestBid(deployment, enclave, auction, bidder, 60))
    await chain.mineAt(auction.params.closesAt, 2)
    return auction
  }

  async function settlements({ id }: TestAuction): Promise<number> {
    const { number } = await chain.connection.readBlock('latest')
    const filter = { id, types: ['AuctionSettled'], toBlock: number } as const
    return (await readAuctionLogs(chain.connection, deployment, filter)).length
  }

  /** Transactions of an account that wait for a block. */
  async function pool(index: number): Promise<Hash[]> {
    const { pending } = await client().getTxpoolContent()
    const own = Object.entries(pending).find(([from]) => from.toLowerCase() === addressOf(index).toLowerCase())
    return Object.values(own?.[1] ?? {}).map(({ hash }) => hash)
  }

  /** Mines a block, and gives the keepers some rounds to do something about it; so often. */
  async function blocks(count: number): Promise<void> {
    const rounds = () => node.methods.filter((method) => method === 'eth_chainId').length
    for (let block = 0; block < count; ++block) {
      await chain.mine(1)
      const before = rounds()
      await until(() => Promise.resolve(rounds() > before + 2))
    }
  }

  return {
    chain: () => chain,
    deployment: () => deployment,
    enclaveUrl: () => enclave.url,
    gate: (decide: Parameters<GateNode['gate']>[0]) => node.gate(decide),
    file: (name: string) => folder.file(name),
    /** What the keepers logged in this test. */
    said: () => said,
    /** The test's own, and the next one is its too. */
    account: () => account,
    ...{ client, addressOf, startKeeper, closedAuction, settlements, pool, blocks },
    sentBy: (index: number) => client().getTransactionCount({ address: addressOf(index) }),
    untilSaid: (words: string) => until(() => Promise.resolve(said.includes(words))),
    untilMined: (check: () => Promise<boolean>) =>
      until(async () => {
        await chain.mine(1)
        return check()
      }),
    /** Mines a block with this base fee. */
    mineAtFee: async (gwei: string) => {
      await client().setNextBlockBaseFeePerGas({ baseFeePerGas: parseGwei(gwei) })
      await chain.mine(1)
    },
  }
}
