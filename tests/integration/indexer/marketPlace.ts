import { secp256k1 } from '@noble/curves/secp256k1.js'
import {
  bytesToHex,
  createWalletClient,
  encodeFunctionData,
  getAddress,
  http,
  keccak256,
  type Address,
  type Hex,
} from 'viem'
import { sign } from 'viem/accounts'
import { foundry } from 'viem/chains'
import hiddenBook from '../../../lib/abi/bytecode/HiddenBook.json'
import { demoTokenAbi } from '../../../lib/abi/demoToken'
import { hiddenBookAbi } from '../../../lib/abi/hiddenBook'
import { readBatch } from '../../../lib/chain/book/batchState'
import type { BookEventOf, BookEventType } from '../../../lib/chain/book/events'
import { readRound } from '../../../lib/chain/book/reads'
import { carriedHash, type Carried } from '../../../lib/protocol/book/carried'
import type { BatchSettlement, Fill } from '../../../lib/protocol/book/settlement'
import { MAX_FILLS, type MarketParams } from '../../../lib/protocol/book/market'
import {
  finalizeBatchCall,
  settleBatchCall,
  strikeCall,
  voidLateBatchesCall,
} from '../../../lib/chain/calls/book/batches'
import { createMarketCall } from '../../../lib/chain/calls/book/createMarket'
import { approveMarginCall, depositMarginCall } from '../../../lib/chain/calls/book/margin'
import { cancelAllCall, cancelOrderCall, placeOrderCall } from '../../../lib/chain/calls/book/orders'
import type { ContractCall, Receipt } from '../../../lib/chain/connection'
import { bookDomain, type Deployment } from '../../../lib/chain/deployment'
import { openEvmSender } from '../../../lib/chain/evm/sender'
import { localAccount, localPrivateKey } from '../../../lib/dev/accounts'
import { byLeaf, fillsHash, hashBatchSettlement } from '../../../lib/protocol/book/settlement'
import { ZERO_HASH } from '../../../lib/protocol/constants'
import { orderLeaf } from '../../../lib/protocol/book/leaf'
import { freshBytes } from '../../fixtures/freshBytes'
import { ENCLAVE, type House } from './auctionHouse'
import type { LocalChain } from './localChain'

export const CREATOR = 3
export const CHALLENGER = 9

export type MarketPlace = Awaited<ReturnType<typeof openMarketPlace>>
export type Market = { id: Hex; params: MarketParams; startsAt: bigint }
export type SentOrder = { leaf: Hex; batchId: bigint; seq: number; trader: Address; receipt: Receipt }
/** A settlement as it was sent. */
export type Settled = { settlement: BatchSettlement; fills: Fill[] }
/** What an order gets, as a test names it. */
export type Share = { order: SentOrder; sell: boolean; lots: number }

/**
 * An order book beside a house's auctions, under the same registry, whose settlements one account may strike; and what
 * creators, traders, the enclave and that account do, for real. Orders have the form of sealed ones; nobody opens them.
 */
