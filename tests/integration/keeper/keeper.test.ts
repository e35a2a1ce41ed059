import {
  createWalletClient,
  encodeFunctionData,
  hashTypedData,
  http,
  parseAbi,
  publicActions,
  type Address,
  type Hex,
} from 'viem'
import { foundry } from 'viem/chains'
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest'
import { demoLotsAbi } from '../../../lib/abi/demoLots'
import { readAuctionLogs } from '../../../lib/chain/auctionLogs'
import { revokeKeyCall } from '../../../lib/chain/calls/registerKey'
import { depositAndBidCall } from '../../../lib/chain/calls/bids'
import type { TransactionSender } from '../../../lib/chain/connection'
import type { Deployment } from '../../../lib/chain/deployment'
import type { AuctionEvent } from '../../../lib/chain/events'
import { openEvmSender } from '../../../lib/chain/evm/sender'
import { readVaultBalance } from '../../../lib/chain/reads'
import { ACCOUNT, localAccount } from '../../../lib/dev/accounts'
import type { Keeper } from '../../../lib/keeper/keeper'
import { EIP712_DOMAIN } from '../../../lib/protocol/constants'
import { startAnvil, type TestChain } from '../../fixtures/anvil'
import { openTestAuction, sealTestBid, sendTestBid, TICK, type TestAuction } from '../../fixtures/auctions'
import { deployContracts } from '../../fixtures/deploy'
import {
  createEnclaveFiles,
  otherApp,
  otherInstance,
  startTestEnclave,
  type TestEnclave,
  type TestEnclaveFiles,
} from '../../fixtures/enclave'
import { startTestKeeper } from '../../fixtures/keeper'
import { getJson } from '../../fixtures/getJson'
import { compileSolidity } from '../../fixtures/solidity'
import { until } from '../../fixtures/until'

const native: Address = '0x0000000000000000000000000000000000000000'

/** Strangers: a lot that comes in and never goes out, one that burns all gas on its way out, a bidder that takes none. */
const strangers = `
contract StuckLot {
  address public holder;
  function ownerOf(uint256) external view returns (address) { return holder; }
  function supportsInterface(bytes4 id) external pure returns (bool) { return id == 0x80ac58cd; }
  function transferFrom(address, address to, uint256) external { holder = to; }
  function safeTransferFrom(address, address, uint256) external virtual { revert("stuck"); }
}
contract GreedyLot is StuckLot {
  mapping(uint256 => uint256) waste;
  function safeTransferFrom(address, address, uint256) external override {
    for (uint256 i; i < 200; ++i) waste[i] = block.number;
  }
}
contract RefusingBidder {
  function run(address to, bytes calldata data) external payable {
    (bool ok,) = to.call{value: msg.value}(data);
    require(ok);
  }
}`

let chain: TestChain
let deployment: Deployment
let files: TestEnclaveFiles
let enclave: TestEnclave
let seller: TransactionSender
let bidders: TransactionSender[]
let keepers: Keeper[] = []

const sender = (index: number) => openEvmSender({ rpcUrl: chain.rpcUrl, deployment, account: localAccount(index) })

beforeAll(async () => {
  chain = await startAnvil()
  files = await createEnclaveFiles()
  deployment = await deployContracts(chain, files.root)
  enclave = await startTestEnclave(chain, deployment, files)
  seller = sender(ACCOUNT.seller)
  bidders = [20, 21, 22, 23, 24].map((index) => sender(index))
})

afterAll(async () => {
  await enclave.close()
  await chain.stop()
  await files.remove()
})

/** Every test has the chain as the ones before left it, and keepers that know nothing. */
beforeEach(() => {
  keepers = []
})

afterEach(async () => {
  await Promise.all(keepers.map((keeper) => keeper.stop()))
})

async function startKeeper(account: number = ACCOUNT.keeper, enclaveUrl = enclave.url): Promise<Keeper> {
  const keeper = await startTestKeeper({ rpcUrl: chain.rpcUrl, deployment, enclaveUrl, account })
  keepers.push(keeper)
  return keeper
}

async function bid(auction: TestAuction, bidder: number, price: number) {
  const from = bidders[bidder]!
  return sendTestBid(deployment, from, await sealTestBid(deployment, enclave, auction, from, price))
}

async function eventsOf(auction: TestAuction): Promise<AuctionEvent[]> {
  const { number } = await chain.connection.readBlock('latest')
  return readAuctionLogs(chain.connection, deployment, { id: auction.id, toBlock: number })
}

const typesOf = async (auction: TestAuction) => (await eventsOf(auction)).map(({ type }) => type)

