import { numberToHex, type Address, type Hash, type WalletClient } from 'viem'
import { z } from 'zod'
import type { ContractCall } from '../../lib/chain/connection'
import { SubrosaError } from '../../lib/protocol/errors'
import type { Included } from './flow'

/** The wallet says that a batch of calls failed as a whole. */
export class BatchFailed extends SubrosaError {}

const capabilities = z.record(z.string(), z.object({ atomic: z.object({ status: z.string() }).optional() }))
const sent = z.union([z.string().min(1), z.object({ id: z.string().min(1) }).transform(({ id }) => id)])
const receipts = z.array(
  z.object({
    transactionHash: z.string().regex(/^0x[0-9a-fA-F]{64}$/),
    blockNumber: z.union([z.string().regex(/^0x[0-9a-fA-F]+$/), z.int()]),
    status: z.string().optional(),
  }),
)
const progress = z.object({ status: z.int(), receipts: receipts.optional() })

type Requester = Pick<WalletClient, 'request'>

async function ask(wallet: Requester, method: string, params: readonly unknown[]): Promise<unknown> {
  return wallet.request({ method, params } as unknown as Parameters<Requester['request']>[0])
}

/** Whether the wallet does several calls in one confirmation, all or none (EIP-5792, `atomic`). */
export async function canBatch(wallet: Requester, account: Address, chainId: number): Promise<boolean> {
  try {
    const answer = capabilities.parse(await ask(wallet, 'wallet_getCapabilities', [account, [numberToHex(chainId)]]))
    return ['supported', 'ready'].includes(answer[numberToHex(chainId)]?.atomic?.status ?? '')
  } catch {
    // Most wallets know nothing of it.
    return false
  }
}

/** @returns the wallet's own name for the batch, which is no transaction hash. @throws what the wallet answers. */
export async function sendBatch(
  wallet: Requester,
  { account, chainId, calls }: { account: Address; chainId: number; calls: readonly ContractCall[] },
): Promise<string> {
  const request = {
    version: '2.0.0',
    from: account,
    chainId: numberToHex(chainId),
    atomicRequired: true,
    calls: calls.map(({ to, data, value }) => ({ to, data, value: numberToHex(value) })),
  }
  return sent.parse(await ask(wallet, 'wallet_sendCalls', [request]))
}

/**
 * What became of a batch, by the wallet's word.
 * @returns null while it is under way, or where the wallet does not say.
 * @throws BatchFailed
 */
export async function batchStatus(wallet: Requester, id: string): Promise<Included | null> {
  const answer = progress.safeParse(await ask(wallet, 'wallet_getCallsStatus', [id]))
  if (!answer.success || answer.data.status < 200) return null
  const { status, receipts: list = [] } = answer.data
  if (status >= 300 || list.some((receipt) => receipt.status === '0x0')) throw new BatchFailed('TRANSACTION_REVERTED')
  const last = list.at(-1)
  return last ? { hash: last.transactionHash as Hash, block: BigInt(last.blockNumber) } : null
}
