import type { Address, Hex, PublicClient, WalletClient } from 'viem'
import type { Bid } from '../../lib/chain/bid'
import { approveTokenCall } from '../../lib/chain/calls/approvals'
import {
  depositAndBidCall,
  depositAndBidWithPermitCall,
  placeBidCall,
  replaceBidCall,
} from '../../lib/chain/calls/bids'
import type { ChainConnection } from '../../lib/chain/connection'
import type { Deployment } from '../../lib/chain/deployment'
import type { AuctionParams } from '../../lib/protocol/auction/params'
import { KIND } from '../../lib/protocol/constants'
import type { Network } from '../_data/network'
import type { Flow, Included } from '../_transaction/flow'
import { checkTerms } from './checkTerms'
import { readOwnBids } from './readOwnBids'
import { isSameCommitment } from '../_sealing/receiptStore'
import { sealAndKeep } from '../_sealing/sealAndKeep'
import { askPermit } from '../_funding/askPermit'
import type { SignedPermit } from '../_funding/permit'
import type { Funding } from '../_funding/useFunding'

/** A bid as decided on the form. `price` in ticks; amounts in base units. */
export type BidPlan = {
  id: Hex
  fromBlock: bigint
  params: AuctionParams
  account: Address
  price: number
  collateral: bigint
  /** Taken from the wallet with the bid; the rest of the collateral is there already. */
  deposit: bigint
  /** How the contract is allowed to take the deposit; null where it may already. */
  funding: Funding | null
  replaces: Bid | null
}

type Tools = {
  chain: ChainConnection
  client: PublicClient
  network: Network
  wallet: () => Promise<WalletClient>
  flow: Flow
}

/**
 * Seals a bid, keeps its receipt, and only then sends it. PROTOCOL.md sections 4 and 5.
 * @throws SubrosaError, or what the wallet or chain threw; before the last step nothing has been locked.
 */
export async function placeSealedBid(plan: BidPlan, tools: Tools): Promise<void> {
  const { chain, network: deployment, flow } = tools
  const { id, params, account, price, collateral, deposit } = plan
  const { paramsHash, sealingKey } = await checkTerms(chain, deployment, id, params)
  const place = {
    room: 'auctions' as const,
    chainId: deployment.chainId,
    contract: deployment.contracts.auctions,
    account,
    id,
  }
  const { keyId, closesAt } = params
  const terms = { price, quantity: 1, flags: 0, minFill: 0, expiryBatch: 0 }
  const { sealed, x, y } = await sealAndKeep(
    { place, kind: KIND.auction, closesAt, keyId, sealingKey, terms, fromBlock: plan.fromBlock },
    (fields) => ({ ...fields, bidder: account, collateral }),
    tools,
  )

  const input = { id, paramsHash, slot: 0, collateral, x, y, sealedBid: sealed }
  const seen = async (): Promise<Included | null> => {
    const bids = await readOwnBids(chain, deployment, { id, account, fromBlock: plan.fromBlock })
    const found = bids.find(({ bid }) => isSameCommitment(bid, { x, y }))
    return found ? { hash: found.transactionHash, block: found.block } : null
  }
  const bid = bidCall(plan, deployment, input)
  const step = plan.replaces ? 'Replace your bid' : 'Place your bid'
  const approval = approveTokenCall(deployment, params.paymentToken, deposit)
  if (plan.funding === 'batch') {
    await flow.sendTogether([approval, bid], `${step}, with the permission for your collateral`, seen)
    return
  }
  const permit = plan.funding === 'permit' ? await permitFor(plan, tools) : null
  if (permit) {
    await flow.send(depositAndBidWithPermitCall(deployment, input, deposit, permit), step, seen)
    return
  }
  if (plan.funding) await flow.send(approval, 'Allow the contract to take your collateral')
  await flow.send(bid, step, seen)
}

/** Null where the wallet cannot: then an approval asks the same. */
function permitFor({ params, account, deposit }: BidPlan, tools: Tools): Promise<SignedPermit | null> {
  const spender = tools.network.contracts.auctions
  const step = 'A permission, which costs nothing: the contract may take your collateral, and no more.'
  return askPermit({ token: params.paymentToken, owner: account, spender, value: deposit }, step, tools)
}

function bidCall(plan: BidPlan, deployment: Deployment, input: Parameters<typeof placeBidCall>[1]) {
  const { replaces, deposit, params } = plan
  if (replaces) return replaceBidCall(deployment, replaces, input, deposit, params.paymentToken)
  return deposit === 0n
    ? placeBidCall(deployment, input)
    : depositAndBidCall(deployment, input, deposit, params.paymentToken)
}
