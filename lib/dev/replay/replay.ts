import { createTestClient, http, parseEther, zeroAddress } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { salePriceOf } from '../../protocol/auction/settlement'
import type { Bid } from '../../chain/bid'
import { ContractRevert } from '../../chain/errors'
import { openEvmConnection } from '../../chain/evm/connection'
import { openEvmSender } from '../../chain/evm/sender'
import { createBidder, type LocalBidder } from '../market/bidder'
import { mintSingleLot } from '../market/lots'
import { openAuction, type OpenAuction } from '../market/openAuction'
import type { LocalNetwork } from '../register'
import { expectedOutcome, type ReplayRule } from './expected'
import { meterKeeper, timeOf, waitForClaims, waitForSettlement } from './follow'
import { createGasMeter, type GasMeter } from './gas'
import { bidsToSend, type BidHistory } from './history'

/** Base units of the native coin in a cent: a thousand dollars are one coin. */
const TICK = parseEther('0.00001')
/** Enough for the highest price there is. */
const FUNDS = parseEther('100000')
/** Seconds: long enough that a refusal to claim before it ends would show, short enough to wait for. */
const CHALLENGE_WINDOW = 4
const SETTLE_WITHIN = 600
const CLAIM_TIMEOUT_MS = 120_000

export type ReplayReport = {
  auction: string
  item: string
  rule: ReplayRule
  /** Name in the history; null where nothing was sold. */
  winner: string | null
  /** Cents. */
  clearingPrice: number | null
  reserve: number
  /** Bids sent; `replaced` of them by the same bidder's next one. */
  bids: number
  replaced: number
  bidders: number
  gas: ReturnType<GasMeter['figures']>
  /** By the chain's clock. */
  secondsToSettlement: number
  agreesWithOutcome: boolean
  id: string
}

/** The bids arrived too late: this machine is slower than was allowed for. */
class ClosedTooEarly extends Error {}

/** A fresh account with money: so every bidder is a first-time bidder, and no two replays share one. */
async function fundedAccount(rpcUrl: string) {
  const account = privateKeyToAccount(generatePrivateKey())
  const client = createTestClient({ mode: 'anvil', transport: http(rpcUrl) })
  await client.setBalance({ address: account.address, value: FUNDS })
  return account
}

/** Sends the bids in order; a bidder's next one replaces his last. */
async function sendBids(
  { rpcUrl, deployment }: LocalNetwork,
  auction: OpenAuction,
  bids: BidHistory['bids'],
  meter: GasMeter,
): Promise<Map<string, LocalBidder>> {
  const bidders = new Map<string, LocalBidder>()
  const live = new Map<string, Bid>()
  const { collateral } = auction.params
  for (const [index, { bidder: name, price }] of bids.entries()) {
    const bidder = bidders.get(name) ?? createBidder(rpcUrl, deployment, await fundedAccount(rpcUrl))
    bidders.set(name, bidder)
    const old = live.get(name)
    const sent = old
      ? await bidder.replace(auction, old, price, collateral)
      : await bidder.place(auction, price, collateral)
    live.set(name, sent.bid)
    meter.add(old ? 'replace' : index === 0 ? 'firstBid' : 'bid', sent.gas)
  }
  return bidders
}

/** The least power of two that covers every bid, as a seller would announce it without knowing them. */
function uniformCollateral(bids: BidHistory['bids']): bigint {
  const highest = Math.max(...bids.map(({ price }) => price))
  return 2n ** BigInt(Math.ceil(Math.log2(highest))) * TICK
}

async function runOnce(
  network: LocalNetwork,
  history: BidHistory,
  rule: ReplayRule,
  closesIn: number,
): Promise<ReplayReport> {
  const { rpcUrl, deployment } = network
  const meter = createGasMeter()
  const seller = openEvmSender({ rpcUrl, deployment, account: await fundedAccount(rpcUrl) })
  const lot = await mintSingleLot(
    { rpcUrl, deployment, sender: seller },
    history.item,
    `eBay auction ${history.auction}`,
  )
  const sent = bidsToSend(history.bids)
  const { number: fromBlock } = await openEvmConnection(rpcUrl).readBlock('latest')
  const auction = await openAuction(network, seller, {
    ...{ rule, lot, paymentToken: zeroAddress, tickSize: TICK, reserve: history.reserve },
    ...{ collateralPolicy: 'UNIFORM', collateral: uniformCollateral(sent) },
    ...{ closesIn, settleWithin: SETTLE_WITHIN, challengeWindow: CHALLENGE_WINDOW },
  })
  meter.add('create', auction.gas)
  const bidders = await sendBids(network, auction, sent, meter).catch((error: unknown) => {
    throw error instanceof ContractRevert && error.errorName === 'AuctionClosed' ? new ClosedTooEarly() : error
  })

  const followed = { rpcUrl, deployment, id: auction.id, fromBlock }
  const settled = await waitForSettlement(followed, (closesIn + SETTLE_WITHIN) * 1_000)
  const settledAt = await timeOf(rpcUrl, settled.blockNumber)
  const clearingPrice = salePriceOf(settled.settlement)
  const sold = clearingPrice !== null
  const events = await waitForClaims(followed, { bids: bidders.size, sold }, CLAIM_TIMEOUT_MS)
  await meterKeeper(rpcUrl, events, meter)

  const won = events.find((event) => event.type === 'BidWon')
  const winner = [...bidders].find(([, { address }]) => address === won?.bidder)?.[0] ?? null
  const expected = expectedOutcome(rule, history.reserve, sent)
  return {
    ...{ auction: history.auction, item: history.item, rule, winner, clearingPrice },
    ...{ reserve: history.reserve, bids: sent.length, replaced: sent.length - bidders.size, bidders: bidders.size },
    gas: meter.figures(),
    secondsToSettlement: Number(settledAt - auction.params.closesAt),
    agreesWithOutcome: winner === expected.winner && clearingPrice === expected.clearingPrice,
    id: auction.id,
  }
}

/**
 * Runs a real bid history through a running stack: every bid sealed and sent in order, time compressed; the stack's
 * own enclave and keeper settle and claim.
 *
 * The time to the close is guessed from the number of bids; where that was too little, the history is run again in a
 * new auction with twice the time.
 */
export async function replay(network: LocalNetwork, history: BidHistory, rule: ReplayRule): Promise<ReplayReport> {
  const sent = bidsToSend(history.bids).length
  for (let closesIn = 6 + Math.ceil(sent * 0.25); ; closesIn *= 2) {
    try {
      return await runOnce(network, history, rule, closesIn)
    } catch (error) {
      if (!(error instanceof ClosedTooEarly)) throw error
    }
  }
}
