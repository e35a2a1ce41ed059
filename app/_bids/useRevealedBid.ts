'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { hexToBytes, type Address } from 'viem'
import { getWalletClient } from 'wagmi/actions'
import { readSealingKey } from '../../lib/chain/sealingKeys'
import { KIND } from '../../lib/protocol/constants'
import { SubrosaError } from '../../lib/protocol/errors'
import { parseReceipt, type Receipt } from '../../lib/protocol/receipt'
import type { AuctionDetail } from '../api/v1/_schemas/auction'
import { useNetwork } from '../_data/network'
import { useChain } from '../_data/useChain'
import { explain, type Problem } from '../_transaction/problem'
import { useWalletSession } from '../_wallet/useWallet'
import { recoverInWorker } from '../_workers/askSealWorker'
import type { OwnBid } from './readOwnBids'
import { browserStorage, dropKept, isReceipt, isReceiptOf, isSameCommitment, readKept } from '../_sealing/receiptStore'
import { knownSecret, rememberSecret, signedSecret } from '../_sealing/secrets'

/** `price` in ticks: what the blob on the chain holds, opened in this browser; undefined while it is not open. */
export type RevealedBid = {
  price: number | undefined
  /** Kept in this browser, where the wallet alone could not open the bid. */
  receipt: Receipt | undefined
  pending: boolean
  problem: Problem | null
  /** Opens it with a signature of the wallet. */
  reveal: () => void
  /** Opens it with a receipt from a file. */
  load: (text: string) => void
  /** Removes what this browser keeps of this account's bids here. */
  forget: () => void
}

/** Opens one's own bid again, from a secret this browser has, from the wallet, or from a receipt. */
export function useRevealedBid(auction: AuctionDetail, account: Address, own: OwnBid): RevealedBid {
  const network = useNetwork()
  const chain = useChain()
  const session = useWalletSession()
  const queries = useQueryClient()
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const place = {
    room: 'auctions' as const,
    chainId: network.chainId,
    contract: network.contracts.auctions,
    account,
    id: auction.id,
  }

  const open = useCallback(
    async (secret: Uint8Array) => {
      const { params, id } = auction
      const key = await readSealingKey(chain, network, params.keyId)
      if (!key) throw new SubrosaError('KEY_REJECTED')
      const { bid, sealed } = own
      const chainId = BigInt(network.chainId)
      const contract = network.contracts.auctions
      const closesAt = BigInt(params.closesAt)
      const context = { keyId: params.keyId, chainId, contract, kind: KIND.auction, id, closesAt }
      const sealingKey = key.publicKey
      const { x, y } = bid
      const opened = await recoverInWorker({ secret, sealingKey, context, trader: account, x, y, sealed })
      return opened.ok ? opened.bid.price : undefined
    },
    [auction, own, chain, network, account],
  )

  const receiptQuery = useQuery({
    queryKey: ['receipt', place, own.bid.seq],
    queryFn: () => {
      const kept = readKept(place, browserStorage).find((record) => isSameCommitment(record, own.bid))
      return kept && isReceipt(kept) ? kept : null
    },
  })
  const receipt = receiptQuery.data ?? undefined
  const { data: price, refetch } = useQuery({
    queryKey: ['revealed-bid', place, own.bid.seq, receipt !== undefined],
    staleTime: Infinity,
    queryFn: async () => {
      const secret = knownSecret(place) ?? (receipt && hexToBytes(receipt.secret))
      return (secret && (await open(secret))) ?? null
    },
  })

  async function attempt(find: () => Promise<Uint8Array>) {
    if (pending) return
    setPending(true)
    setProblem(null)
    try {
      const secret = await find()
      if ((await open(secret)) === undefined) throw new SubrosaError('BID_NOT_RECOVERED')
      rememberSecret(place, secret)
      await refetch()
    } catch (error) {
      setProblem(explain(error))
    } finally {
      setPending(false)
    }
  }

  return {
    price: price ?? undefined,
    receipt,
    pending,
    problem,
    reveal: () =>
      void attempt(async () => {
        const { config } = await session.engine()
        const wallet = await getWalletClient(config, { account, chainId: network.chainId })
        const secret = await signedSecret(wallet, place)
        if (!secret) throw new SubrosaError('BID_NOT_RECOVERED')
        return secret
      }),
    load: (text) =>
      void attempt(() => {
        const loaded = parseReceipt(text)
        if (!isReceiptOf(loaded, place)) throw new SubrosaError('BID_NOT_RECOVERED')
        return Promise.resolve(hexToBytes(loaded.secret))
      }),
    forget: () => {
      dropKept(place, browserStorage)
      void queries.invalidateQueries()
    },
  }
}
