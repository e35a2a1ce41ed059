'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { hexToBytes, type Address, type Hex } from 'viem'
import { getWalletClient } from 'wagmi/actions'
import type { ChainConnection } from '../../lib/chain/connection'
import type { Deployment } from '../../lib/chain/deployment'
import { readSealingKey } from '../../lib/chain/sealingKeys'
import { KIND } from '../../lib/protocol/constants'
import { SubrosaError } from '../../lib/protocol/errors'
import { useNetwork } from '../_data/network'
import { useChain } from '../_data/useChain'
import { browserStorage, isReceipt, isSameCommitment, readKept, type SealPlace } from '../_sealing/receiptStore'
import { knownSecret, rememberSecret, signedSecret } from '../_sealing/secrets'
import { explain, type Problem } from '../_transaction/problem'
import { useWalletSession } from '../_wallet/useWallet'
import { recoverAllInWorker } from '../_workers/askSealWorker'
import type { MarketView } from './marketView'
import type { OrderTerms } from '../../lib/protocol/book/judgeOrder'
import type { OwnOrder } from './ownOrders'

/** What one's own orders say, opened in this browser alone, by leaf; those that nothing here opens are not in it. */
export type OpenedOrders = {
  terms: ReadonlyMap<Hex, OrderTerms>
  pending: boolean
  problem: Problem | null
  /** Opens them with a signature of the wallet. */
  reveal: () => void
}

// In memory only, for as long as the page lives: an order that was opened once stays open.
const opened = new Map<Hex, OrderTerms>()

/** Opens one's own orders again, from the wallet's secret where this page has it, or from receipts that it keeps. */
export function useOpenedOrders(market: MarketView, account: Address, orders: readonly OwnOrder[]): OpenedOrders {
  const network = useNetwork()
  const chain = useChain()
  const session = useWalletSession()
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const place = {
    room: 'book' as const,
    chainId: network.chainId,
    contract: network.contracts.book,
    account,
    id: market.id,
  }
  const secret = knownSecret(place)

  const { data: terms = new Map<Hex, OrderTerms>(), refetch } = useQuery({
    queryKey: ['opened-orders', place, orders.map(({ leaf }) => leaf), secret !== undefined],
    placeholderData: (before) => before,
    staleTime: Infinity,
    queryFn: async () => {
      await openOrders(orders, place, secret, chain, network)
      return termsOf(orders)
    },
  })

  async function reveal() {
    if (pending) return
    setPending(true)
    setProblem(null)
    try {
      const { config } = await session.engine()
      const wallet = await getWalletClient(config, { account, chainId: network.chainId })
      const signed = await signedSecret(wallet, place)
      if (!signed) throw new SubrosaError('ORDER_NOT_RECOVERED')
      await openOrders(orders, place, signed, chain, network)
      if (termsOf(orders).size === 0) throw new SubrosaError('ORDER_NOT_RECOVERED')
      rememberSecret(place, signed)
      await refetch()
    } catch (error) {
      setProblem(explain(error))
    } finally {
      setPending(false)
    }
  }

  return { terms, pending, problem, reveal: () => void reveal() }
}

function termsOf(orders: readonly OwnOrder[]): Map<Hex, OrderTerms> {
  return new Map(
    orders.flatMap(({ leaf }) => {
      const terms = opened.get(leaf)
      return terms ? [[leaf, terms]] : []
    }),
  )
}

/** Opens what is not open yet: with the receipt that is kept of it, or with the wallet's secret. */
async function openOrders(
  orders: readonly OwnOrder[],
  place: SealPlace,
  secret: Uint8Array | undefined,
  chain: ChainConnection,
  deployment: Deployment,
): Promise<void> {
  const receipts = readKept(place, browserStorage).filter(isReceipt)
  const closed = orders.flatMap((order) => {
    if (opened.has(order.leaf)) return []
    const receipt = receipts.find((candidate) => isSameCommitment(candidate, order))
    const own = receipt ? hexToBytes(receipt.secret) : secret
    return own ? [{ order, secret: own }] : []
  })
  if (closed.length === 0) return
  const keyIds = [...new Set(closed.map(({ order }) => order.keyId))]
  const keys = new Map(
    await Promise.all(keyIds.map(async (keyId) => [keyId, await readSealingKey(chain, deployment, keyId)] as const)),
  )
  const { contract, account: trader, id } = place
  const asked = closed.flatMap(({ order, secret: own }) => {
    const sealingKey = keys.get(order.keyId)?.publicKey
    if (!sealingKey) return []
    const { keyId, x, y, sealed, leaf } = order
    const context = { keyId, chainId: BigInt(place.chainId), contract, kind: KIND.market, id, closesAt: 0n }
    return [{ leaf, input: { secret: own, sealingKey, context, trader, x, y, sealed } }]
  })
  const answers = await recoverAllInWorker(asked.map(({ input }) => input))
  asked.forEach(({ leaf }, index) => {
    const answer = answers[index]
    if (answer?.ok) opened.set(leaf, answer.bid)
  })
}
