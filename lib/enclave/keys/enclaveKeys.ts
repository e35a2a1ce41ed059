import { bytesToBigInt, bytesToHex, type Address, type Hex } from 'viem'
import { privateKeyToAddress } from 'viem/accounts'
import type { ProofSecrets } from '../../protocol/proof/proveSettlement'
import { keyIdOf } from '../../protocol/sealing/context'
import { deriveKeyPair } from '../../protocol/sealing/deriveKeyPair'
import { signDigest } from '../../protocol/signDigest'
import { importPrivateKey, type NativePrivateKey } from '../p256'
import type { KeyProvider } from './provider'
import { scalarOf } from './scalar'

/** A sealing key of one epoch: `publicKey` is the uncompressed P-256 point, 65 bytes. */
export type SealingKey = { epoch: bigint; keyId: Hex; publicKey: Uint8Array; privateKey: NativePrivateKey }

/** Whom an enclave's keys are for. */
export type KeyDomain = {
  /** Who registers them, and answers for the enclave. */
  operator: Address
}

/** What the enclave does with its keys. The settlement key does not leave this object, sealing keys this process. */
export type EnclaveKeys = KeyDomain & {
  /** The address that settlements are signed by. */
  signer: Address
  /** A 65-byte ECDSA signature (r, s, v), deterministic, over a 32-byte digest. */
  sign: (digest: Hex) => Promise<Hex>
  /** The sealing key of an epoch. */
  sealingKey: (epoch: bigint) => Promise<SealingKey>
  /** What proofs about an epoch's bids are made with. PROTOCOL.md section 8. */
  proofSecrets: (epoch: bigint) => Promise<ProofSecrets>
}

/** Derives the settlement key, and sealing keys as they are asked for. PROTOCOL.md section 10. */
export async function loadEnclaveKeys(provider: KeyProvider, { operator }: KeyDomain): Promise<EnclaveKeys> {
  const sealingPair = async (epoch: bigint) => deriveKeyPair(await provider.deriveSecret(`sealing/${epoch}`))
  const settlementKey = bytesToHex(scalarOf(await provider.deriveSecret('settlement'), 'settlement'))
  return {
    operator,
    signer: privateKeyToAddress(settlementKey),
    sign: (digest) => Promise.resolve(signDigest(digest, settlementKey)),
    async sealingKey(epoch) {
      const { privateKey, publicKey } = await sealingPair(epoch)
      return { epoch, keyId: keyIdOf(publicKey), publicKey, privateKey: importPrivateKey(privateKey, publicKey) }
    },
    async proofSecrets(epoch) {
      const { privateKey } = await sealingPair(epoch)
      return { sealingScalar: bytesToBigInt(privateKey), nonceSecret: await provider.deriveSecret('proofs') }
    },
  }
}
