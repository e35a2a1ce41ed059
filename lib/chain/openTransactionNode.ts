import type { Hex } from 'viem'
import type { Deployment } from './deployment'
import { endpointKind } from './endpointKind'
import { openEvmTransactionNode } from './evm/transactionNode'
import type { TransactionNode } from './transactionNode'

export type TransactionNodeOptions = { url: string; deployment: Deployment; account: Hex }

/** An Ethereum key's transactions on the chain behind an endpoint, of whichever kind it is. */
export async function openTransactionNode({
  url,
  deployment,
  account,
}: TransactionNodeOptions): Promise<TransactionNode> {
  if (endpointKind(url) === 'evm') return openEvmTransactionNode({ rpcUrl: url, deployment, account })
  const [{ openHubNode }, { openHubTransactionNode }] = await Promise.all([
    import('./hub/api'),
    import('./hub/transactionNode'),
  ])
  return openHubTransactionNode({ node: openHubNode(url), deployment, account })
}
