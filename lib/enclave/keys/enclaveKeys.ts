import { bytesToHex, type Address, type Hex } from 'viem'
import { privateKeyToAddress, sign } from 'viem/accounts'
import { keyIdOf } from '../../protocol/sealing/context'
import { deriveKeyPair } from '../../protocol/sealing/deriveKeyPair'
import { importPrivateKey, type NativePrivateKey } from '../p256'
import type { KeyProvider } from './provider'
import { scalarOf } from './scalar'

/** A sealing key of one epoch: `publicKey` is the uncompressed P-256 point, 65 bytes. */
export type SealingKey = { epoch: bigint; keyId: Hex; publicKey: Uint8Array; privateKey: NativePrivateKey }

/** What the enclave does with its keys. Private keys do not leave this object. */
export type EnclaveKeys = {
  /** The address that settlements are signed by. */
  signer: Address
  /** A 65-byte ECDSA signature (r, s, v), deterministic, over a 32-byte digest. */
  sign: (digest: Hex) => Promise<Hex>
  /** The sealing key of an epoch. */
  sealingKey: (epoch: bigint) => Promise<SealingKey>
}

/** Derives the settlement key, and sealing keys as they are asked for. PROTOCOL.md section 10. */
export async function loadEnclaveKeys(provider: KeyProvider): Promise<EnclaveKeys> {
  const settlementKey = bytesToHex(scalarOf(await provider.deriveSecret('settlement'), 'settlement'))
  return {
    signer: privateKeyToAddress(settlementKey),
    sign: (hash) => sign({ hash, privateKey: settlementKey, to: 'hex' }),
    async sealingKey(epoch) {
      const { privateKey, publicKey } = deriveKeyPair(await provider.deriveSecret(`sealing/${epoch}`))
      return { epoch, keyId: keyIdOf(publicKey), publicKey, privateKey: importPrivateKey(privateKey, publicKey) }
    },
  }
}