/** Mines a block now and then, as a chain does, until `check` holds. */
const untilMined = (check: () => Promise<boolean>) =>
  until(async () => {
    await chain.mine(1)
    return check()
  })

const lotOwner = async (auction: TestAuction): Promise<string> => {
  const data = encodeFunctionData({ abi: demoLotsAbi, functionName: 'ownerOf', args: [auction.lot] })
  return `0x${(await chain.connection.call({ to: deployment.contracts.demoLots!, data })).slice(26)}`
}

const balance = (account: Address) => readVaultBalance(chain.connection, deployment, native, account)

async function deploy(bytecode: Hex): Promise<Address> {
  const account = localAccount(30)
  const client = createWalletClient({ account, chain: foundry, transport: http(chain.rpcUrl) }).extend(publicActions)
  const hash = await client.deployContract({ abi: [], bytecode })
  return (await client.waitForTransactionReceipt({ hash, pollingInterval: 20 })).contractAddress!
}

describe('an auction', () => {
  it('is settled after the close, and everyone is paid out after the challenge window', async () => {
    const auction = await openTestAuction(chain, deployment, enclave, seller)
    await bid(auction, 0, 70)
    await bid(auction, 1, 90)
    await bid(auction, 2, 80)
    const before = await Promise.all([0, 1, 2].map((index) => balance(bidders[index]!.address)))
    const sellerBefore = await balance(seller.address)
    await startKeeper()
    await chain.mineAt(auction.params.closesAt)
    await untilMined(async () => (await typesOf(auction)).includes('AuctionSettled'))
    expect(await typesOf(auction)).not.toContain('BidClaimed')
    await chain.mineAt((await chain.now()) + 60n)
    await untilMined(async () => (await typesOf(auction)).filter((type) => type === 'BidClaimed').length === 3)
    // In whatever order: each is a transaction of its own.
    for (const type of ['ProceedsClaimed', 'LotClaimed'] as const) {
      await untilMined(async () => (await typesOf(auction)).includes(type))
    }
    expect((await lotOwner(auction)).toLowerCase()).toBe(bidders[1]!.address.toLowerCase())
    const collateral = auction.params.collateral
    const after = await Promise.all([0, 1, 2].map((index) => balance(bidders[index]!.address)))
    expect(after.map((now, index) => now - before[index]!)).toEqual([collateral, collateral - 80n * TICK, collateral])
    expect((await balance(seller.address)) - sellerBefore).toBe(80n * TICK)
  })

  it('is settled by the next enclave where the registry does not know the first one’s signer', async () => {
    const unknown = await startTestEnclave(chain, deployment, otherInstance(files, 'unknown'), chain.rpcUrl, {
      registered: true,
    })
    const auction = await openTestAuction(chain, deployment, enclave, seller)
    await bid(auction, 0, 70)
    const enclaveUrls = [unknown.url, enclave.url]
    keepers.push(await startTestKeeper({ rpcUrl: chain.rpcUrl, deployment, enclaveUrl: unknown.url, enclaveUrls }))
    await chain.mineAt(auction.params.closesAt)
    await untilMined(async () => (await typesOf(auction)).includes('AuctionSettled'))
    const settled = (await eventsOf(auction)).find(({ type }) => type === 'AuctionSettled')
    expect(settled).toMatchObject({ signer: enclave.signer })
    await unknown.close()
  })

  it('goes back to its seller where nobody bid', async () => {
    const auction = await openTestAuction(chain, deployment, enclave, seller)
    await startKeeper()
    await chain.mineAt(auction.params.closesAt)
    await untilMined(async () => (await typesOf(auction)).includes('LotReclaimed'))
    expect(await typesOf(auction)).toEqual(['AuctionCreated', 'AuctionVoided', 'LotReclaimed'])
    expect((await lotOwner(auction)).toLowerCase()).toBe(seller.address.toLowerCase())
  })

  it('goes back, and the collateral too, where no enclave settles in time', async () => {
    const auction = await openTestAuction(chain, deployment, enclave, seller)
    // Of somebody whom no other test here owes anything.
    const bidder = bidders[4]!.address
    await bid(auction, 4, 70)
    const before = await balance(bidder)
    const keeper = await startKeeper(ACCOUNT.keeper, 'http://127.0.0.1:9')
    await chain.mineAt(auction.params.closesAt, 2)
    await until(() => Promise.resolve(keeper.readiness().failing === 1))
    await chain.mineAt(auction.params.settleBy)
    await untilMined(async () => (await typesOf(auction)).includes('BidClaimed'))
    expect(await typesOf(auction)).toContain('AuctionVoided')
    expect((await balance(bidder)) - before).toBe(auction.params.collateral)
  })
})

