import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { bytesToHex, hexToBytes, keccak256, stringToHex, type Hex } from 'viem'
import type { BundleCache } from './bundleCache'
import type { KeptFiles } from './keptFiles'
import type { Proven } from './makeBundle'

export type BundleStoreOptions = {
  cache: BundleCache
  /** Beside the enclave, on its host's disk; null: bundles are kept in memory alone. */
  files: KeptFiles | null
  /** keccak256, of up to hundreds of megabytes: not on the thread that answers. */
  hash: (bytes: Uint8Array) => Promise<Hex>
}

/** Bundles by their hash, and which one proves what. PROTOCOL.md section 7. */
export type BundleStore = {
  /** The bundle with this hash; null where it is not kept any more. */
  get: (proofHash: Hex) => Promise<Uint8Array | null>
  /**
   * What was made for a statement before, perhaps by a process that ended since.
   *
   * @param statement 32 bytes: the settlement's EIP-712 digest with `proofHash` 0, on which the proofs depend alone.
   * @param secret The epoch's secret for proofs: the host knows it not, and so makes up no answer.
   */
  find: (statement: Hex, secret: Uint8Array) => Promise<Proven | null>
  keep: (statement: Hex, secret: Uint8Array, proven: Proven) => Promise<void>
}

const HASH_LENGTH = 32
/** Records lie beside bundles, by names that no bundle has. */
const recordName = (statement: Hex) => keccak256(stringToHex(`record of ${statement}`))

/** Nothing that comes from the disk is believed: bundles are hashed, records carry a code that only this enclave makes. */
export function createBundleStore({ cache, files, hash }: BundleStoreOptions): BundleStore {
  async function get(proofHash: Hex): Promise<Uint8Array | null> {
    const known = cache.get(proofHash)
    if (known) return known
    const bytes = (await files?.get(proofHash)) ?? null
    if (!bytes) return null
    if ((await hash(bytes)) !== proofHash) {
      await files?.drop(proofHash)
      return null
    }
    cache.put(proofHash, bytes)
    return bytes
  }

  return {
    get,

    async find(statement, secret) {
      const record = await files?.get(recordName(statement))
      if (record?.length !== 2 * HASH_LENGTH) return null
      const proofHash = bytesToHex(record.subarray(0, HASH_LENGTH))
      if (!timingSafeEqual(record.subarray(HASH_LENGTH), codeOf(secret, statement, proofHash))) return null
      const bundle = await get(proofHash)
      return bundle && { bundle, proofHash }
    },

    async keep(statement, secret, { bundle, proofHash }) {
      cache.put(proofHash, bundle)
      if (!files) return
      await files.put(proofHash, bundle)
      const record = Buffer.concat([hexToBytes(proofHash), codeOf(secret, statement, proofHash)])
      await files.put(recordName(statement), record)
    },
  }
}

/** Under a key of its own, so that it has nothing in common with a proof's nonce. */
function codeOf(secret: Uint8Array, statement: Hex, proofHash: Hex): Uint8Array {
  const key = new Uint8Array(hkdfSync('sha256', secret, '', 'subrosa/v1/kept-bundles', 32))
  return createHmac('sha256', key).update(hexToBytes(statement)).update(hexToBytes(proofHash)).digest()
}
