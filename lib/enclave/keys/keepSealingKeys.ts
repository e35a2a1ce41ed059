import type { EnclaveKeys, SealingKey } from './enclaveKeys'

/** Epochs whose keys are kept: those served at a time, and some that an attacker may ask for beside them. */
const MAX_KEPT = 32

/**
 * The same keys, each derived once: to derive one, a guest agent is asked and a point multiplied, which a stranger's
 * request for a key that nobody has must not cause again and again.
 */
export function keepSealingKeys(keys: EnclaveKeys): EnclaveKeys {
  const kept = new Map<bigint, Promise<SealingKey>>()
  return {
    ...keys,
    sealingKey(epoch) {
      const key = kept.get(epoch) ?? keys.sealingKey(epoch)
      kept.delete(epoch)
      kept.set(epoch, key)
      key.catch(() => kept.delete(epoch))
      for (const oldest of kept.keys()) {
        if (kept.size <= MAX_KEPT) break
        kept.delete(oldest)
      }
      return key
    },
  }
}
