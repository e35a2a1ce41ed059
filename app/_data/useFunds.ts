'use client'

import { useQuery } from '@tanstack/react-query'
import { erc20Abi, zeroAddress, type Address, type PublicClient } from 'viem'
import { readBookBalance } from '../../lib/chain/book/reads'
import type { Room } from '../../lib/chain/deployment'
import { readVaultBalance } from '../../lib/chain/reads'
import { useNetwork } from './network'
import { useChain } from './useChain'
import { useClient } from './useClient'

/** Base units: in the account's wallet, in its vault balance, and what the contract may take from the wallet. */
export type Funds = { wallet: bigint; vault: bigint; allowance: bigint }

/**
 * What one account has of one token, read from the chain itself. Undefined without an account or before the answer.
 *
 * @param room Whose vault, and who may take from the wallet.
 */
export function useFunds(token: Address, account: Address | undefined, room: Room = 'auctions'): Funds | undefined {
  const network = useNetwork()
  const chain = useChain()
  const client = useClient()
  const { data } = useQuery({
    queryKey: ['funds', network.chainId, room, token, account],
    enabled: account !== undefined,
    refetchInterval: 4_000,
    queryFn: async (): Promise<Funds> => {
      if (!account) throw new Error('no account')
      const reader = await client()
      const readBalance = room === 'book' ? readBookBalance : readVaultBalance
      const [vault, outside] = await Promise.all([
        readBalance(chain, network, token, account),
        token === zeroAddress ? readCoin(reader, account) : readToken(reader, token, account, network.contracts[room]),
      ])
      return { vault, ...outside }
    },
  })
  return data
}

async function readCoin(client: PublicClient, account: Address) {
  return { wallet: await client.getBalance({ address: account }), allowance: 0n }
}

async function readToken(client: PublicClient, token: Address, account: Address, spender: Address) {
  const call = { address: token, abi: erc20Abi } as const
  const [wallet, allowance] = await Promise.all([
    client.readContract({ ...call, functionName: 'balanceOf', args: [account] }),
    client.readContract({ ...call, functionName: 'allowance', args: [account, spender] }),
  ])
  return { wallet, allowance }
}
