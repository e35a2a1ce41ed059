import { injectExtension } from '@polkadot/extension-inject'
import type { InjectedAccount } from '@polkadot/extension-inject/types'
import { Keyring } from '@polkadot/keyring'
import { TypeRegistry } from '@polkadot/types'
import type { SignerPayloadJSON, SignerPayloadRaw } from '@polkadot/types/types'
import { u8aToHex, u8aWrapBytes } from '@polkadot/util'
import { decodeAddress } from '@polkadot/util-crypto'

/** How the wallet behaves; the test turns these while the page runs. */
export type PolkadotManners = {
  /** Test people by their names, `//Alice`, with the kind of their key. */
  accounts: { uri: string; kind: 'sr25519' | 'ed25519' | 'ecdsa'; name: string }[]
  /** What the person declines: `enable`, `signRaw`, `signPayload`. */
  declines: string[]
}

declare global {
  interface Window {
    polkadotManners: PolkadotManners
    /** What the page asked for, in order: method, and what was signed. */
    polkadotAsked: { method: string; data?: string }[]
  }
}

window.polkadotAsked = []

function ask(method: string, data?: string): void {
  window.polkadotAsked.push({ method, ...(data === undefined ? {} : { data }) })
  // Word for word what the extension says.
  if (window.polkadotManners.declines.includes(method)) throw new Error('Cancelled')
}

function pairOf(address: string) {
  const pairs = window.polkadotManners.accounts.map(({ uri, kind }) => new Keyring({ type: kind }).addFromUri(uri))
  // A page may write the account as the chain does, whatever form it was given it in.
  const pair = pairs.find((each) => u8aToHex(each.addressRaw) === u8aToHex(decodeAddress(address)))
  if (!pair) throw new Error(`no account ${address}`)
  return pair
}

// What the page of Polkadot.js does, its own injection included; only that nobody is asked.
injectExtension(
  () => {
    ask('enable')
    const list = (): InjectedAccount[] =>
      window.polkadotManners.accounts.map(({ uri, kind, name }) => ({
        ...{ address: new Keyring({ type: kind }).addFromUri(uri).address, genesisHash: null, name, type: kind },
      }))
    return Promise.resolve({
      accounts: {
        get: () => Promise.resolve(list()),
        subscribe(tell) {
          void tell(list())
          return () => undefined
        },
      },
      signer: {
        signRaw: ({ address, data, type }: SignerPayloadRaw) => {
          ask('signRaw', data)
          if (type !== 'bytes') throw new Error('only texts here')
          return Promise.resolve({ id: 1, signature: u8aToHex(pairOf(address).sign(u8aWrapBytes(data))) })
        },
        signPayload: (payload: SignerPayloadJSON) => {
          ask('signPayload', payload.method)
          const registry = new TypeRegistry()
          registry.setSignedExtensions(payload.signedExtensions)
          const extrinsic = registry.createType('ExtrinsicPayload', payload, { version: payload.version })
          return Promise.resolve({ id: 2, ...extrinsic.sign(pairOf(payload.address)) })
        },
      },
    })
  },
  { name: 'polkadot-js', version: '0.63.1' },
)
