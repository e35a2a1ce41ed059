'use client'

import { useBacking } from '../../_data/useBacking'
import { Notice } from '../../_ui/Notice'

/** Said wherever a bid is sealed to a key with no hardware behind it, or with none that anyone vouched for. */
export function EnclaveNotice() {
  const backing = useBacking()
  if (backing === 'hardware') return null
  if (backing === 'unknown') {
    return (
      <Notice tone="warn" title="Enclave not verified yet">
        <p>
          The chain has not said whether hardware protects the key that bids are sealed to. Until it does, assume that
          whoever runs the enclave could read them.
        </p>
      </Notice>
    )
  }
  return (
    <Notice title="Simulated enclave: no hardware protection">
      <p>
        On this chain an ordinary process plays the enclave. Whoever runs this machine could read the bids. No bid can
        cost more than what it locks: the contract sees to that.
      </p>
    </Notice>
  )
}
