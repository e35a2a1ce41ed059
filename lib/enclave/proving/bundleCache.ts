import type { Hex } from 'viem'

/** Bytes of bundles kept at most; one alone may be longer. Forgetting one costs the time to make it again. */
const MAX_KEPT_BYTES = 64 * 1024 * 1024

/** Bundles lately made or asked for, by their hash. */
export class BundleCache {
  readonly #kept = new Map<Hex, Uint8Array>()
  readonly #maxBytes: number
  #bytes = 0

  constructor(maxBytes = MAX_KEPT_BYTES) {
    this.#maxBytes = maxBytes
  }

  put(proofHash: Hex, bundle: Uint8Array): void {
    this.#drop(proofHash)
    this.#kept.set(proofHash, bundle)
    this.#bytes += bundle.length
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.#maxBytes || this.#kept.size === 1) break
      this.#drop(oldest)
    }
  }

  get(proofHash: Hex): Uint8Array | null {
    const bundle = this.#kept.get(proofHash)
    if (!bundle) return null
    this.put(proofHash, bundle)
    return bundle
  }

  #drop(proofHash: Hex): void {
    this.#bytes -= this.#kept.get(proofHash)?.length ?? 0
    this.#kept.delete(proofHash)
  }
}
