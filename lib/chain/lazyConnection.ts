import type { ChainConnection } from './connection'

/**
 * A connection whose code is loaded at the first question, and again at the next one where that failed: pages that only
 * show what the server knew ask none.
 */
export function lazyConnection(load: () => Promise<ChainConnection>): ChainConnection {
  let opening: Promise<ChainConnection> | undefined
  const open = () =>
    (opening ??= load().catch((error: unknown) => {
      opening = undefined
      throw error
    }))
  return {
    readChainId: async () => (await open()).readChainId(),
    readBlock: async (block) => (await open()).readBlock(block),
    call: async (call, block) => (await open()).call(call, block),
    readLogs: async (filter) => (await open()).readLogs(filter),
    readReceiptLogs: async (blockHash) => (await open()).readReceiptLogs(blockHash),
    readCallData: async (where) => (await open()).readCallData(where),
  }
}
