import { createHash } from 'node:crypto'
import { p256 } from '@noble/curves/nist.js'
import { bytesToHex, encodeFunctionData, hexToBytes, keccak256, zeroAddress, type Hex } from 'viem'
import { sign } from 'viem/accounts'
import { demoLotsAbi } from '../../../lib/abi/demoLots'
import type { Bid } from '../../../lib/chain/bid'
import { placedBid } from '../../../lib/chain/rebuildBids'
import { readAuction } from '../../../lib/chain/auctionState'
import { approveLotCall } from '../../../lib/chain/calls/approvals'
import { cancelBidCall, depositAndBidCall, replaceBidCall } from '../../../lib/chain/calls/bids'
import { createAuctionCall } from '../../../lib/chain/calls/createAuction'
import { registerKeyCall, type Registration } from '../../../lib/chain/calls/registerKey'
import { settleCall } from '../../../lib/chain/calls/settlement'
import { auctionDomain, registryEntryOf } from '../../../lib/chain/deployment'
import { loadDeployment } from '../../../lib/chain/loadDeployment'
import type { AuctionEventOf, AuctionEventType } from '../../../lib/chain/events'
import { openEvmConnection } from '../../../lib/chain/evm/connection'
import { openEvmSender } from '../../../lib/chain/evm/sender'
import type { ContractCall, Receipt } from '../../../lib/chain/connection'
import { localAccount, localPrivateKey } from '../../../lib/dev/accounts'
import { ensureDeployment } from '../../../lib/dev/deploy'
import { approvalDigest, encodeEvidence } from '../../../lib/protocol/attestation/evidence'
import { reportDataOf } from '../../../lib/protocol/attestation/reportData'
import { bidLeaf } from '../../../lib/protocol/auction/leaf'
import type { AuctionParams } from '../../../lib/protocol/auction/params'
import { hashSettlement } from '../../../lib/protocol/auction/settlement'
import { winnersHash } from '../../../lib/protocol/auction/winnersHash'
import { KIND, ZERO_HASH } from '../../../lib/protocol/constants'
import { sealBid } from '../../../lib/protocol/sealing/seal'
import type { LocalChain } from './localChain'

export const TICK = 1_000n
export const COLLATERAL = 1_000_000n
const ROOT = 1
const APP_ID: Hex = `0x${'a9'.repeat(20)}`
export const ENCLAVE = 2
export const SELLER = 3

/** A bid that was sent, with what only its bidder and the enclave know. */
export type SentBid = { bid: Bid; price: number; rho: Hex; receipt: Receipt }

export type House = Awaited<ReturnType<typeof openHouse>>

