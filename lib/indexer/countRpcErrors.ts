import type { ChainConnection } from '../chain/connection'

/** The same connection; `onError` is called for each request that fails. */
export function countRpcErrors(connection: ChainConnection, onError: () => void): ChainConnection {
  const counted =
    <Args extends unknown[], Answer>(ask: (...args: Args) => Promise<Answer>) =>
    (...args: Args): Promise<Answer> =>
      ask(...args).catch((error: unknown) => {
        onError()
        throw error
      })
  return {
    readChainId: counted(() => connection.readChainId()),
    readBlock: counted((block) => connection.readBlock(block)),
    call: counted((call, block) => connection.call(call, block)),
    readLogs: counted((filter) => connection.readLogs(filter)),
    readReceiptLogs: counted((blockHash) => connection.readReceiptLogs(blockHash)),
    readCallData: counted((where) => connection.readCallData(where)),
  }
}
