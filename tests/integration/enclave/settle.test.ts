import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { concatHex, slice, zeroAddress, zeroHash, type Hex } from 'viem'
import { readAuction } from '../../../lib/chain/auctionState'
import { cancelBidCall, replaceBidCall } from '../../../lib/chain/calls/bids'
import { settleCall, voidAuctionCall } from '../../../lib/chain/calls/settlement'
import { isRevert } from '../../../lib/chain/errors'
import type { TransactionSender } from '../../../lib/chain/connection'
import type { Deployment } from '../../../lib/chain/deployment'
import { openEvmSender } from '../../../lib/chain/evm/sender'
import { ACCOUNT, localAccount } from '../../../lib/dev/accounts'
import { requestSettlement } from '../../../lib/keeper/enclaveClient'
import { NO_SALE_PRICE, pricingRuleIndex } from '../../../lib/protocol/constants'
import { startAnvil, type TestChain } from '../../fixtures/anvil'
import { bidIn, eventIn, openTestAuction, sealTestBid, sendTestBid, type TestAuction } from '../../fixtures/auctions'
import { deployContracts } from '../../fixtures/deploy'
import {
  createEnclaveFiles,
  otherApp,
  startTestEnclave,
  type TestEnclave,
  type TestEnclaveFiles,
} from '../../fixtures/enclave'
import { getJson } from '../../fixtures/getJson'

let chain: TestChain
let deployment: Deployment
let files: TestEnclaveFiles
let enclave: TestEnclave
let seller: TransactionSender
let bidders: TransactionSender[]

const sender = (index: number) => openEvmSender({ rpcUrl: chain.rpcUrl, deployment, account: localAccount(index) })

beforeAll(async () => {
  chain = await startAnvil()
  files = await createEnclaveFiles()
  deployment = await deployContracts(chain, files.root)
  enclave = await startTestEnclave(chain, deployment, files)
  seller = sender(ACCOUNT.seller)
  bidders = [20, 21, 22, 23, 24, 25, 26].map(sender)
})

afterAll(async () => {
  await enclave.close()
  await chain.stop()
  await files.remove()
})

const ask = (id: Hex) => getJson(`${enclave.url}/v1/settlements/${id}`)

async function bid(auction: TestAuction, bidder: number, price: number) {
  return sendTestBid(
    deployment,
    bidders[bidder]!,
    await sealTestBid(deployment, enclave, auction, bidders[bidder]!, price),
  )
}

/** Past the close, in a finalized block. */
const close = (auction: TestAuction) => chain.mineAt(auction.params.closesAt, 2)

async function settle(auction: TestAuction) {
  const { settlement, signature, witness } = await requestSettlement(enclave.url, auction.id)
  return sender(9).execute(settleCall(deployment, settlement, signature, witness))
}

/** The same blob with a byte of its proof of knowledge, or of its point, turned. */
function spoil(sealed: Hex, at: number): Hex {
  const byte = (parseInt(slice(sealed, at, at + 1), 16) ^ 1).toString(16).padStart(2, '0')
  return concatHex([slice(sealed, 0, at), `0x${byte}`, slice(sealed, at + 1)])
}

describe('an auction with every kind of bid', () => {
  async function filled(rule: 'FIRST_PRICE' | 'SECOND_PRICE') {
    const auction = await openTestAuction(chain, deployment, enclave, seller, { rule: pricingRuleIndex(rule) })
    const low = await bid(auction, 0, 40)
    const tied = await bid(auction, 1, 90)
    await bid(auction, 2, 90) // ties with the bid above, and came later
    const withdrawn = await bid(auction, 3, 500)
    await bidders[3]!.execute(cancelBidCall(deployment, auction.id, withdrawn))
    await bid(auction, 4, 5) // below the reserve
    const point = await sealTestBid(deployment, enclave, auction, bidders[5]!, 700)
    await sendTestBid(deployment, bidders[5]!, { ...point, sealedBid: spoil(point.sealedBid, 16 + 1) })
    const proof = await sealTestBid(deployment, enclave, auction, bidders[6]!, 800)
    await sendTestBid(deployment, bidders[6]!, { ...proof, sealedBid: spoil(proof.sealedBid, 16 + 65) })
    const raised = await sealTestBid(deployment, enclave, auction, bidders[0]!, 100)
    const replacement = await bidders[0]!.execute(replaceBidCall(deployment, low, raised, 0n, zeroAddress))
    return { auction, tied, winner: bidIn(replacement) }
  }

  it('settles at the winner’s price by FIRST_PRICE', async () => {
    const { auction, winner } = await filled('FIRST_PRICE')
    await close(auction)
    const receipt = await settle(auction)
    const { settlement } = eventIn(receipt, 'AuctionSettled')
    expect(settlement).toMatchObject({ clearingPrice: 100, totalFilled: 1, count: 10, round: 1 })
    // What the bundle shows is tested beside it: tests/integration/proof.
    expect(settlement.proofHash).not.toBe(zeroHash)
    expect(eventIn(receipt, 'BidWon')).toMatchObject({ seq: winner.seq, payment: 100n * auction.params.tickSize })
    expect(eventIn(receipt, 'BidOpened')).toMatchObject({ seq: winner.seq, price: 100 })
  })

  it('settles at the first of the tied by SECOND_PRICE, whatever spoiled bids offer', async () => {
    const { auction, winner, tied } = await filled('SECOND_PRICE')
    await close(auction)
    const receipt = await settle(auction)
    expect(eventIn(receipt, 'AuctionSettled').settlement).toMatchObject({ clearingPrice: 90, totalFilled: 1 })
    expect(eventIn(receipt, 'BidWon')).toMatchObject({ seq: winner.seq, bidder: bidders[0]!.address })
    expect(eventIn(receipt, 'BidOpened')).toMatchObject({ seq: tied.seq, price: 90 })
  })

  it('gives the same bytes each time it is asked', async () => {
    const auction = await openTestAuction(chain, deployment, enclave, seller)
    await bid(auction, 0, 50)
    await bid(auction, 1, 70)
    await close(auction)
    const [first, second] = [await ask(auction.id), await ask(auction.id)]
    expect(first.status).toBe(200)
    expect(second).toEqual(first)
  })
})

