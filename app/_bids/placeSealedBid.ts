import type { Address, Hex, PublicClient, WalletClient } from 'viem'
import { bytesToHex } from 'viem/utils'
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
import { SubrosaError } from '../../lib/protocol/errors'
import type { Receipt } from '../../lib/protocol/receipt'
import { browserTools } from '../_attest/browserTools'
import { requireVerifiedKey } from '../_attest/checkSealingKey'
import { randomBytes } from '../_format/bytes'
import type { Flow, Included } from '../_transaction/flow'
import { recoverInWorker, sealInWorker } from '../_workers/askSealWorker'
import { checkTerms } from './checkTerms'
import { readOwnBids } from './readOwnBids'
import { browserStorage, isSameBid, keepBid, traceOf } from './receiptStore'
import { permitDomain, signPermit, type SignedPermit } from './permit'
import { obtainSecret } from './secrets'
import type { Funding } from './useFunding'

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
  deployment: Deployment
  wallet: () => Promise<WalletClient>
  flow: Flow
}

/**
 * Seals a bid, keeps its receipt, and only then sends it. PROTOCOL.md sections 4 and 5.
 * @throws SubrosaError, or what the wallet or chain threw; before the last step nothing has been locked.
 */
export async function placeSealedBid(plan: BidPlan, tools: Tools): Promise<void> {
  const { chain, deployment, wallet, flow } = tools
  const { id, params, account, price, collateral, deposit } = plan
  const { paramsHash, sealingKey } = await checkTerms(chain, deployment, id, params)
  await requireVerifiedKey(browserTools(chain, deployment), params.keyId)
  flow.asking('Two signatures, which cost nothing: they make the key that reads your own bid again.')
  const place = { chainId: deployment.chainId, contract: deployment.contracts.auctions, account, id }
  const { secret, reproducible } = await obtainSecret(await wallet(), place)

  flow.encrypting()
  const salt = randomBytes(16)
  const context = {
    keyId: params.keyId,
    chainId: BigInt(place.chainId),
    contract: place.contract,
    kind: KIND.auction,
    id,
    closesAt: params.closesAt,
  }
  const { sealed, x, y } = await sealInWorker({
    sealingKey,
    context,
    trader: account,
    price,
    quantity: 1,
    secret,
    salt,
  })
  const again = await recoverInWorker({ secret, sealingKey, context, trader: account, x, y, sealed })
  if (!again.ok || again.bid.price !== price) throw new SubrosaError('BID_NOT_RECOVERED')

  const receipt = receiptOf(plan, place, { secret, salt, sealed, x, y })
  // What the wallet can open again need not lie in the clear for whoever uses this browser next.
  const kept = keepBid(place, reproducible ? traceOf(receipt) : receipt, browserStorage)
  await flow.saved({ receipt, repeatable: reproducible, kept }, plan.fromBlock)

  const input = { id, paramsHash, slot: 0, collateral, x, y, sealedBid: sealed }
  const seen = async (): Promise<Included | null> => {
    const bids = await readOwnBids(chain, deployment, { id, account, fromBlock: plan.fromBlock })
    const found = bids.find(({ bid }) => isSameBid(bid, { x, y }))
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

/** Seconds for which a permit holds: time to look for the wallet's window, and little for anything else. */
const PERMIT_SECONDS = 3_600n

/** Null where the wallet cannot: then an approval asks the same. */
async function permitFor({ params, account, deposit }: BidPlan, tools: Tools): Promise<SignedPermit | null> {
  const { chain, client, deployment, wallet, flow } = tools
  const domain = await permitDomain(client, params.paymentToken, account)
  if (!domain) return null
  flow.asking('A permission, which costs nothing: the contract may take your collateral, and no more.')
  const { timestamp } = await chain.readBlock('latest')
  const spender = deployment.contracts.auctions
  const terms = { owner: account, spender, value: deposit, deadline: timestamp + PERMIT_SECONDS }
  return signPermit(client, await wallet(), domain, terms)
}

function bidCall(plan: BidPlan, deployment: Deployment, input: Parameters<typeof placeBidCall>[1]) {
  const { replaces, deposit, params } = plan
  if (replaces) return replaceBidCall(deployment, replaces, input, deposit, params.paymentToken)
  return deposit === 0n
    ? placeBidCall(deployment, input)
    : depositAndBidCall(deployment, input, deposit, params.paymentToken)
}

type SealedParts = { secret: Uint8Array; salt: Uint8Array; sealed: Hex; x: bigint; y: bigint }

function receiptOf(plan: BidPlan, place: { chainId: number; contract: Address }, parts: SealedParts): Receipt {
  return {
    version: 1,
    chainId: BigInt(place.chainId),
    contract: place.contract,
    id: plan.id,
    bidder: plan.account,
    price: plan.price,
    quantity: 1,
    collateral: plan.collateral,
    secret: bytesToHex(parts.secret),
    salt: bytesToHex(parts.salt),
    sealed: parts.sealed,
    x: parts.x,
    y: parts.y,
  }
}
