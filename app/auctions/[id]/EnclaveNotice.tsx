'use client'

import { useStatus } from '../../_data/useStatus'
import { Notice } from '../../_ui/Notice'

/** Said wherever a bid is sealed to a key with no hardware behind it. */
export function EnclaveNotice() {
  const { data } = useStatus()
  if (!data?.simulatedEnclave) return null
  return (
    <Notice title="Simulated enclave: no hardware protection">
      <p>
        On this chain an ordinary process plays the enclave. Whoever runs this machine could read the bids. Money is as
        safe as ever: the contract checks every payment.
      </p>
    </Notice>
  )
}
