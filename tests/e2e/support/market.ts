import { demoAccount } from '../../../app/_wallet/demoAccounts'
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

/**
 * Puts up a new piece by the seed's seller, who is none of the demo wallet's people: second price, in whole demo
 * dollars, a thousand of them locked by every bid, an hour to bid, a minute to challenge; where `terms` say no other.
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
    closesIn: 3_600,
    settleWithin: 3_600,
    challengeWindow: 60,
    ...terms,
  })
  return { auction, path: `/auctions/${auction.id}` }
}

/** A sealed bid of one of the demo wallet's people, as his browser would send it. @param price Dollars. */
export async function bidAs(house: E2eStack, position: number, { auction }: PutUp, price: number): Promise<void> {
  const { urls, deployment } = house.stack
  const bidder = createBidder(urls.rpc, deployment, demoAccount(position))
  await bidder.place(auction, price, auction.params.collateral)
}
