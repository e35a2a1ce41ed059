import type { Verdict } from '../../lib/protocol/attestation/verdict'
import { Hash } from '../_ui/Hash'
import { Term, Terms } from '../_ui/Terms'

const REGISTERS = [
  ['mrtd', 'Firmware (MRTD)'],
  ['rtmr0', 'Machine (RTMR0)'],
  ['rtmr1', 'Kernel (RTMR1)'],
  ['rtmr2', 'Start of the system (RTMR2)'],
  ['rtmr3', 'App (RTMR3)'],
] as const

/** What the machine measured, and how to come to the same figures from the sources. */
export function MeasurementTerms({ verdict: { report, app, root } }: { verdict: Verdict }) {
  if (report?.tee !== 'tdx') return null
  return (
    <details className="text-sm">
      <summary className="cursor-pointer font-semibold">Measurements, and how to compare them</summary>
      <div className="mt-3 space-y-4">
        <Terms>
          {REGISTERS.map(([name, label]) => (
            <Term key={name} name={label}>
              <Hash value={`0x${report[name]}`} label={label} />
            </Term>
          ))}
          {app ? (
            <>
              <Term name="compose-hash">
                <Hash value={`0x${app.composeHash}`} label="compose-hash" />
              </Term>
              <Term name="app-id">
                <Hash value={`0x${app.appId}`} label="app-id" />
              </Term>
              <Term name="Key provider">{app.keyProvider}</Term>
            </>
          ) : null}
        </Terms>
        {root === 'simulator' ? (
          <p className="text-muted">
            This enclave is simulated, so these figures are made up: no hardware measured anything.
          </p>
        ) : (
          <ol className="text-muted list-decimal space-y-1 pl-5">
            <li>
              In the sources, run <code>npm run enclave:bundle</code>: it prints the SHA-256 of the program, the same on
              any machine.
            </li>
            <li>
              Run <code>npm run enclave:compose -- --config FILE</code> with the operator’s published configuration: it
              puts that digest into app-compose.json and prints the compose-hash.
            </li>
            <li>Compare it with the one above. The first four registers are those of the dstack system image.</li>
          </ol>
        )}
      </div>
    </details>
  )
}
