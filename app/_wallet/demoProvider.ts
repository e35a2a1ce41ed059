import {
  createWalletClient,
  http,
  type Chain,
  type EIP1193RequestFn,
  type HDAccount,
  type Hex,
  type RpcTransactionRequest,
  type TypedDataDefinition,
  numberToHex,
} from 'viem'

/**
 * An EIP-1193 provider over one in-page account: signs here, forwards everything else to the chain.
 * @param chain Where it lives; it refuses to switch.
 * @param account Read at each request, so that changing the account needs no new provider.
 */
export function demoProvider(chain: Chain, account: () => HDAccount): { request: EIP1193RequestFn } {
  const transport = http(chain.rpcUrls.default.http[0])
  const client = () => createWalletClient({ chain, account: account(), transport })

  async function request({ method, params }: { method: string; params?: unknown }): Promise<unknown> {
    const list = (params ?? []) as readonly unknown[]
    switch (method) {
      case 'eth_accounts':
      case 'eth_requestAccounts':
        return [account().address]
      case 'eth_chainId':
        return numberToHex(chain.id)
      case 'eth_signTypedData_v4':
        return client().signTypedData(JSON.parse(String(list[1])) as TypedDataDefinition)
      case 'personal_sign':
        return client().signMessage({ message: { raw: list[0] as Hex } })
      case 'eth_sendTransaction': {
        const tx = list[0] as RpcTransactionRequest
        return client().sendTransaction({
          to: tx.to,
          data: tx.data,
          value: tx.value === undefined ? undefined : BigInt(tx.value),
          gas: tx.gas === undefined ? undefined : BigInt(tx.gas),
        })
      }
      default:
        return transport({ chain }).request({ method, params })
    }
  }

  return { request: request as EIP1193RequestFn }
}
