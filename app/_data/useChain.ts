'use client'

import { useMemo } from 'react'
import type { PublicClient } from 'viem'
import type { ChainConnection } from '../../lib/chain/connection'
import { useClient } from './useClient'

/** Reads the chain itself, past the index: for money, for time, and for what is one's own. */
export function useChain(): ChainConnection {
  const client = useClient()
  return useMemo(() => lazyConnection(client), [client])
}

/** A connection whose code is loaded at the first question: pages that only show what the server knew ask none. */
function lazyConnection(client: () => Promise<PublicClient>): ChainConnection {
  let opening: Promise<ChainConnection> | undefined
  const open = () =>
    (opening ??= Promise.all([import('../../lib/chain/evm/connection'), client()])
      .then(([{ evmConnection }, opened]) => evmConnection(opened))
      .catch((error: unknown) => {
        opening = undefined
        throw error
      }))
  return {
    readChainId: async () => (await open()).readChainId(),
    readBlock: async (block) => (await open()).readBlock(block),
    call: async (call, block) => (await open()).call(call, block),
    readLogs: async (filter) => (await open()).readLogs(filter),
    readReceiptLogs: async (blockHash) => (await open()).readReceiptLogs(blockHash),
  }
}
