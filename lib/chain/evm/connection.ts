import { createClient, http, numberToHex, type Client } from 'viem'
import { SubrosaError } from '../../protocol/errors'
import type { BlockId, ChainConnection } from '../connection'
import { CallRefused, ContractRevert, LogsRefused } from '../errors'
import { isUnknownMethod, mayAnswerLess, toChainError } from './rpcError'
import { rpcBlock, rpcBlockLogs, rpcBytes, rpcLogs, rpcQuantity, rpcTransaction } from './rpcSchemas'

/** Reads an EVM chain through one RPC endpoint. */
export function openEvmConnection(rpcUrl: string): ChainConnection {
  return evmConnection(createClient({ transport: http(rpcUrl, { retryCount: 1, timeout: 15_000 }) }))
}

/** Reads an EVM chain through a client that is there already, for instance wagmi's. */
export function evmConnection(client: Client): ChainConnection {
  return {
    async readChainId() {
      return answer(() => client.request({ method: 'eth_chainId' }).then((value) => rpcQuantity.parse(value)))
    },
    async readBlock(block) {
      const found = await answer(async () =>
        rpcBlock.parse(await client.request({ method: 'eth_getBlockByNumber', params: [rpcBlockId(block), false] })),
      )
      if (!found) throw new SubrosaError('RPC_UNAVAILABLE', { details: `the node has no block ${block}` })
      return found
    },
    async call({ to, data, from, value, method }, block = 'latest') {
      const request = { to, data, from, value: value ? numberToHex(value) : undefined }
      return answer(
        async () => rpcBytes.parse(await client.request({ method: 'eth_call', params: [request, rpcBlockId(block)] })),
        { to, method },
      ).catch((error: unknown) => {
        const isRefusal = error instanceof SubrosaError && !(error instanceof ContractRevert) && mayAnswerLess(error)
        throw isRefusal ? new CallRefused(error) : error
      })
    },
    async readLogs({ address, topics, fromBlock, toBlock, blockHash }) {
      const where = blockHash ? { blockHash } : { fromBlock: numberToHex(fromBlock), toBlock: numberToHex(toBlock) }
      const filter = { address, topics, ...where }
      const logs = await answer(async () =>
        rpcLogs.parse(await client.request({ method: 'eth_getLogs', params: [filter] })),
      ).catch((error: unknown) => {
        throw error instanceof SubrosaError && mayAnswerLess(error) ? new LogsRefused(error) : error
      })
      return logs.sort((a, b) => Number(a.blockNumber - b.blockNumber) || a.logIndex - b.logIndex)
    },
    async readReceiptLogs(blockHash) {
      const logs = await answer(async () =>
        // viem types the block as a number alone; the method takes a hash as well (EIP-1898).
        rpcBlockLogs.parse(
          await client.request({ method: 'eth_getBlockReceipts' as never, params: [blockHash] as never }),
        ),
      ).catch((error: unknown) => {
        if (error instanceof SubrosaError && isUnknownMethod(error)) return undefined
        throw error
      })
      if (logs === undefined) return null
      if (!logs) throw new SubrosaError('RPC_UNAVAILABLE', { details: `the node has no receipts of ${blockHash}` })
      return logs.sort((a, b) => a.logIndex - b.logIndex)
    },
    async readCallData({ transactionHash }) {
      const found = await answer(async () =>
        rpcTransaction.parse(await client.request({ method: 'eth_getTransactionByHash', params: [transactionHash] })),
      )
      return found?.input ?? null
    },
  }
}

function rpcBlockId(block: BlockId) {
  return typeof block === 'bigint' ? numberToHex(block) : block
}

async function answer<T>(ask: () => Promise<T>, call?: Parameters<typeof toChainError>[1]): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    throw toChainError(error, call)
  }
}
