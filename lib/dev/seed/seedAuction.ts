import { zeroAddress, type Address, type Hex } from 'viem'
import { openEvmSender } from '../../chain/evm/sender'
import type { Bid } from '../../chain/bid'
import { ACCOUNT, localAccount } from '../accounts'
import { createBidder, type LocalBidder } from '../market/bidder'
import { mintEditionLot, mintSingleLot, mintTokenLot, type Lot, type LotMaker } from '../market/lots'
import { openAuction, type OpenAuction, type Terms } from '../market/openAuction'
import type { LocalNetwork } from '../register'
import type { SeedAuction, SeedBid } from './catalogue'
import type { PinnedKey } from './lostEnclave'

/** How long a settlement is waited for: a day, so that a stack that was off overnight still settles what closed. */
const SETTLE_WITHIN = 24 * 60 * 60

export type SeedMarket = {
  network: LocalNetwork
  /** The ERC-20 that is auctioned, as opposed to the one that is paid with. */
  grain: Address
  /** Admits an enclave that is gone, for the auction that shows what happens then. */
  loseEnclave?: () => Promise<PinnedKey>
}

function makeLot(maker: LotMaker, grain: Address, { lot, title }: SeedAuction): Promise<Lot> {
  if (lot.kind === 'single') return mintSingleLot(maker, title, lot.description)
  if (lot.kind === 'edition') return mintEditionLot(maker, title, lot.copies)
  return mintTokenLot(maker, grain, lot.amount)
}

/** Opens one auction and sends its bids, one after the other. @returns the auction's id. */
export async function seedAuction({ network, grain, loseEnclave }: SeedMarket, plan: SeedAuction): Promise<Hex> {
  const { rpcUrl, deployment } = network
  const seller = openEvmSender({ rpcUrl, deployment, account: localAccount(ACCOUNT.seller) })
  const lot = await makeLot({ rpcUrl, deployment, sender: seller }, grain, plan)
  const { demoToken } = deployment.contracts
  if (plan.payment === 'dollar' && !demoToken) throw new Error('This deployment has no demonstration token.')
  const key = plan.enclaveIsGone ? await loseEnclave?.() : undefined
  const terms: Terms = {
    rule: plan.rule,
    lot,
    paymentToken: plan.payment === 'dollar' && demoToken ? demoToken : zeroAddress,
    tickSize: plan.tickSize,
    reserve: plan.reserve,
    collateralPolicy: plan.policy,
    collateral: plan.collateral,
    closesIn: plan.closesIn,
    settleWithin: SETTLE_WITHIN,
    challengeWindow: plan.challengeWindow,
  }
  const auction = await openAuction(network, seller, terms, key)
  const live = new Map<number, Bid>()
  for (const bid of plan.bids) {
    const bidder = createBidder(rpcUrl, deployment, localAccount(ACCOUNT.firstBidder + bid.bidder))
    const sent = await send(bidder, auction, live.get(bid.bidder), bid)
    if (sent) live.set(bid.bidder, sent)
    else live.delete(bid.bidder)
  }
  return auction.id
}

async function send(
  bidder: LocalBidder,
  auction: OpenAuction,
  old: Bid | undefined,
  bid: SeedBid,
): Promise<Bid | undefined> {
  if (bid.price === undefined) {
    if (old) await bidder.cancel(auction, old)
    return undefined
  }
  const collateral = bid.collateral ?? auction.params.collateral
  if (!old) return (await bidder.place(auction, bid.price, collateral)).bid
  const more = collateral > old.collateral ? collateral - old.collateral : 0n
  return (await bidder.replace(auction, old, bid.price, collateral, more)).bid
}
