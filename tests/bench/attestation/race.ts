import dcapQvl from '@phala/dcap-qvl'
import { NO_POLICY } from '../../../lib/protocol/attestation/policy'
import { INTEL_ROOT } from '../../../lib/protocol/attestation/trustedRoot'
import { verifyEvidence } from '../../../lib/protocol/attestation/verifyEvidence'

/** A real machine's evidence, as JSON carries it; quote in hex. */
export interface Evidence {
  quote: string
  collateral: unknown
  eventLog?: unknown
  at: number
}

/** Milliseconds of each run, by the clock given; the first of them with nothing yet warm. */
export interface Times {
  ours: number[]
  theirs: number[]
}

const bytesOf = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (byte) => parseInt(byte, 16))

type Clock = () => number

async function time(work: () => unknown, clock: Clock): Promise<number> {
  const start = clock()
  await work()
  return clock() - start
}

/** Verifies the same evidence with this verifier and with dcap-qvl, in turn. The code is the same in Node and in a browser. */
export async function race(
  { quote, collateral, eventLog, at }: Evidence,
  rounds: number,
  clock: Clock = () => performance.now(),
): Promise<Times> {
  const times: Times = { ours: [], theirs: [] }
  const bytes = bytesOf(quote)
  for (let round = 0; round < rounds; round++) {
    times.ours.push(
      await time(async () => {
        const verdict = await verifyEvidence({
          quote: bytes,
          collateral,
          eventLog,
          at,
          root: INTEL_ROOT,
          policy: NO_POLICY,
        })
        if (!verdict.ok) throw new Error(`refused: ${verdict.code ?? 'not reached'}`)
      }, clock),
    )
    times.theirs.push(
      await time(() => {
        const { status } = dcapQvl.verify(bytes, collateral as never, at)
        if (status !== 'UpToDate') throw new Error(`dcap-qvl: ${status}`)
      }, clock),
    )
  }
  return times
}
