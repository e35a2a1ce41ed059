import { bootLog, runtimeEvent } from '../../../../lib/enclave/simulator/eventLog'
import { makeCollateral, qeIdentityAt, signText, tcbInfoAt } from '../../../../lib/enclave/simulator/collateral'
import {
  makeSimulatedPki,
  SIMULATED_PLATFORM,
  type SimulatedPki,
  type SimulatedPlatform,
} from '../../../../lib/enclave/simulator/pki'
import { makeQuote } from '../../../../lib/enclave/simulator/quote'
import { parseCompletePolicy } from '../../../../lib/protocol/attestation/completePolicy'
import type { LoggedEvent } from '../../../../lib/protocol/attestation/eventLog/events'
import { replayRegister } from '../../../../lib/protocol/attestation/eventLog/replay'
import { reportDataOf, type RegistryEntry } from '../../../../lib/protocol/attestation/reportData'
import type { Verdict } from '../../../../lib/protocol/attestation/verdict'
import { verifyEvidence } from '../../../../lib/protocol/attestation/verifyEvidence'
import { hexToBytes } from '@noble/hashes/utils.js'
import { AT, body, ROOT } from './simulated'

const SEED = new Uint8Array(32).fill(9)
const APP = { appId: 'aa'.repeat(20), composeHash: 'bb'.repeat(32) }
const ENTRY: RegistryEntry = {
  chainId: 1n,
  registry: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
  signer: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
  operator: '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC',
  appId: `0x${APP.appId}`,
  epoch: 3n,
  publicKey: `0x04${'11'.repeat(64)}`,
  notBefore: 1_800_000_000n,
  notAfter: 1_800_086_400n,
}

const registersOf = (log: LoggedEvent[]) =>
  [0, 1, 2, 3].map((i) =>
    replayRegister(
      log,
      log.map(({ digest }) => digest),
      i,
    ),
  )

/**
 * An honest machine on a platform that signs whatever it is told, and a verifier that asks for all of it. A test changes one
 * thing, before signing (what the machine, its boot or Intel says) or after (what whoever carries it makes of it).
 */
export function honestWorld() {
  const log = bootLog(APP)
  const [rtmr0, rtmr1, rtmr2, rtmr3] = registersOf(log) as [string, string, string, string]
  return {
    platform: structuredClone(SIMULATED_PLATFORM) as SimulatedPlatform,
    body: body({
      ...{ rtmr0: hexToBytes(rtmr0), rtmr1: hexToBytes(rtmr1), rtmr2: hexToBytes(rtmr2), rtmr3: hexToBytes(rtmr3) },
      reportData: reportDataOf(ENTRY),
    }),
    version: 5 as 4 | 5,
    /** Bytes of the quoting enclave's report, by offset. */
    qeReport: new Map<number, number>(),
    /** DER of certificates in place of the platform's own. */
    certificates: {} as Partial<SimulatedPki['certificates']>,
    tcbInfo: tcbInfoAt(AT, SIMULATED_PLATFORM),
    qeIdentity: qeIdentityAt(AT),
    /** What the boot logged: RTMR3 is what it replays to, whatever `body` says of it. */
    boot: null as LoggedEvent[] | null,
    carried: {
      quote: (quote: Uint8Array) => quote,
      collateral: {} as Record<string, unknown>,
      /** A list of events, or whatever stands in its place. */
      log: structuredClone(log) as unknown,
    },
    entry: { ...ENTRY } as RegistryEntry,
    policy: {
      appIds: [APP.appId],
      composeHashes: [APP.composeHash],
      measurements: [{ mrtd: '01'.repeat(48), rtmr0, rtmr1, rtmr2 }],
      keyProviders: [{ name: 'simulator', id: '' }],
      acceptedTcbStatuses: ['UpToDate'],
      acceptedAdvisories: [] as string[],
      minimumTcbEvaluationDataNumber: 1,
      mrConfigIds: ['00'.repeat(48)],
    } as Record<string, unknown>,
    at: AT,
    root: ROOT,
  }
}
export type World = ReturnType<typeof honestWorld>

/** The boot's log with one fact stated otherwise, as the guest would have logged it. */
export function stated(event: string, payload: string): LoggedEvent[] {
  return bootLog(APP).map((logged) => (logged.event === event ? runtimeEvent(event, payload) : logged))
}

/** The verdict on a world. */
export function judgeWorld(world: World): Promise<Verdict> {
  const own = makeSimulatedPki(SEED, world.platform)
  const pki = { ...own, certificates: { ...own.certificates, ...world.certificates } }
  const { tcbInfo, qeIdentity, boot, carried, entry, policy, at, root, version, qeReport } = world
  const rtmr3 = boot ? hexToBytes(registersOf(boot)[3] ?? '') : world.body.rtmr3
  const quote = makeQuote(pki, { ...world.body, rtmr3 }, version, (report) => {
    for (const [offset, value] of qeReport) report[offset] = value
    return report
  })
  const [info, identity] = [JSON.stringify(tcbInfo), JSON.stringify(qeIdentity)]
  const collateral = {
    ...makeCollateral(pki, AT),
    ...{ tcb_info: info, tcb_info_signature: signText(info, pki.keys.tcbSigning) },
    ...{ qe_identity: identity, qe_identity_signature: signText(identity, pki.keys.tcbSigning) },
    ...carried.collateral,
  }
  return verifyEvidence({
    ...{ quote: carried.quote(quote), collateral, eventLog: boot ?? carried.log, at, root, registryEntry: entry },
    policy: parseCompletePolicy(policy),
  })
}
