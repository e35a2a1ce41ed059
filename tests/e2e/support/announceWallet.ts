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
  /** Answers a sent transaction with a name of its own, as smart accounts do, in place of its hash. */
  hidesHash?: boolean
  /** Does several calls in one confirmation (EIP-5792). */
  batches?: boolean
  /** Says what became of such a batch; some wallets never do. */
  tellsBatches?: boolean
  /** Leaves requests of these methods open for ever, as a wallet whose window nobody looks at. */
  ignores?: string[]
  /** Refuses to leave its chain. */
  staysOnChain?: boolean
}

declare global {
  interface Window {
    walletManners: WalletManners
    /** What the page asked the wallet for, in order. */
    walletAsked?: string[]
    /** Has the wallet tell the page of something: `accountsChanged`, `chainChanged`. */
    walletSays: (event: string, value: unknown) => void
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
      // As wallets do, it remembers which pages it has let in; where nothing may be kept, it asks again.
      const MEMORY = 'test-wallet.permitted'
      const remembers = () => {
        try {
          return localStorage.getItem(MEMORY) !== null
        } catch {
          return false
        }
      }
      let permitted = remembers()
      const permit = () => {
        permitted = true
        try {
          localStorage.setItem(MEMORY, 'yes')
        } catch {
          // Then until the page closes.
        }
      }
      const ask = async (method: string, params: unknown): Promise<unknown> => {
        const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: params ?? [] })
        const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
        const answer = (await response.json()) as { result?: unknown; error?: { message: string } }
        if (answer.error) throw Object.assign(new Error(answer.error.message), answer.error)
        return answer.result
      }
      const request = async ({ method, params }: { method: string; params?: unknown[] }): Promise<unknown> => {
        const {
          account,
          declines,
          chainId,
          signsDifferently,
          hidesHash,
          batches,
          tellsBatches,
          ignores,
          staysOnChain,
        } = window.walletManners
        window.walletAsked = [...(window.walletAsked ?? []), method]
        if (ignores?.includes(method)) return new Promise(() => undefined)
        if (declines.includes(method)) throw Object.assign(new Error('User rejected the request.'), { code: 4001 })
        if (method === 'eth_requestAccounts' || method === 'wallet_requestPermissions') permit()
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
        if (method === 'wallet_switchEthereumChain') {
          if (staysOnChain) throw Object.assign(new Error('Unrecognized chain.'), { code: 4902 })
          const [{ chainId: wanted }] = params as [{ chainId: string }]
          window.walletManners.chainId = Number(wanted)
          for (const listener of listeners['chainChanged'] ?? []) listener(wanted)
          return null
        }
        if (method === 'wallet_addEthereumChain' && staysOnChain) {
          throw Object.assign(new Error('User rejected the request.'), { code: 4001 })
        }
        if (method === 'wallet_getCapabilities') {
          if (!batches) throw Object.assign(new Error('Unsupported method.'), { code: 4200 })
          return { '0x7a69': { atomic: { status: 'supported' } } }
        }
        if (method === 'wallet_sendCalls') {
          const [{ calls }] = params as [{ calls: { to: string; data: string; value: string }[] }]
          const hashes: string[] = []
          for (const call of calls) {
            const hash = (await ask('eth_sendTransaction', [{ from: account, ...call }])) as string
            hashes.push(hash)
            // One that is being mined is neither waiting nor counted: the node would give its nonce to the next as well.
            while (!(await ask('eth_getTransactionReceipt', [hash]))) await new Promise((go) => setTimeout(go, 100))
          }
          return { id: `batch ${hashes.join()}` }
        }
        if (method === 'wallet_getCallsStatus') {
          const hashes = String(params?.[0]).replace('batch ', '').split(',')
          const receipts = await Promise.all(hashes.map((hash) => ask('eth_getTransactionReceipt', [hash])))
          return tellsBatches && receipts.every(Boolean) ? { status: 200, receipts } : { status: 100 }
        }
        if (method === 'eth_sendTransaction' && hidesHash) {
          await ask(method, params)
          return 'request-7'
        }
        return ask(method, params)
      }
      const listeners: Record<string, ((value: unknown) => void)[]> = {}
      window.walletSays = (event, value) => (listeners[event] ?? []).forEach((listener) => listener(value))
      const provider = {
        request,
        on: (event: string, listener: (value: unknown) => void) => (listeners[event] ??= []).push(listener),
        removeListener: () => undefined,
      }
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
