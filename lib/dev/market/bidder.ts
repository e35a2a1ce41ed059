import { randomBytes } from 'node:crypto'
import { maxUint256, zeroAddress, type Address, type Hex, type LocalAccount } from 'viem'
import { KIND } from '../../protocol/constants'
import { sealBid } from '../../protocol/sealing/seal'
import { bidSecretTypedData, secretFromSignature } from '../../protocol/sealing/secret'
import type { Bid, BidInput } from '../../chain/bid'
import { approveTokenCall } from '../../chain/calls/approvals'
import { cancelBidCall, depositAndBidCall, replaceBidCall } from '../../chain/calls/bids'
import type { Receipt } from '../../chain/connection'
import { auctionDomain, type Deployment } from '../../chain/deployment'
import { openEvmSender } from '../../chain/evm/sender'
import { placedBid } from '../../chain/rebuildBids'
import { mintTokens, readAllowance } from './lots'
import type { OpenAuction } from './openAuction'

/** A bid that is on the chain, and what sending it cost. */
export type SentBid = { bid: Bid; gas: bigint }

/** Somebody with a local wallet who bids as the browser does: secret from the wallet, sealed, one transaction. */
export type LocalBidder = {
  address: Address
  /** `price` in ticks, `collateral` in base units; the money comes from the wallet. */
  place: (auction: OpenAuction, price: number, collateral: bigint) => Promise<SentBid>
  /** `deposit`: base units to add from the wallet, where the new collateral is more than the old. */
  replace: (auction: OpenAuction, old: Bid, price: number, collateral: bigint, deposit?: bigint) => Promise<SentBid>
  cancel: (auction: OpenAuction, old: Bid) => Promise<void>
}

export function createBidder(rpcUrl: string, deployment: Deployment, account: LocalAccount): LocalBidder {
  const sender = openEvmSender({ rpcUrl, deployment, account })
  const domain = auctionDomain(deployment)
  const secrets = new Map<Hex, Promise<Uint8Array>>()

  /** One signature an auction, however many bids. */
  function secretFor(id: Hex): Promise<Uint8Array> {
    const known = secrets.get(id)
    if (known) return known
    const secret = account.signTypedData(bidSecretTypedData({ ...domain, id })).then(secretFromSignature)
    secrets.set(id, secret)
    return secret
  }

  async function seal(
    { id, params, paramsHash, sealingKey }: OpenAuction,
    price: number,
    collateral: bigint,
  ): Promise<BidInput> {
    const { x, y, sealed } = await sealBid({
      sealingKey,
      context: { keyId: params.keyId, ...domain, kind: KIND.auction, id, closesAt: params.closesAt },
      trader: account.address,
      price,
      quantity: 1,
      secret: await secretFor(id),
      salt: randomBytes(16),
    })
    return { id, paramsHash, slot: 0, collateral, x, y, sealedBid: sealed }
  }

  function sentBid({ id }: OpenAuction, { events, gasUsed }: Receipt): SentBid {
    const placed = events.find((event) => event.type === 'BidPlaced' && event.id === id)
    if (placed?.type !== 'BidPlaced') throw new Error('The transaction placed no bid.')
    return { bid: placedBid(placed), gas: gasUsed }
  }

  /** Play money comes from nowhere; the approval is asked for once. */
  async function provide(token: Address, amount: bigint): Promise<void> {
    if (token === zeroAddress || amount === 0n) return
    await mintTokens(sender, token, amount)
    if ((await readAllowance(rpcUrl, deployment, token, account.address)) >= amount) return
    await sender.execute(approveTokenCall(deployment, token, maxUint256))
  }

  return {
    address: account.address,
    async place(auction, price, collateral) {
      const { paymentToken } = auction.params
      await provide(paymentToken, collateral)
      const input = await seal(auction, price, collateral)
      const receipt = await sender.execute(depositAndBidCall(deployment, input, collateral, paymentToken))
      return sentBid(auction, receipt)
    },
    async replace(auction, old, price, collateral, deposit = 0n) {
      const { paymentToken } = auction.params
      await provide(paymentToken, deposit)
      const input = await seal(auction, price, collateral)
      const receipt = await sender.execute(replaceBidCall(deployment, old, input, deposit, paymentToken))
      return sentBid(auction, receipt)
    },
    async cancel({ id }, old) {
      await sender.execute(cancelBidCall(deployment, id, old))
    },
  }
}
