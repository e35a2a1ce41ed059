'use client'

import { useMemo } from 'react'
import type { PublicClient } from 'viem'
import type { ChainConnection } from '../../lib/chain/connection'
import { lazyConnection } from '../../lib/chain/lazyConnection'
import { useClient } from './useClient'

/** Reads the chain itself, past the index: for money, for time, and for what is one's own. */
export function useChain(): ChainConnection {
  const client = useClient()
  return useMemo(() => lazyConnection(() => openOver(client)), [client])
}

async function openOver(client: () => Promise<PublicClient>): Promise<ChainConnection> {
  const [{ evmConnection }, opened] = await Promise.all([import('../../lib/chain/evm/connection'), client()])
  return evmConnection(opened)
}
