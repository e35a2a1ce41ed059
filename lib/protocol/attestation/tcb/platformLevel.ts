import { demand, Rejection } from '../rejection'
import type { Quote } from '../quote/parseQuote'
import type { PlatformTcb } from '../x509/pckExtension'
import type { TcbLevel } from './status'
import type { TcbInfo } from './tcbInfo'

/** @throws Rejection unless the TCB info is about this kind of platform and TEE. */
export function demandSamePlatform(info: TcbInfo, platform: PlatformTcb, tee: Quote['tee']): void {
  demand(info.id.toLowerCase() === tee, `TCB info for ${info.id}`)
  demand(info.fmspc === platform.fmspc, `TCB info for FMSPC ${info.fmspc}, the platform's is ${platform.fmspc}`)
  demand(info.pceId === platform.pceId, `TCB info for PCE ${info.pceId}, the platform's is ${platform.pceId}`)
}

const isAtLeast = (actual: ArrayLike<number>, required: { svn: number }[], from = 0) =>
  required.every(({ svn }, i) => i < from || (actual[i] ?? -1) >= svn)

/**
 * The first, that is the highest, level whose every component the platform reaches (PCS API v4, TCB info, "tcbLevels").
 * @throws Rejection where it reaches none.
 */
export function matchPlatformLevel(info: TcbInfo, platform: PlatformTcb, quote: Quote): TcbLevel {
  const isSgxReached = (tcb: TcbInfo['tcbLevels'][number]['tcb']) =>
    platform.pceSvn >= tcb.pcesvn && isAtLeast(platform.sgxComponents, tcb.sgxtcbcomponents)
  const level =
    info.id === 'SGX'
      ? info.tcbLevels.find(({ tcb }) => isSgxReached(tcb))
      : info.tcbLevels.find(({ tcb }) => isSgxReached(tcb) && isTdxReached(tcb.tdxtcbcomponents, quote))
  if (!level) throw new Rejection('the platform reaches no level of the TCB info')
  return { status: level.tcbStatus, date: level.tcbDate, advisoryIds: level.advisoryIDs }
}

function isTdxReached(required: { svn: number }[], quote: Quote): boolean {
  if (quote.tee !== 'tdx') return false
  const { teeTcbSvn } = quote.report
  // From module version 1 on, the first two are the module's own, and its identity judges them.
  return isAtLeast(teeTcbSvn, required, (teeTcbSvn[1] ?? 0) > 0 ? 2 : 0)
}
