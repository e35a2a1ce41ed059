import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import type { TdReport } from '../quote/tdReport'
import { demand, Rejection } from '../rejection'
import type { TcbLevel } from './status'
import type { TdxTcbInfo } from './tcbInfo'

/** The module that signs for a trust domain, as the TCB info knows it. */
export interface TdxModule {
  id: string
  attributes: string
  attributesMask: string
  /** Null for a module of version 0, whose security version is one of the platform's components. */
  level: TcbLevel | null
}

/**
 * The TDX module of a report: its version is teeTcbSvn[1], its security version teeTcbSvn[0] (PCS API v4, "tdxModuleIdentities").
 * @throws Rejection where the TCB info does not know it, or another signed it.
 */
export function matchTdxModule(info: TdxTcbInfo, report: TdReport): TdxModule {
  const [svn = 0, version = 0] = report.teeTcbSvn
  const signer = bytesToHex(report.mrSignerSeam)
  if (version === 0) {
    demand(signer === info.tdxModule.mrsigner, 'another signed the TDX module')
    return { ...info.tdxModule, id: 'TDX_00', level: null }
  }
  const id = `TDX_${version.toString(16).padStart(2, '0').toUpperCase()}`
  const identity = info.tdxModuleIdentities.find((candidate) => candidate.id.toUpperCase() === id)
  if (!identity) throw new Rejection(`the TCB info knows no module ${id}`)
  demand(signer === identity.mrsigner, `another signed the TDX module ${id}`)
  const level = identity.tcbLevels.find(({ tcb }) => svn >= tcb.isvsvn)
  if (!level) throw new Rejection(`security version ${svn} of module ${id} is below every level`)
  return { ...identity, level: { status: level.tcbStatus, date: level.tcbDate, advisoryIds: level.advisoryIDs } }
}

/** @throws Rejection unless the module runs with the attributes of a production module, all other bits zero. */
export function demandSeamAttributes({ seamAttributes }: TdReport, module: TdxModule): void {
  const [expected, mask] = [hexToBytes(module.attributes), hexToBytes(module.attributesMask)]
  const isExpected = seamAttributes.every((byte, i) => byte === ((expected[i] ?? 0) & (mask[i] ?? 0)))
  demand(isExpected, `SEAM attributes ${bytesToHex(seamAttributes)}`)
}