export async function openMarketPlace(chain: LocalChain, house: House) {
  const deployment = await deployBook(chain, house.deployment)
  const { demoBase: base, demoToken: quote } = deployment.contracts
  if (!base || !quote) throw new Error('this deployment has no demonstration tokens')
  const domain = bookDomain(deployment)
  const { connection } = house
  const senders = new Map<number, ReturnType<typeof openEvmSender>>()

  function execute(account: number, call: ContractCall): Promise<Receipt> {
    const known = senders.get(account)
    const sender = known ?? openEvmSender({ rpcUrl: chain.rpcUrl, deployment, account: localAccount(account) })
    if (!known) senders.set(account, sender)
    return sender.execute(call)
  }

  async function createMarket(overrides: Partial<MarketParams> = {}): Promise<Market> {
    const params: MarketParams = {
      ...{ base, quote, tickSize: 10n, lotSize: 1_000n, batchLength: 1_000, feeBps: 30, bandBps: 1_000 },
      ...{ batchSettleBy: 5_000, challengeWindow: 100, minLots: 1, maxOrderAge: 1_000 },
      operator: localAccount(0).address,
      ...overrides,
    } as MarketParams
    const { id, startsAt } = eventOf(await execute(CREATOR, createMarketCall(deployment, params)), 'MarketCreated')
    return { id, params, startsAt }
  }

  /** Mints a token and puts it into the market. */
  async function fund(market: Market, account: number, token: Address, amount: bigint): Promise<Receipt> {
    const args = [localAccount(account).address, amount] as const
    const data = encodeFunctionData({ abi: demoTokenAbi, functionName: 'mint', args })
    await execute(account, { to: token, data, value: 0n, method: 'mint' })
    await execute(account, approveMarginCall(deployment, token, amount))
    return execute(account, depositMarginCall(deployment, market.id, token, amount))
  }

  async function place(market: Market, account: number): Promise<SentOrder> {
    const point = secp256k1.Point.BASE.multiply(BigInt(bytesToHex(freshBytes(31)))).toAffine()
    const blob = freshBytes(257)
    blob[16] = 4
    const order = { id: market.id, keyId: house.keyId, ...point, sealed: bytesToHex(blob) }
    const receipt = await execute(account, placeOrderCall(deployment, order))
    const { batchId, seq, trader } = eventOf(receipt, 'OrderPlaced')
    const leaf = orderLeaf(domain, { ...order, batchId, seq, trader, sealedHash: keccak256(order.sealed) })
    return { leaf, batchId, seq, trader, receipt }
  }

  /** Signs and sends what a batch gave; `price` in ticks, `carried` what became of its orders. @returns What making it final takes. */
  async function settle(
    market: Market,
    batchId: bigint,
    price: number,
    shares: Share[],
    signer = ENCLAVE,
    carried: readonly Carried[] = [],
  ): Promise<Settled> {
    const { acc, count } = await readBatch(connection, deployment, market.id, batchId)
    const fills = shares.map(({ order: { leaf, trader }, sell, lots }) => ({ leaf, trader, sell, lots })).sort(byLeaf)
    const settlement: BatchSettlement = {
      ...{ marketId: market.id, batchId, acc, count, price, fillsHash: fillsHash(fills) },
      ...{ round: await readRound(connection, deployment, market.id), proofHash: ZERO_HASH },
      carriedHash: carriedHash(carried),
    }
    const hash = hashBatchSettlement(domain, settlement)
    const signature = await sign({ hash, privateKey: localPrivateKey(signer), to: 'hex' })
    await execute(0, settleBatchCall(deployment, settlement, signature, fills))
    return { settlement, fills }
  }

  return {
    ...{ deployment, connection, domain, execute, createMarket, fund, place, settle, moveTo: house.moveTo },
    tokens: { base, quote },
    cancel: (market: Market, account: number, { leaf }: SentOrder) =>
      execute(account, cancelOrderCall(deployment, market.id, leaf)),
    finalize: ({ settlement, fills }: Settled) => execute(0, finalizeBatchCall(deployment, settlement, fills)),
    cancelAll: (market: Market, account: number) => execute(account, cancelAllCall(deployment, market.id)),
    voidLate: (market: Market) => execute(0, voidLateBatchesCall(deployment, market.id, 100n)),
    async strike({ id }: Market, batchId: bigint) {
      const { settlementHash } = await readBatch(connection, deployment, id, batchId)
      return execute(CHALLENGER, strikeCall(deployment, id, batchId, settlementHash))
    },
    /** Makes the next block the first one after the batch. */
    moveToEndOf: (market: Market, batchId: bigint) =>
      house.moveTo(market.startsAt + batchId * BigInt(market.params.batchLength)),
  }
}

async function deployBook(chain: LocalChain, deployment: Deployment): Promise<Deployment> {
  const wallet = createWalletClient({ account: localAccount(0), chain: foundry, transport: http(chain.rpcUrl) })
  const args = [deployment.contracts.registry, localAccount(CHALLENGER).address, MAX_FILLS, 1, 1] as const
  const bytecode = hiddenBook.bytecode as Hex
  const hash = await wallet.deployContract({ abi: hiddenBookAbi, bytecode, args })
  const { contractAddress } = await chain.client.waitForTransactionReceipt({ hash })
  if (!contractAddress) throw new Error('the deployment made no contract')
  return { ...deployment, contracts: { ...deployment.contracts, book: getAddress(contractAddress) } }
}

/** The first event of a type in a receipt. */
export function eventOf<Type extends BookEventType>(receipt: Receipt, type: Type): BookEventOf<Type> {
  const event = receipt.events.find((candidate) => candidate.type === type)
  if (!event) throw new Error(`no ${type} in the receipt`)
  return event as BookEventOf<Type>
}
