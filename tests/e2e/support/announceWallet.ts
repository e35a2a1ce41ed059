import type { Page } from 'playwright-core'
import type { Address } from 'viem'

/** How the wallet behaves; the test turns these while the page runs. */
export type WalletManners = {
  account: Address
  /** Methods the person declines. */
  declines: string[]
  /** What the wallet says its chain is, if not the node's. */
  chainId?: number
  /** Answers each request to sign with another signature, as some hardware wallets do. */
  signsDifferently?: boolean
}

declare global {
  interface Window {
    walletManners: WalletManners
  }
}

/**
 * Announces a browser wallet by EIP-6963. Its accounts are the local node's own, which signs and sends for real.
 * Call before the page loads.
 */
export async function announceWallet(page: Page, rpcUrl: string, manners: WalletManners): Promise<void> {
  await page.addInitScript(
    ({ url, initial }) => {
      window.walletManners = initial
      let signatures = 0
      let permitted = false
      const ask = async (method: string, params: unknown): Promise<unknown> => {
        const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: params ?? [] })
        const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
        const answer = (await response.json()) as { result?: unknown; error?: { message: string } }
        if (answer.error) throw Object.assign(new Error(answer.error.message), answer.error)
        return answer.result
      }
      const request = async ({ method, params }: { method: string; params?: unknown[] }): Promise<unknown> => {
        const { account, declines, chainId, signsDifferently } = window.walletManners
        if (declines.includes(method)) throw Object.assign(new Error('User rejected the request.'), { code: 4001 })
        if (method === 'eth_requestAccounts' || method === 'wallet_requestPermissions') permitted = true
        if (method === 'wallet_requestPermissions') return [{ parentCapability: 'eth_accounts' }]
        if (method === 'eth_accounts' || method === 'eth_requestAccounts') return permitted ? [account] : []
        if (method === 'eth_chainId' && chainId !== undefined) return `0x${chainId.toString(16)}`
        if (method === 'eth_signTypedData_v4' && signsDifferently) {
          const [signer, text] = params as [string, string]
          const typed = JSON.parse(text) as { domain: { name: string } }
          // A signature over something else: right in form, different each time, and not of this message.
          typed.domain.name = `other ${++signatures}`
          return ask(method, [signer, typed])
        }
        return ask(method, params)
      }
      const provider = { request, on: () => undefined, removeListener: () => undefined }
      const info = {
        uuid: '7d6f1e0a-5c55-4a39-9c1e-1f1f6f0a0b0c',
        name: 'Test wallet',
        icon: 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"/>',
        rdns: 'test.wallet',
      }
      const announce = () =>
        window.dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail: Object.freeze({ info, provider }) }))
      window.addEventListener('eip6963:requestProvider', announce)
      announce()
    },
    { url: rpcUrl, initial: manners },
  )
}
