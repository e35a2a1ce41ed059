import { Notice } from '../../_ui/Notice'
import { BackingNotice } from './BackingNotice'

/**
 * Said wherever a bid is sealed to a key with no hardware behind it, or with none that anyone vouched for. That it is
 * simulated, the server is believed; that it is not, the browser asks the chain.
 */
export function EnclaveNotice({ simulated }: { simulated: boolean }) {
  if (!simulated) return <BackingNotice />
  return <SimulatedNotice />
}

export function SimulatedNotice() {
  return (
    <Notice title="Simulated enclave: no hardware protection">
      <p>
        On this chain an ordinary process plays the enclave. Whoever runs this machine could read the bids. No bid can
        cost more than what it locks: the contract sees to that.
      </p>
    </Notice>
  )
}
