import { randomBytes } from 'node:crypto'
import { keccak256, zeroAddress, type Address, type Hex, type LocalAccount } from 'viem'
import type { BookEventOf, BookEventType } from '../../chain/book/events'
import { readCurrentBatch, readKeyOfBatch, readMargin, type Margin } from '../../chain/book/reads'
import type { MarketParams } from '../../protocol/book/market'
import { approveMarginCall, depositMarginCall } from '../../chain/calls/book/margin'
import { cancelOrderCall, placeOrderCall } from '../../chain/calls/book/orders'
import type { ChainConnection, Receipt } from '../../chain/connection'
import { bookDomain, type Deployment } from '../../chain/deployment'
import { openConnection } from '../../chain/openConnection'
import { openEvmSender } from '../../chain/evm/sender'
import { readSealingKey } from '../../chain/sealingKeys'
import type { OrderTerms } from '../../protocol/book/judgeOrder'
import { orderLeaf } from '../../protocol/book/leaf'
import { orderSecretTypedData } from '../../protocol/book/orderSecret'
import { sealOrder } from '../../protocol/book/sealOrder'
import { secretFromSignature } from '../../protocol/sealing/secret'
import { mintTokens } from './lots'

/** A market as its traders need to know it. */
export type OpenMarket = { id: Hex; params: MarketParams; startsAt: bigint }

export type PlacedOrder = { leaf: Hex; batchId: bigint; seq: number }

/** Somebody with a local wallet who trades as the browser does: secret from the wallet, sealed, one transaction. */
export type LocalTrader = {
  address: Address
  /** Puts play money into the margin, in base units: tokens from the mint, native coin from the wallet. */
  fund: (market: OpenMarket, amount: Margin) => Promise<void>
  /** The margin as the last final batch left it. */
  margin: (market: OpenMarket) => Promise<Margin>
  place: (market: OpenMarket, terms: OrderTerms) => Promise<PlacedOrder>
  /** From the batch of that block on, the order does not trade. */
  cancel: (market: OpenMarket, leaf: Hex) => Promise<void>
}

export type TraderOptions = {
  rpcUrl: string
  deployment: Deployment
  account: LocalAccount
}

export function createTrader({ rpcUrl, deployment, account }: TraderOptions): LocalTrader {
  const connection = openConnection(rpcUrl)
  const sender = openEvmSender({ rpcUrl, deployment, account })
  const domain = bookDomain(deployment)
  const secrets = new Map<Hex, Promise<Uint8Array>>()

  /** One signature a market, however many orders. */
  function secretFor(id: Hex): Promise<Uint8Array> {
    const known = secrets.get(id)
    if (known) return known
    const secret = account.signTypedData(orderSecretTypedData({ ...domain, id })).then(secretFromSignature)
    secrets.set(id, secret)
    return secret
  }

  return {
    address: account.address,
    async fund({ id, params }, amount) {
      for (const [token, units] of [
        [params.base, amount.base],
        [params.quote, amount.quote],
      ] as const) {
        if (units === 0n) continue
        if (token !== zeroAddress) {
          await mintTokens(sender, token, units)
          await sender.execute(approveMarginCall(deployment, token, units))
        }
        await sender.execute(depositMarginCall(deployment, id, token, units))
      }
    },
    margin: ({ id }) => readMargin(connection, deployment, id, account.address),
    async place({ id, params }, terms) {
      const key = await keyOfBatch(connection, deployment, id)
      const input = {
        ...{ domain, marketId: id, sealingKey: key.publicKey, trader: account.address, terms, minLots: params.minLots },
        ...{ secret: await secretFor(id), salt: randomBytes(16) },
      }
      const { x, y, sealed } = await sealOrder(input)
      const receipt = await sender.execute(placeOrderCall(deployment, { id, keyId: key.keyId, x, y, sealed }))
      const { batchId, seq, trader } = bookEventIn(receipt, 'OrderPlaced')
      const placed = { id, batchId, seq, trader, keyId: key.keyId, x, y, sealedHash: keccak256(sealed) }
      return { leaf: orderLeaf(domain, placed), batchId, seq }
    },
    async cancel({ id }, leaf) {
      await sender.execute(cancelOrderCall(deployment, id, leaf))
    },
  }
}

/** The first event of a type in a receipt. @throws Error where there is none. */
export function bookEventIn<Type extends BookEventType>(receipt: Receipt, type: Type): BookEventOf<Type> {
  const found = receipt.events.find((event) => event.type === type)
  if (!found) throw new Error(`no ${type} in ${receipt.hash}`)
  return found as BookEventOf<Type>
}

/** The operator's key that serves the batch by the clock. Whoever has real money verifies its evidence first. */
async function keyOfBatch(
  connection: ChainConnection,
  deployment: Deployment,
  id: Hex,
): Promise<{ keyId: Hex; publicKey: Hex }> {
  const batchId = await readCurrentBatch(connection, deployment, id)
  const keyId = await readKeyOfBatch(connection, deployment, id, batchId)
  const entry = await readSealingKey(connection, deployment, keyId)
  if (!entry) throw new Error(`No key serves batch ${batchId} of market ${id}.`)
  return { keyId, publicKey: entry.publicKey }
}
