import { strict as assert } from 'node:assert'
import { zeroAddress, zeroHash, type Hex } from 'viem'
import { readAuctionLogs } from '../../lib/chain/auctionLogs'
import type { Bid } from '../../lib/chain/bid'
import { placedBid } from '../../lib/chain/rebuildBids'
import { approveTokenCall } from '../../lib/chain/calls/approvals'
import { depositAndBidCall } from '../../lib/chain/calls/bids'
import { claimCall } from '../../lib/chain/calls/claims'
import { createAuctionCall } from '../../lib/chain/calls/createAuction'
import { withdrawCall } from '../../lib/chain/calls/vault'
import { isRevert } from '../../lib/chain/errors'
import { verifyAuction } from '../../lib/cli/verifyAuction'
import { requestSettlement } from '../../lib/keeper/enclaveClient'
import type { AuctionParams } from '../../lib/protocol/auction/params'
import { pricingRuleIndex } from '../../lib/protocol/constants'
import { SubrosaError } from '../../lib/protocol/errors'
import { eventIn, sealTestBid, type TestAuction } from '../fixtures/auctions'
import { balanceOf, issueAsset } from './assets'
import { executeSigned } from './ethereum'
import { auctionEvents, byKeeper } from './events'
import { sendByWallet } from './byWallet'
import { timed } from './figures'
import { requireAuctionIndexed } from './indexed'
import type { HubWorld } from './world'

/** Wei: a hundredth of a coin, which is a whole number of plancks. */
const TICK = 10n ** 16n
const COLLATERAL = 1_000n * TICK
const LOT_ASSET = 1_001
const LOT_SIZE = 250n
const PRICES = { alice: 40, bob: 70, carol: 90 }

/**
 * A sealed second-price auction from its lot to its proofs. Two bidders sign with sr25519 keys, one with Ethereum's; what
 * anyone may do, the keeper does.
 */
export async function runAuction(world: HubWorld): Promise<void> {
  const { people, deployment, enclave, hub, node } = world
  const auction = await openAuction(world)
  const bidCallOf = async (name: 'alice' | 'bob') => {
    const sealed = await sealTestBid(deployment, enclave, auction, people[name], PRICES[name])
    return depositAndBidCall(deployment, sealed, COLLATERAL, zeroAddress)
  }
  const bidOfAlice = await bidCallOf('alice')
  await timed('bid, alice, sr25519', () => people.alice.execute(bidOfAlice))
  const bidOfBob = await bidCallOf('bob')
  await timed('bid, bob, sr25519, through the web app’s provider', () => sendByWallet(world, 'bob', [bidOfBob]))
  const input = await sealTestBid(deployment, enclave, auction, people.carol, PRICES.carol)
  const call = depositAndBidCall(deployment, input, COLLATERAL, zeroAddress)
  await timed('bid, carol, Ethereum-signed', () => executeSigned(node, people.carol, call))
  const bids = await readBids(world, auction.id)
  assert.deepEqual(
    bids.map(({ bidder }) => bidder),
    [people.alice.address, people.bob.address, people.carol.address],
  )

  await assert.rejects(requestSettlement(enclave.url, auction.id), codeIs('CLOSE_NOT_FINAL'))
  await hub.travelTo(auction.params.closesAt + 12n)
  const late = depositAndBidCall(deployment, { ...input, slot: 0 }, COLLATERAL, zeroAddress)
  await assert.rejects(people.bob.send(late), (error) => isRevert(error, 'AuctionClosed'))

  const [settled] = await byKeeper(world, 'settle with the enclave, keeper', () =>
    auctionEvents(world, auction.id, 'AuctionSettled'),
  )
  const { settlement } = settled!
  assert.equal(settlement.clearingPrice, PRICES.bob)
  assert.equal(settlement.totalFilled, 1)
  await assert.rejects(people.alice.send(claimCall(deployment, auction.id, bids[0]!)))

  await claimAll(world, auction)
  await verify(world, auction.id, settlement.proofHash)
  await requireAuctionIndexed(world, auction.id)
}