describe('one bid or none above the reserve', () => {
  it('sells a lone bid at the reserve by SECOND_PRICE, opening nothing', async () => {
    const auction = await openTestAuction(chain, deployment, enclave, seller)
    await bid(auction, 0, 300)
    await close(auction)
    const receipt = await settle(auction)
    expect(eventIn(receipt, 'AuctionSettled').settlement.clearingPrice).toBe(10)
    expect(receipt.events.some((event) => event.type === 'BidOpened')).toBe(false)
  })

  it('sells nothing where nobody reaches the reserve', async () => {
    const auction = await openTestAuction(chain, deployment, enclave, seller, { reserve: 500 })
    await bid(auction, 0, 300)
    await close(auction)
    const { settlement } = eventIn(await settle(auction), 'AuctionSettled')
    expect(settlement).toMatchObject({ clearingPrice: NO_SALE_PRICE, totalFilled: 0, winnersHash: zeroHash })
  })
})

describe('before the close is final', () => {
  it('refuses, with one answer for open, closed, and unknown auctions', async () => {
    const auction = await openTestAuction(chain, deployment, enclave, seller)
    await bid(auction, 0, 60)
    const whileOpen = await ask(auction.id)
    expect(whileOpen).toMatchObject({ status: 409, body: { error: { code: 'CLOSE_NOT_FINAL' } } })
    await chain.mineAt(auction.params.closesAt)
    expect(await ask(auction.id)).toEqual(whileOpen)
    await chain.mine(1)
    expect(await ask(auction.id)).toEqual(whileOpen)
    expect(await ask(`0x${'ab'.repeat(32)}`)).toEqual(whileOpen)
    await chain.mine(1)
    expect((await ask(auction.id)).status).toBe(200)
  })

  it('goes by the second of the close in the finalized block', async () => {
    const auction = await openTestAuction(chain, deployment, enclave, seller)
    await bid(auction, 0, 60)
    await chain.mineAt(auction.params.closesAt - 1n)
    await chain.mineAt(auction.params.closesAt)
    await chain.mine(1)
    // Finalized: the block of the last second in which bids were taken.
    expect((await ask(auction.id)).status).toBe(409)
    await chain.mine(1)
    expect((await ask(auction.id)).status).toBe(200)
  })
})

describe('when it must not settle', () => {
  it('refuses an auction that is settled, voided, or past its deadline', async () => {
    const settled = await openTestAuction(chain, deployment, enclave, seller)
    const empty = await openTestAuction(chain, deployment, enclave, seller)
    const late = await openTestAuction(chain, deployment, enclave, seller)
    await bid(settled, 0, 60)
    await bid(late, 1, 60)
    await close(late)
    await settle(settled)
    await seller.execute(voidAuctionCall(deployment, empty.id))
    await chain.mine(2)
    expect(await ask(settled.id)).toMatchObject({ status: 409, body: { error: { code: 'AUCTION_NOT_OPEN' } } })
    expect(await ask(empty.id)).toMatchObject({ status: 409, body: { error: { code: 'AUCTION_NOT_OPEN' } } })
    await chain.mineAt(late.params.settleBy, 2)
    expect(await ask(late.id)).toMatchObject({ status: 422, body: { error: { code: 'SETTLEMENT_TOO_LATE' } } })
  })

  it('refuses an auction that is pinned to another enclave’s key', async () => {
    // Admitted under the same root, with a seed of its own.
    const other = await startTestEnclave(chain, deployment, otherApp(files, 'other'))
    const auction = await openTestAuction(chain, deployment, other, seller)
    await sendTestBid(deployment, bidders[0]!, await sealTestBid(deployment, other, auction, bidders[0]!, 60))
    await close(auction)
    expect(await ask(auction.id)).toMatchObject({ status: 422, body: { error: { code: 'KEY_UNAVAILABLE' } } })
    expect((await getJson(`${other.url}/v1/settlements/${auction.id}`)).status).toBe(200)
    await other.close()
  })

  it('signs what a contract refuses when one character of it changes', async () => {
    const auction = await openTestAuction(chain, deployment, enclave, seller)
    await bid(auction, 0, 60)
    await close(auction)
    const { settlement, signature, witness } = await requestSettlement(enclave.url, auction.id)
    const tampered = settleCall(deployment, { ...settlement, proofHash: `0x${'01'.repeat(32)}` }, signature, witness)
    const failure = await sender(9)
      .execute(tampered)
      .catch((error: unknown) => error)
    expect(isRevert(failure, 'UnknownSigner')).toBe(true)
    expect((await readAuction(chain.connection, deployment, auction.id))?.status).toBe(1)
  })
})
