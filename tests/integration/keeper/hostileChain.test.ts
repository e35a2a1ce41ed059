import { createTestClient, createWalletClient, hashTypedData, http, publicActions, zeroAddress, type Hex } from 'viem'
import { foundry } from 'viem/chains'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readAuctionLogs } from '../../../lib/chain/auctionLogs'
import { replaceBidCall } from '../../../lib/chain/calls/bids'
import { revokeKeyCall } from '../../../lib/chain/calls/registerKey'
import type { TransactionSender } from '../../../lib/chain/connection'
import type { Deployment } from '../../../lib/chain/deployment'
import { openEvmSender } from '../../../lib/chain/evm/sender'
import { ACCOUNT, localAccount } from '../../../lib/dev/accounts'
import type { Keeper } from '../../../lib/keeper/keeper'
import { createLogger } from '../../../lib/observe/logger'
import { EIP712_DOMAIN } from '../../../lib/protocol/constants'
import { startAnvil, type TestChain } from '../../fixtures/anvil'
import { bidIn, openTestAuction, sealTestBid, sendTestBid, type TestAuction } from '../../fixtures/auctions'
import { deployContracts } from '../../fixtures/deploy'
import { createEnclaveFiles, startTestEnclave, type TestEnclave, type TestEnclaveFiles } from '../../fixtures/enclave'
import { startTestKeeper } from '../../fixtures/keeper'
import { logLimit } from '../../fixtures/logLimit'
import { startLyingNode, type LyingNode } from '../../fixtures/lyingNode'
import { compileSolidity } from '../../fixtures/solidity'
import { until } from '../../fixtures/until'

/** Lots that pass a dry run, where gas has no price, and fail in a block; and that cost more than a transfer should. */
const strangers = `
contract TwoFacedLot {
  address public holder;
  function ownerOf(uint256) external view returns (address) { return holder; }
  function supportsInterface(bytes4 id) external pure returns (bool) { return id == 0x80ac58cd; }
  function transferFrom(address, address to, uint256) external { holder = to; }
  function safeTransferFrom(address, address to, uint256) external virtual {
    require(tx.gasprice == 0);
    holder = to;
  }
}
contract CostlyLot is TwoFacedLot {
  mapping(uint256 => uint256) waste;
  function safeTransferFrom(address, address to, uint256) external override {
    for (uint256 i; i < 25; ++i) waste[i] = block.number;
    holder = to;
  }
}`

let chain: TestChain
let deployment: Deployment
let files: TestEnclaveFiles
let node: LyingNode
let enclave: TestEnclave
let seller: TransactionSender
let bidders: TransactionSender[]
let keeper: Keeper
let said: string
/** Milliseconds by which the keeper's clock is ahead of the machine's: a test need not sit out its pauses. */
let ahead: number

const sender = (index: number) => openEvmSender({ rpcUrl: chain.rpcUrl, deployment, account: localAccount(index) })
const client = () => createTestClient({ mode: 'anvil', transport: http(chain.rpcUrl) }).extend(publicActions)

/** A chain for each test; enclave and keeper read it through a node that can be told to err. */
beforeEach(async () => {
  chain = await startAnvil()
  files = await createEnclaveFiles()
  deployment = await deployContracts(chain, files.root)
  node = await startLyingNode(chain.rpcUrl)
  enclave = await startTestEnclave(chain, deployment, files, node.url)
  seller = sender(ACCOUNT.seller)
  bidders = [20, 21].map(sender)
  said = ''
  ahead = 0
})

afterEach(async () => {
  await keeper.stop()
  await enclave.close()
  await node.close()
  await chain.stop()
  await files.remove()
})

async function startKeeper(): Promise<void> {
  keeper = await startTestKeeper({
    ...{ rpcUrl: node.url, deployment, enclaveUrl: enclave.url },
    log: createLogger('keeper', 'warn', { write: (line) => void (said += line) }),
    clock: () => Date.now() + ahead,
  })
}

async function bid(auction: TestAuction, bidder: number, price: number) {
  const from = bidders[bidder]!
  return sendTestBid(deployment, from, await sealTestBid(deployment, enclave, auction, from, price))
}

async function typesOf({ id }: TestAuction) {
  const { number } = await chain.connection.readBlock('latest')
  return (await readAuctionLogs(chain.connection, deployment, { id, toBlock: number })).map(({ type }) => type)
}

const untilMined = (check: () => Promise<boolean>) =>
  until(async () => {
    await chain.mine(1)
    return check()
  })

const untilSeen = (auction: TestAuction, type: string) =>
  untilMined(async () => (await typesOf(auction)).some((seen) => seen === type))

/** Waits until the keeper has gone about its rounds for a while. */
async function rounds(count: number): Promise<void> {
  const asked = () => node.methods.filter((method) => method === 'eth_chainId').length
  const before = asked()
  await until(() => Promise.resolve(asked() >= before + count))
}

