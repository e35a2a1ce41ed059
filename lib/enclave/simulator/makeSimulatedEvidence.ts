import { sha384 } from '@noble/hashes/sha2.js'
import { hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import type { LoggedEvent } from '../../protocol/attestation/eventLog/events'
import { replayRegister } from '../../protocol/attestation/eventLog/replay'
import type { Collateral } from '../../protocol/attestation/tcb/collateral'
import { makeCollateral } from './collateral'
import { bootLog, type SimulatedApp } from './eventLog'
import { makeSimulatedPki } from './pki'
import { makeQuote, tdBody } from './quote'

/** What an app is called where a simulated enclave runs none. */
export const SIMULATED_APP: SimulatedApp = { appId: '5b'.repeat(20), composeHash: '5b'.repeat(32) }

/** Evidence in the form of a dstack machine's. */
export interface SimulatedEvidence {
  quote: Uint8Array
  collateral: Collateral
  eventLog: LoggedEvent[]
}

/**
 * Evidence of an enclave without hardware, under the simulator's own root: it goes the same way through the verifier as real evidence
 * (PROTOCOL.md section 10). The same arguments always give the same bytes.
 *
 * @param seed 32 secret bytes; `simulatorRootPem(seed)` is the root that verifies it.
 * @param reportData 64 bytes.
 * @param at Unix seconds; the collateral is valid for 30 days from then.
 */
export function makeSimulatedEvidence({
  seed,
  reportData,
  at,
  app = SIMULATED_APP,
  version = 4,
}: {
  seed: Uint8Array
  reportData: Uint8Array
  at: number
  app?: SimulatedApp
  version?: 4 | 5
}): SimulatedEvidence {
  const pki = makeSimulatedPki(seed)
  const eventLog = bootLog(app)
  const digests = eventLog.map(({ digest }) => digest)
  const register = (index: number) => hexToBytes(replayRegister(eventLog, digests, index))
  const body = tdBody({
    mrTd: sha384(utf8ToBytes('subrosa simulator, firmware')),
    rtmr0: register(0),
    rtmr1: register(1),
    rtmr2: register(2),
    rtmr3: register(3),
    reportData,
  })
  return { quote: makeQuote(pki, body, version), collateral: makeCollateral(pki, at), eventLog }
}
