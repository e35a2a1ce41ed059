import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import type { TdReport } from '../quote/tdReport'
import { demand, Rejection } from '../rejection'
import { TD_MASKS, type TdMask } from './tdMasks'

const WHY: Record<TdMask['name'], string> = {
  debug: 'the domain is under debug',
  attributes: 'SEPT_VE_DISABLE is off, the domain may migrate, or a reserved bit is set',
  xfam: 'a fixed bit is off, or a reserved bit is set',
  mrServiceTd: 'a service domain is bound to the trust domain',
}

function demandMask({ bytes }: TdReport, { name, offset, required, allowed }: TdMask): void {
  const [must, may] = [hexToBytes(required), hexToBytes(allowed)]
  const value = bytes.subarray(offset, offset + must.length)
  if (value.length !== must.length) throw new Rejection(`the report ends before ${name}`)
  const isMet = value.every((byte, i) => (byte & (must[i] ?? 0)) === must[i] && (byte & ~(may[i] ?? 0)) === 0)
  demand(isMet, `${name} ${bytesToHex(value)}: ${WHY[name]}`)
}

function demandMasks(report: TdReport, code: TdMask['code']): void {
  for (const mask of TD_MASKS)
    if (mask.code === code && (mask.since === '1.0' || report.version === '1.5')) demandMask(report, mask)
}

/** @throws Rejection where the domain can be debugged or profiled. */
export function demandNoDebug(report: TdReport): void {
  demandMasks(report, 'DEBUG_ENABLED')
}

/**
 * @throws Rejection where the host could forge page faults (SEPT_VE_DISABLE is off), the domain may migrate, a service domain is bound
 * to it, or a bit is set that says something unknown.
 */
export function demandTdAttributes(report: TdReport): void {
  demandMasks(report, 'TD_ATTRIBUTES_UNACCEPTED')
}
