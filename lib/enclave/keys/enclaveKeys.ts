import { bytesToBigInt, bytesToHex, getAddress, type Address, type Hex } from 'viem'
import { privateKeyToAddress } from 'viem/accounts'
import type { RegistryDeployment } from '../../chain/deployment'
import type { ProofSecrets } from '../../protocol/proof/proveSettlement'
import { keyIdOf } from '../../protocol/sealing/context'
import { deriveKeyPair } from '../../protocol/sealing/deriveKeyPair'
import { signDigest } from '../../protocol/signDigest'
import { importPrivateKey, type NativePrivateKey } from '../p256'
import type { KeyProvider } from './provider'
import { scalarOf } from './scalar'

/** A sealing key of one epoch: `publicKey` is the uncompressed P-256 point, 65 bytes. */
export type SealingKey = { epoch: bigint; keyId: Hex; publicKey: Uint8Array; privateKey: NativePrivateKey }

/** Whom an enclave's keys are for: every secret's path names all three, so that no two share one. */
export type KeyDomain = {
  chainId: number
  registry: Address
  /** Who registers the keys, and answers for the enclave. */
  operator: Address
}

/** @param operator Who registers the keys in this deployment's registry, in whatever case it is written. */
export function keyDomainOf({ chainId, contracts }: RegistryDeployment, operator: Address): KeyDomain {
  return { chainId, registry: contracts.registry, operator: getAddress(operator) }
}

/** What the enclave does with its keys. The settlement key does not leave this object, sealing keys this process. */
export type EnclaveKeys = {
  operator: Address
  /** The address that settlements are signed by: this instance's own. */
  signer: Address
  /** A 65-byte ECDSA signature (r, s, v), deterministic, over a 32-byte digest. */
  sign: (digest: Hex) => Promise<Hex>
  /** The sealing key of an epoch. */
  sealingKey: (epoch: bigint) => Promise<SealingKey>
  /** What proofs about an epoch's bids are made with. PROTOCOL.md section 8. */
  proofSecrets: (epoch: bigint) => Promise<ProofSecrets>
}

/**
 * The instance's settlement key, and the app's sealing keys and secrets for proofs, derived as they are asked for, at
 * `<purpose>/<chain id>/<registry>/<operator>/<epoch>`, addresses in lower case. PROTOCOL.md section 10.
 */
export async function loadEnclaveKeys(provider: KeyProvider, domain: KeyDomain): Promise<EnclaveKeys> {
  const place = `${domain.chainId}/${domain.registry.toLowerCase()}/${domain.operator.toLowerCase()}`
  const secretOf = (purpose: string, epoch: bigint) => provider.deriveSecret(`${purpose}/${place}/${epoch}`)
  const sealingPair = async (epoch: bigint) => deriveKeyPair(await secretOf('sealing', epoch))
  const settlementKey = bytesToHex(scalarOf(await provider.instanceSecret(), 'settlement'))
  return {
    operator: domain.operator,
    signer: privateKeyToAddress(settlementKey),
    sign: (digest) => Promise.resolve(signDigest(digest, settlementKey)),
    async sealingKey(epoch) {
      const { privateKey, publicKey } = await sealingPair(epoch)
      return { epoch, keyId: keyIdOf(publicKey), publicKey, privateKey: importPrivateKey(privateKey, publicKey) }
    },
    async proofSecrets(epoch) {
      const { privateKey } = await sealingPair(epoch)
      return { sealingScalar: bytesToBigInt(privateKey), nonceSecret: await secretOf('proofs', epoch) }
    },
  }
}
