import { zeroHash, type Address, type Hex } from 'viem'
import type { AuctionParams } from '../../protocol/auction/params'
import { PRICING_RULES, type PricingRule } from '../../protocol/constants'
import { createAuctionCall } from '../../chain/calls/createAuction'
import { openEvmConnection } from '../../chain/evm/connection'
import type { TransactionSender } from '../../chain/connection'
import { readEnclaveKeys } from '../enclaveApi'
import type { LocalNetwork } from '../register'
import type { Lot } from './lots'

/** What a seller decides. Times in seconds from now, by the chain's clock; amounts in base units. */
export type Terms = {
  rule: Extract<PricingRule, 'FIRST_PRICE' | 'SECOND_PRICE'>
  lot: Lot
  /** The zero address is the native coin. */
  paymentToken: Address
  tickSize: bigint
  /** Ticks; 0 for none. */
  reserve: number
  collateralPolicy: 'UNIFORM' | 'CHOSEN'
  /** What every bid locks (UNIFORM), or at least (CHOSEN). */
  collateral: bigint
  closesIn: number
  /** How long after the close a settlement is waited for. */
  settleWithin: number
  challengeWindow: number
}

/** All that a bidder needs to know to seal a bid. */
export type OpenAuction = { id: Hex; params: AuctionParams; paramsHash: Hex; sealingKey: Hex; gas: bigint }

/**
 * Opens an auction of a lot that the contract is already allowed to take.
 * @param pinned The key that bids are sealed to; the enclave's newest, where none is given.
 */
export async function openAuction(
  network: LocalNetwork,
  seller: TransactionSender,
  terms: Terms,
  pinned?: { keyId: Hex; publicKey: Hex },
): Promise<OpenAuction> {
  const { rpcUrl, enclaveUrl, deployment } = network
  const key = pinned ?? (await readEnclaveKeys(enclaveUrl)).epochs[0]
  if (!key) throw new Error('The enclave offers no sealing key.')
  const { timestamp } = await openEvmConnection(rpcUrl).readBlock('latest')
  const closesAt = timestamp + BigInt(terms.closesIn)
  const params: AuctionParams = {
    ...terms.lot,
    rule: PRICING_RULES.indexOf(terms.rule),
    supply: 1,
    paymentToken: terms.paymentToken,
    tickSize: terms.tickSize,
    reserve: terms.reserve,
    sealedReserve: zeroHash,
    collateralPolicy: terms.collateralPolicy === 'UNIFORM' ? 0 : 1,
    collateral: terms.collateral,
    maxBids: 0,
    bidsPerAddress: 1,
    allowListRoot: zeroHash,
    keyId: key.keyId,
    closesAt,
    settleBy: closesAt + BigInt(terms.settleWithin),
    challengeWindow: terms.challengeWindow,
    noSettlement: 0,
    revealWindow: 0,
  }
  const { events, gasUsed } = await seller.execute(createAuctionCall(deployment, params))
  const created = events.find((event) => event.type === 'AuctionCreated')
  if (!created) throw new Error('The transaction opened no auction.')
  const { id, paramsHash } = created
  return { id, params: created.params, paramsHash, sealingKey: key.publicKey, gas: gasUsed }
}
