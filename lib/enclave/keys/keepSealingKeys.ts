import { keepAnswers } from '../keepAnswers'
import type { EnclaveKeys } from './enclaveKeys'

/** Epochs whose keys are kept: those served at a time, and some that an attacker may ask for beside them. */
const MAX_KEPT = 32

/**
 * The same keys, each derived once: to derive one, a guest agent is asked and a point multiplied, which a stranger's
 * request for a key that nobody has must not cause again and again.
 */
export function keepSealingKeys(keys: EnclaveKeys): EnclaveKeys {
  return { ...keys, sealingKey: keepAnswers(MAX_KEPT, (epoch: bigint) => keys.sealingKey(epoch)) }
}
