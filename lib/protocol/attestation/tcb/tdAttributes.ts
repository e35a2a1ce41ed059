import { bytesToHex } from '@noble/hashes/utils.js'
import { isZero } from '../equalBytes'
import type { TdReport } from '../quote/tdReport'
import { demand } from '../rejection'

/** Bits of a trust domain's attributes (Intel TDX module ABI, ATTRIBUTES). Byte 0 says what leaves it untrusted: debugging. */
const SEPT_VE_DISABLE = 1n << 28n
const PROTECTION_KEYS = 1n << 30n
const KEY_LOCKER = 1n << 31n
const PERFORMANCE_MONITORING = 1n << 63n
const ALLOWED = SEPT_VE_DISABLE | PROTECTION_KEYS | KEY_LOCKER | PERFORMANCE_MONITORING

/** Processor features (XFAM) that every domain has, and all that a module may grant (Intel TDX module ABI, XFAM). */
const XFAM_ALWAYS = 0x3n
const XFAM_POSSIBLE = 0x6dbe7n

function littleEndian(bytes: Uint8Array): bigint {
  return new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true)
}

/** @throws Rejection where the domain can be debugged or profiled. */
export function demandNoDebug({ tdAttributes }: TdReport): void {
  demand(tdAttributes[0] === 0, `TD attributes ${bytesToHex(tdAttributes)}: the domain is under debug`)
}

/**
 * @throws Rejection where the host could forge page faults (SEPT_VE_DISABLE is off), the domain may migrate, a service domain is bound
 * to it, or a bit is set that says something unknown.
 */
export function demandTdAttributes({ tdAttributes, xfam, mrServiceTd }: TdReport): void {
  const attributes = littleEndian(tdAttributes) & ~0xffn
  demand((attributes & SEPT_VE_DISABLE) !== 0n, 'SEPT_VE_DISABLE is off')
  demand((attributes & ~ALLOWED) === 0n, `TD attributes ${bytesToHex(tdAttributes)}: migratable, or a reserved bit`)
  const features = littleEndian(xfam)
  demand((features & XFAM_ALWAYS) === XFAM_ALWAYS, `XFAM ${bytesToHex(xfam)}: a fixed bit is off`)
  demand((features & ~XFAM_POSSIBLE) === 0n, `XFAM ${bytesToHex(xfam)}: a reserved bit is set`)
  demand(mrServiceTd === null || isZero(mrServiceTd), 'a service domain is bound to the trust domain')
}