async function openAuction({ people, deployment, connection, enclave, node }: HubWorld): Promise<TestAuction> {
  const { seller } = people
  const lotToken = await timed('issue the lot, an asset of the Hub', () =>
    issueAsset(node, 'seller', LOT_ASSET, LOT_SIZE),
  )
  await timed('approve the lot', () => seller.execute(approveTokenCall(deployment, lotToken, LOT_SIZE)))
  const { timestamp } = await connection.readBlock('latest')
  const params: AuctionParams = {
    rule: pricingRuleIndex('SECOND_PRICE'),
    ...{ lotKind: 2, lotToken, lotTokenId: 0n, lotSize: LOT_SIZE, supply: 1 },
    ...{ paymentToken: zeroAddress, tickSize: TICK, reserve: 10, sealedReserve: zeroHash },
    ...{ collateralPolicy: 0, collateral: COLLATERAL, maxBids: 0, bidsPerAddress: 1, allowListRoot: zeroHash },
    ...{ keyId: enclave.keyId, closesAt: timestamp + 3_600n, settleBy: timestamp + 86_400n, challengeWindow: 3_600 },
    ...{ noSettlement: 0, revealWindow: 0 },
  }
  const receipt = await timed('create the auction', () => seller.execute(createAuctionCall(deployment, params)))
  const { id, paramsHash } = eventIn(receipt, 'AuctionCreated')
  return { id, paramsHash, params, lot: 0n }
}

async function readBids({ connection, deployment }: HubWorld, id: Hex): Promise<Bid[]> {
  const { number: toBlock } = await connection.readBlock('finalized')
  const events = await readAuctionLogs(connection, deployment, { id, types: ['BidPlaced'] as const, toBlock })
  return events.map(placedBid)
}

/** After the challenge window: everybody's money and the lot, and a withdrawal down to the planck. */
async function claimAll(world: HubWorld, { id, params }: TestAuction): Promise<void> {
  const { people, deployment, connection, hub, node } = world
  const { seller, alice, bob, carol } = people
  const { timestamp } = await connection.readBlock('latest')
  await hub.travelTo(timestamp + BigInt(params.challengeWindow) + 12n)
  await byKeeper(world, 'claim all three bids, keeper', () => auctionEvents(world, id, 'BidClaimed', 3))
  await byKeeper(world, 'claim the lot, keeper', () => auctionEvents(world, id, 'LotClaimed'))
  await byKeeper(world, 'claim the proceeds, keeper', () => auctionEvents(world, id, 'ProceedsClaimed'))
  assert.equal(await balanceOf(connection, params.lotToken, carol.address), params.lotSize)

  const paid = BigInt(PRICES.bob) * TICK
  const before = await world.balanceOf(people.seller.address)
  const { fee } = await timed('withdraw the proceeds', () =>
    seller.execute(withdrawCall(deployment, zeroAddress, paid, seller.address)),
  )
  assert.equal(await world.balanceOf(seller.address), before + paid - world.toWei(fee))
  await timed('withdraw, a loser', () =>
    alice.execute(withdrawCall(deployment, zeroAddress, COLLATERAL, alice.address)),
  )
  await assert.rejects(bob.send(withdrawCall(deployment, zeroAddress, COLLATERAL + 10n ** 8n, bob.address)))
  await timed('withdraw the change, the winner, Ethereum-signed', () =>
    executeSigned(node, carol, withdrawCall(deployment, zeroAddress, COLLATERAL - paid, carol.address)),
  )
}

/** What any auditor runs: the command line's own verifier, over the Hub's endpoint. */
async function verify({ deployment, hub, enclave }: HubWorld, id: Hex, proofHash: Hex): Promise<void> {
  const { contracts, startBlock } = deployment
  const where = { id, contract: contracts.auctions, fromBlock: BigInt(startBlock), rpcUrl: hub.url }
  const say = (line: string) => void process.stderr.write(`  ${line}\n`)
  const verdict = await timed('verify', () =>
    verifyAuction({ ...where, bundle: `${enclave.url}/bundles/${proofHash}`, say }),
  )
  for (const { name, ok, detail } of verdict.checks) say(`${ok ? 'ok' : 'FAILS'} ${name}: ${detail}`)
  assert(verdict.ok)
  assert.equal(verdict.bids, 3)
  const bare = await verifyAuction({ ...where, say: () => undefined })
  assert(!bare.ok)
}

function codeIs(code: string) {
  return (error: unknown) => error instanceof SubrosaError && error.code === code
}
