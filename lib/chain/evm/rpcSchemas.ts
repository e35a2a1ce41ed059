import { getAddress, isAddress, type Address, type Hex } from 'viem'
import { z } from 'zod'

const hex = z.templateLiteral(['0x', z.string().regex(/^[0-9a-fA-F]*$/)])
const hash = z
  .string()
  .regex(/^0x[0-9a-fA-F]{64}$/)
  .transform((value) => value as Hex)
const quantity = hex.transform((value) => BigInt(value))
const address = z
  .string()
  .refine((value) => isAddress(value, { strict: false }))
  .transform((value): Address => getAddress(value))

/** `eth_getBlockByNumber`, as far as it is used. Null where the node has no such block. */
export const rpcBlock = z
  .object({ number: quantity, hash, parentHash: hash, timestamp: quantity, logsBloom: hex.optional() })
  .nullable()

const rpcLog = z
  .object({
    address,
    topics: z.array(hash),
    data: hex,
    blockNumber: quantity,
    blockHash: hash,
    transactionHash: hash,
    logIndex: quantity,
  })
  .transform((log) => ({ ...log, logIndex: Number(log.logIndex) }))

/** `eth_getLogs`. */
export const rpcLogs = z.array(rpcLog)

/** `eth_getBlockReceipts`, as far as it is used. Null where the node has no such block. */
export const rpcBlockLogs = z
  .array(z.object({ logs: rpcLogs }))
  .transform((receipts) => receipts.flatMap(({ logs }) => logs))
  .nullable()

/** `eth_getTransactionByHash`, as far as it is used. Null where the node does not have it. */
export const rpcTransaction = z.object({ input: hex }).nullable()

/** `eth_getTransactionReceipt`. Null while the transaction is in no block. */
export const rpcReceipt = z
  .object({
    status: z.enum(['0x0', '0x1']),
    blockNumber: quantity,
    blockHash: hash,
    gasUsed: quantity,
    effectiveGasPrice: quantity,
    logs: rpcLogs,
  })
  .nullable()

/** `eth_feeHistory`: a base fee more than blocks, the last being the next block's; each block's tips as asked for. */
export const rpcFeeHistory = z.object({
  baseFeePerGas: z.array(quantity),
  reward: z.array(z.array(quantity)).nullish(),
})

/** A bare quantity, such as `eth_chainId` answers. */
export const rpcQuantity = quantity

/** Bare bytes, such as `eth_call` answers. */
export const rpcBytes = hex