describe('what can go wrong', () => {
  it('voids an auction whose key is withdrawn while it is open, and gives everything back', async () => {
    // A seed of its own, so that the key of the other tests lives on.
    const doomed = await startTestEnclave(chain, deployment, otherApp(files, 'doomed'))
    const auction = await openTestAuction(chain, deployment, doomed, seller)
    await sendTestBid(deployment, bidders[0]!, await sealTestBid(deployment, doomed, auction, bidders[0]!, 60))
    await startKeeper()
    await chain.mine(4)
    const digest = hashTypedData({
      domain: { ...EIP712_DOMAIN, chainId: deployment.chainId, verifyingContract: deployment.contracts.registry },
      types: { KeyRevocation: [{ name: 'keyId', type: 'bytes32' }] },
      primaryType: 'KeyRevocation',
      message: { keyId: doomed.keyId },
    })
    await seller.execute(revokeKeyCall(deployment, doomed.keyId, await doomed.keys.sign(digest)))
    await untilMined(async () => (await typesOf(auction)).includes('BidClaimed'))
    await untilMined(async () => (await typesOf(auction)).includes('LotReclaimed'))
    expect(await chain.now()).toBeLessThan(auction.params.closesAt)
    await chain.mineAt(auction.params.closesAt, 2)
    expect((await getJson(`${doomed.url}/v1/settlements/${auction.id}`)).status).not.toBe(200)
    await doomed.close()
  })

  it('lets hostile lots and receivers block nobody else', async () => {
    const { StuckLot, GreedyLot, RefusingBidder } = compileSolidity(strangers)
    const own = async (bytecode: Hex) => ({ lotToken: await deploy(bytecode), lotTokenId: 1n })
    const stuck = await openTestAuction(chain, deployment, enclave, seller, await own(StuckLot!))
    const greedy = await openTestAuction(chain, deployment, enclave, seller, await own(GreedyLot!))
    const refused = await openTestAuction(chain, deployment, enclave, seller)
    const honest = await openTestAuction(chain, deployment, enclave, seller)
    for (const auction of [stuck, greedy, honest]) await bid(auction, 0, 50)
    await bid(refused, 1, 20)
    await bidThrough(await deploy(RefusingBidder!), refused, 60)
    const keeper = await startKeeper()
    await chain.mineAt(honest.params.closesAt, 2)
    const all = [stuck, greedy, refused, honest]
    await untilMined(async () => (await Promise.all(all.map(typesOf))).every((types) => types.includes('BidWon')))
    await chain.mineAt((await chain.now()) + 60n)
    // Everyone but the four lots' strangers is paid in full.
    await untilMined(async () => {
      const types = await Promise.all(all.map(typesOf))
      return types.every((seen) => seen.includes('BidClaimed') && seen.includes('ProceedsClaimed'))
    })
    await untilMined(async () => (await typesOf(honest)).includes('LotClaimed'))
    for (const auction of [stuck, greedy, refused]) expect(await typesOf(auction)).not.toContain('LotClaimed')
    await untilMined(() => Promise.resolve(keeper.readiness().auctions === 3 && keeper.readiness().failing === 3))
  })

  it('works beside a second keeper, and after a restart in the middle', async () => {
    const auction = await openTestAuction(chain, deployment, enclave, seller)
    for (const index of [0, 1, 2, 3]) await bid(auction, index, 50 + index)
    const first = await startKeeper()
    await startKeeper(40)
    await chain.mineAt(auction.params.closesAt)
    await untilMined(async () => (await typesOf(auction)).includes('AuctionSettled'))
    await first.stop()
    await startKeeper()
    await chain.mineAt((await chain.now()) + 60n)
    await untilMined(async () => {
      const types = await typesOf(auction)
      const paid = types.includes('LotClaimed') && types.includes('ProceedsClaimed')
      return paid && types.filter((type) => type === 'BidClaimed').length === 4
    })
    const types = await typesOf(auction)
    for (const once of ['AuctionSettled', 'LotClaimed', 'ProceedsClaimed']) {
      expect(types.filter((type) => type === once)).toHaveLength(1)
    }
  })
})

/** A bid by a contract, whose lots nobody can deliver to it. */
async function bidThrough(contract: Address, auction: TestAuction, price: number): Promise<void> {
  const bidder = { ...bidders[3]!, address: contract }
  const input = await sealTestBid(deployment, enclave, auction, bidder, price)
  const inner = depositAndBidCall(deployment, input, input.collateral, native)
  const abi = parseAbi(['function run(address to, bytes data) payable'])
  const data = encodeFunctionData({ abi, functionName: 'run', args: [inner.to, inner.data] })
  await bidders[3]!.execute({ to: contract, data, value: inner.value, method: 'run' })
}