/** Deploys the contracts, admits an enclave, and does what sellers, bidders and the enclave do: all for real. */
export async function openHouse(chain: LocalChain) {
  const { file } = await ensureDeployment(chain.directory, chain.rpcUrl, localAccount(ROOT).address)
  const deployment = await loadDeployment(file)
  const connection = openEvmConnection(chain.rpcUrl)
  const domain = auctionDomain(deployment)
  const sealingKey = bytesToHex(p256.getPublicKey(createHash('sha256').update('sealing key').digest(), false))
  const senders = new Map<number, ReturnType<typeof openEvmSender>>()
  let salts = 0

  function execute(account: number, call: ContractCall): Promise<Receipt> {
    let sender = senders.get(account)
    if (!sender)
      senders.set(
        account,
        (sender = openEvmSender({ rpcUrl: chain.rpcUrl, deployment, account: localAccount(account) })),
      )
    return sender.execute(call)
  }

  const { timestamp: openedAt } = await connection.readBlock('latest')

  /** Registers the account as a signer of the house's one sealing key. */
  async function admitEnclave(account: number): Promise<void> {
    const claim: Omit<Registration, 'evidence'> = {
      signer: localAccount(account).address,
      operator: localAccount(0).address,
      appId: APP_ID,
      epoch: 1n,
      notBefore: openedAt - 10n,
      notAfter: openedAt + 10_000_000n,
      publicKey: sealingKey,
    }
    // Nobody here reads the quote.
    const quote = Uint8Array.of(1, 2, 3)
    const hash = approvalDigest(reportDataOf(registryEntryOf(deployment, claim)), APP_ID, quote)
    const approval = hexToBytes(await sign({ hash, privateKey: localPrivateKey(ROOT), to: 'hex' }))
    const evidence = encodeEvidence({ quote, approval })
    await execute(0, registerKeyCall(deployment, { ...claim, evidence }))
  }

  async function createAuction(
    options: { rule?: number; reserve?: number; secondsOpen?: number; overrides?: Partial<AuctionParams> } = {},
  ) {
    const lotToken = deployment.contracts.demoLots!
    const data = encodeFunctionData({
      abi: demoLotsAbi,
      functionName: 'mint',
      args: [localAccount(SELLER).address, 'A lot', ''],
    })
    const tokenId = await chain.client.readContract({
      address: lotToken,
      abi: demoLotsAbi,
      functionName: 'nextTokenId',
    })
    await execute(SELLER, { to: lotToken, data, value: 0n, method: 'mint' })
    await execute(SELLER, approveLotCall(deployment, lotToken, tokenId))
    const { timestamp } = await connection.readBlock('latest')
    const closesAt = timestamp + BigInt(options.secondsOpen ?? 1_000)
    const params: AuctionParams = {
      rule: options.rule ?? 0,
      lotKind: 0,
      lotToken,
      lotTokenId: tokenId,
      lotSize: 1n,
      supply: 1,
      paymentToken: zeroAddress,
      tickSize: TICK,
      reserve: options.reserve ?? 0,
      sealedReserve: ZERO_HASH,
      collateralPolicy: 0,
      collateral: COLLATERAL,
      maxBids: 0,
      bidsPerAddress: 1,
      allowListRoot: ZERO_HASH,
      keyId: keccak256(sealingKey),
      closesAt,
      settleBy: closesAt + 1_000n,
      challengeWindow: 100,
      noSettlement: 0,
      revealWindow: 0,
      ...options.overrides,
    }
    const receipt = await execute(SELLER, createAuctionCall(deployment, params))
    const { id, paramsHash } = eventOf(receipt, 'AuctionCreated')
    return { id, paramsHash, params, transactionHash: receipt.hash }
  }
  type Auction = Awaited<ReturnType<typeof createAuction>>

  /** Seals and sends a bid; `replaces` takes the place of a standing one. */
  async function placeBid(auction: Auction, account: number, price: number, replaces?: SentBid): Promise<SentBid> {
    const trader = localAccount(account).address
    const salt = createHash('sha256').update(`salt ${salts++}`).digest().subarray(0, 16)
    const context = {
      ...domain,
      kind: KIND.auction,
      id: auction.id,
      keyId: auction.params.keyId,
      closesAt: auction.params.closesAt,
    }
    const secret = createHash('sha256').update(`secret of ${account}`).digest()
    const { sealed, x, y, rho } = await sealBid({ sealingKey, context, trader, price, quantity: 1, secret, salt })
    const input = {
      id: auction.id,
      paramsHash: auction.paramsHash,
      slot: 0,
      collateral: COLLATERAL,
      x,
      y,
      sealedBid: sealed,
    }
    const call = replaces
      ? replaceBidCall(deployment, replaces.bid, input, 0n, zeroAddress)
      : depositAndBidCall(deployment, input, COLLATERAL, zeroAddress)
    const receipt = await execute(account, call)
    return { bid: placedBid(eventOf(receipt, 'BidPlaced')), price, rho, receipt }
  }

  /** Signs and sends the settlement that gives `winner` the lot at his own price (FIRST_PRICE). */
  async function settleFirstPrice(auction: Auction, winner: SentBid, proofHash = ZERO_HASH): Promise<Receipt> {
    const state = await readAuction(connection, deployment, auction.id)
    const settlement = {
      id: auction.id,
      paramsHash: auction.paramsHash,
      acc: state!.acc,
      count: state!.count,
      round: 1,
      reserve: auction.params.reserve,
      reserveInvalid: false,
      clearingPrice: winner.price,
      totalFilled: 1,
      winnersHash: winnersHash([{ leaf: bidLeaf(domain, { id: auction.id, ...winner.bid }), fill: 1 }]),
      proofHash,
    }
    const signature = await sign({
      hash: hashSettlement(domain, settlement),
      privateKey: localPrivateKey(ENCLAVE),
      to: 'hex',
    })
    const opening = { price: winner.price, quantity: 1, rho: winner.rho }
    const witness = { winners: [{ bid: winner.bid, fill: 1 }], runnersUp: [], openings: [opening] }
    return execute(0, settleCall(deployment, settlement, signature, witness))
  }

  await admitEnclave(ENCLAVE)
  return {
    deployment,
    deploymentFile: file,
    connection,
    domain,
    keyId: keccak256(sealingKey),
    execute,
    admitEnclave,
    createAuction,
    placeBid,
    settleFirstPrice,
    cancelBid: (auction: Auction, account: number, sent: SentBid) =>
      execute(account, cancelBidCall(deployment, auction.id, sent.bid)),
    /** Makes the next block one of this time. */
    moveTo: async (time: bigint) => {
      await chain.client.setNextBlockTimestamp({ timestamp: time })
      await chain.client.mine({ blocks: 1 })
    },
  }
}

function eventOf<Type extends AuctionEventType>(receipt: Receipt, type: Type): AuctionEventOf<Type> {
  const event = receipt.events.find((candidate) => candidate.type === type)
  if (!event) throw new Error(`no ${type} in the receipt`)
  return event as AuctionEventOf<Type>
}
