'use client'

import { useQuery } from '@tanstack/react-query'
import { zeroAddress, type Address } from 'viem'
import { getWalletClient } from 'wagmi/actions'
import { useNetwork } from '../_data/network'
import { canBatch } from '../_transaction/batch'
import { useWalletSession } from '../_wallet/useWallet'
import { permitDomain } from './permit'

/**
 * How the contract comes to be allowed to take a token: with the bid in one confirmation (EIP-5792), by a signed permit
 * that travels with the bid (EIP-2612), or by an approval, a transaction of its own. Always for the exact amount.
 */
export type Funding = 'batch' | 'permit' | 'approve'

/** The best way that this wallet and this token have; undefined until both have answered. */
export function useFunding(token: Address, account: Address, replacing: boolean): Funding | undefined {
  const { chainId } = useNetwork()
  const session = useWalletSession()
  const { data } = useQuery({
    queryKey: ['funding', chainId, token, account, replacing],
    staleTime: Infinity,
    queryFn: async (): Promise<Funding> => {
      if (token === zeroAddress) return 'approve'
      const { config, client } = await session.engine()
      const wallet = await getWalletClient(config, { account }).catch(() => null)
      if (wallet && (await canBatch(wallet, account, chainId))) return 'batch'
      // The contract takes a permit with a first bid only.
      return !replacing && (await permitDomain(client, token, account)) ? 'permit' : 'approve'
    },
  })
  return data
}
