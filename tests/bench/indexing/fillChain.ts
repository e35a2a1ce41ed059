import { numberToHex, parseEther, zeroAddress, type Address, type Hex } from 'viem'
import { depositAndBidCall } from '../../../lib/chain/calls/bids'
import { TICK, type House } from '../../integration/indexer/auctionHouse'
import type { LocalChain } from '../../integration/indexer/localChain'

const GAS = numberToHex(300_000)
const FUNDS = numberToHex(parseEther('1'))
/** Bidders are nobody's accounts: anvil lets anyone send for them. */
const bidderOf = (number: number): Address => numberToHex(0xb1dde500000000n + BigInt(number), { size: 20 })

export type Filling = { auctions: number; bidsEach: number; bidsPerBlock: number }

/**
 * Opens auctions and sends them bids by the thousand, many a block. Every bid is the contract's own event, with a sealed
 * bid of the usual length; each locks one tick, and the blob is the same in all, since nobody opens them here.
 *
 * @returns The auctions' ids.
 */
export async function fillChain(chain: LocalChain, house: House, filling: Filling): Promise<Hex[]> {
  const { auctions, bidsEach, bidsPerBlock } = filling
  const pattern = await house.placeBid(await house.createAuction(), 4, 10)
  const placed = pattern.receipt.events.find((event) => event.type === 'BidPlaced')
  if (placed?.type !== 'BidPlaced') throw new Error('no bid to copy')
  const { x, y, sealed } = placed
  const overrides = { collateralPolicy: 1, collateral: TICK }
  const ids: Hex[] = []
  await chain.client.request({ method: 'anvil_autoImpersonateAccount' as never, params: [true] as never })
  for (let auction = 0; auction < auctions; ++auction) {
    const { id, paramsHash } = await house.createAuction({ secondsOpen: 1_000_000, overrides })
    ids.push(id)
    const input = { id, paramsHash, slot: 0, collateral: TICK, x, y, sealedBid: sealed }
    const { to, data } = depositAndBidCall(house.deployment, input, TICK, zeroAddress)
    await chain.client.setAutomine(false)
    for (let first = 0; first < bidsEach; first += bidsPerBlock) {
      const length = Math.min(bidsPerBlock, bidsEach - first)
      const bidders = Array.from({ length }, (_, index) => bidderOf(auction * bidsEach + first + index))
      const call = { to, data, nonce: '0x0', gas: GAS, value: numberToHex(TICK) }
      await sendAll(
        chain.rpcUrl,
        'anvil_setBalance',
        bidders.map((bidder) => [bidder, FUNDS]),
      )
      await sendAll(
        chain.rpcUrl,
        'eth_sendTransaction',
        bidders.map((from) => [{ from, ...call }]),
      )
      await chain.client.mine({ blocks: 1 })
    }
    await chain.client.setAutomine(true)
  }
  // Old enough to be final.
  await chain.client.mine({ blocks: 3 })
  return ids
}

/** One HTTP request for many calls, which the node may answer in any order. */
async function sendAll(rpcUrl: string, method: string, calls: unknown[][]): Promise<void> {
  const body = JSON.stringify(calls.map((params, id) => ({ jsonrpc: '2.0', id, method, params })))
  const response = await fetch(rpcUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  const answers = (await response.json()) as { error?: unknown }[]
  const failed = answers.find(({ error }) => error !== undefined)
  if (failed) throw new Error(`${method} was refused: ${JSON.stringify(failed.error)}`)
}