const sentByKeeper = () => client().getTransactionCount({ address: localAccount(ACCOUNT.keeper).address })

async function lotOf(name: 'TwoFacedLot' | 'CostlyLot') {
  const account = localAccount(30)
  const wallet = createWalletClient({ account, chain: foundry, transport: http(chain.rpcUrl) }).extend(publicActions)
  const hash = await wallet.deployContract({ abi: [], bytecode: compileSolidity(strangers)[name]! })
  const { contractAddress } = await wallet.waitForTransactionReceipt({ hash, pollingInterval: 20 })
  return { lotToken: contractAddress!, lotTokenId: 1n }
}

describe('a bidder who fills blocks with logs', () => {
  it('keeps nobody from settling through a node that answers for few', async () => {
    node.tell(logLimit({ logs: 6 }))
    await startKeeper()
    const auction = await openTestAuction(chain, deployment, enclave, seller)
    await bid(auction, 1, 60)
    let last = await bid(auction, 0, 20)
    for (let price = 21; price <= 32; ++price) {
      const next = await sealTestBid(deployment, enclave, auction, bidders[0]!, price)
      last = bidIn(await bidders[0]!.execute(replaceBidCall(deployment, last, next, 0n, zeroAddress)))
    }
    // A keeper that has followed all along, and one that begins now.
    await keeper.stop()
    await startKeeper()
    await chain.mineAt(auction.params.closesAt)
    await untilSeen(auction, 'AuctionSettled')
    await chain.mineAt((await chain.now()) + 60n)
    await untilSeen(auction, 'ProceedsClaimed')
  })
})

describe('a seller’s own lot token', () => {
  it('makes the keeper pay for a few reverts, and not for more', async () => {
    const sold = await openTestAuction(chain, deployment, enclave, seller, await lotOf('TwoFacedLot'))
    const unsold = await openTestAuction(chain, deployment, enclave, seller, await lotOf('TwoFacedLot'))
    await bid(sold, 0, 50)
    await startKeeper()
    await chain.mineAt(unsold.params.closesAt)
    await untilSeen(sold, 'AuctionSettled')
    await chain.mineAt((await chain.now()) + 60n)
    await untilSeen(sold, 'ProceedsClaimed')
    await untilMined(() => {
      ahead += 60_000
      return Promise.resolve(keeper.readiness().due === 0)
    })
    // Settled, voided, collateral and proceeds credited, and three reverts for each lot.
    expect(await sentByKeeper()).toBe(4 + 2 * 3)
    expect(await typesOf(sold)).not.toContain('LotClaimed')
    expect(await typesOf(unsold)).not.toContain('LotReclaimed')
    // Not after any pause either.
    ahead += 24 * 3_600_000
    await chain.mine(3)
    await rounds(3)
    expect(await sentByKeeper()).toBe(4 + 2 * 3)
    expect(keeper.readiness()).toMatchObject({ auctions: 2, due: 0, failing: 0 })
    expect(said.split('no longer sent')).toHaveLength(1 + 2)
  })

  it('gets less gas than a settlement may take', async () => {
    const auction = await openTestAuction(chain, deployment, enclave, seller, await lotOf('CostlyLot'))
    await bid(auction, 0, 50)
    await startKeeper()
    await chain.mineAt(auction.params.closesAt)
    await untilSeen(auction, 'AuctionSettled')
    await chain.mineAt((await chain.now()) + 60n)
    await untilSeen(auction, 'ProceedsClaimed')
    await untilSeen(auction, 'BidClaimed')
    await untilMined(() => Promise.resolve(keeper.readiness().failing === 1))
    expect(await typesOf(auction)).not.toContain('LotClaimed')
    expect(said).toContain('claimLot would take')
  })
})

describe('a revocation that the chain takes back', () => {
  it('is forgotten with it', async () => {
    const auction = await openTestAuction(chain, deployment, enclave, seller)
    await bid(auction, 0, 50)
    await chain.mine(4)
    await startKeeper()
    await rounds(3)
    const before: Hex = await client().snapshot()
    const digest = hashTypedData({
      domain: { ...EIP712_DOMAIN, chainId: deployment.chainId, verifyingContract: deployment.contracts.registry },
      types: { KeyRevocation: [{ name: 'keyId', type: 'bytes32' }] },
      primaryType: 'KeyRevocation',
      message: { keyId: enclave.keyId },
    })
    await seller.execute(revokeKeyCall(deployment, enclave.keyId, await enclave.keys.sign(digest)))
    await rounds(5)
    await client().revert({ id: before })
    await chain.mineAt(auction.params.closesAt)
    await untilSeen(auction, 'AuctionSettled')
  })
})
