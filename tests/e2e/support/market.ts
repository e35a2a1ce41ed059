import type { LocalAccount } from 'viem'
import { readAuction } from '../../../lib/chain/auctionState'
import { openEvmConnection } from '../../../lib/chain/evm/connection'
import { openEvmSender } from '../../../lib/chain/evm/sender'
import { ACCOUNT, localAccount } from '../../../lib/dev/accounts'
import { createBidder } from '../../../lib/dev/market/bidder'
import { mintSingleLot } from '../../../lib/dev/market/lots'
import { openAuction, type OpenAuction, type Terms } from '../../../lib/dev/market/openAuction'
import type { E2eStack } from './e2eStack'

/** One dollar of the demonstration token, in base units. */
export const DOLLAR = 1_000_000n

/** A lot that a test put up, and its page's path. */
export type PutUp = { auction: OpenAuction; path: string }

const HOUR = 3_600

/**
 * Puts up a new piece by the seed's seller, who is none of the demo wallet's people: second price, in whole demo
 * dollars, a thousand of them locked by every bid, where `terms` say no other. Nobody else who moves the chain's time
 * comes to the end of the month that it is open for; an hour to challenge is long enough to see what a page says then.
 */
export async function putUp(house: E2eStack, title: string, terms: Partial<Terms> = {}): Promise<PutUp> {
  const { urls, deployment } = house.stack
  const seller = openEvmSender({ rpcUrl: urls.rpc, deployment, account: localAccount(ACCOUNT.seller) })
  const maker = { rpcUrl: urls.rpc, deployment, sender: seller }
  const lot = await mintSingleLot(maker, title, 'Made for a test.')
  const auction = await openAuction({ rpcUrl: urls.rpc, enclaveUrl: urls.enclave, deployment }, seller, {
    rule: 'SECOND_PRICE',
    lot,
    paymentToken: deployment.contracts.demoToken!,
    tickSize: DOLLAR,
    reserve: 50,
    collateralPolicy: 'UNIFORM',
    collateral: 1_000n * DOLLAR,
    closesIn: 30 * 24 * HOUR,
    settleWithin: 24 * HOUR,
    challengeWindow: HOUR,
    ...terms,
  })
  return { auction, path: `/auctions/${auction.id}` }
}

/** A sealed bid, as the account's browser would send it. @param price Dollars. */
export async function bidAs(house: E2eStack, account: LocalAccount, { auction }: PutUp, price: number): Promise<void> {
  const { urls, deployment } = house.stack
  await createBidder(urls.rpc, deployment, account).place(auction, price, auction.params.collateral)
}

/** Bids, replacements and withdrawals that the contract has of a lot, without waiting for an index. */
export async function leavesOf(house: E2eStack, { auction }: PutUp): Promise<number> {
  const { urls, deployment } = house.stack
  const state = await readAuction(openEvmConnection(urls.rpc), deployment, auction.id)
  if (!state) throw new Error(`The contract has no auction ${auction.id}.`)
  return state.count
}
