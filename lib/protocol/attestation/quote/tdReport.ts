import { ByteReader } from '../byteReader'

/** Lengths in bytes of a trust domain's report body in a quote, by the TDX version that wrote it. */
export const TD_REPORT_LENGTH = { '1.0': 584, '1.5': 648 } as const
export type TdReportVersion = keyof typeof TD_REPORT_LENGTH

/** A trust domain's report body (Intel TDX DCAP quoting library API, A.3.2 and A.3.3). */
export interface TdReport {
  version: TdReportVersion
  /** The whole body, as signed. */
  bytes: Uint8Array
  teeTcbSvn: Uint8Array
  mrSeam: Uint8Array
  mrSignerSeam: Uint8Array
  seamAttributes: Uint8Array
  tdAttributes: Uint8Array
  xfam: Uint8Array
  mrTd: Uint8Array
  mrConfigId: Uint8Array
  mrOwner: Uint8Array
  mrOwnerConfig: Uint8Array
  /** RTMR0 to RTMR3. */
  rtmrs: [Uint8Array, Uint8Array, Uint8Array, Uint8Array]
  reportData: Uint8Array
  /** TDX 1.5: the TCB of the TDX module that runs now, where it was updated under the running domain. */
  teeTcbSvn2: Uint8Array | null
  /** TDX 1.5: measurement of the service domains bound to this one. */
  mrServiceTd: Uint8Array | null
}

/** @throws Rejection unless `bytes` is one whole report body of that version. */
export function parseTdReport(bytes: Uint8Array, version: TdReportVersion): TdReport {
  const reader = new ByteReader(bytes, `TD ${version} report`)
  const measurement = (field: string) => reader.take(48, field)
  const report: TdReport = {
    version,
    bytes,
    teeTcbSvn: reader.take(16, 'teeTcbSvn'),
    mrSeam: measurement('mrSeam'),
    mrSignerSeam: measurement('mrSignerSeam'),
    seamAttributes: reader.take(8, 'seamAttributes'),
    tdAttributes: reader.take(8, 'tdAttributes'),
    xfam: reader.take(8, 'xfam'),
    mrTd: measurement('mrTd'),
    mrConfigId: measurement('mrConfigId'),
    mrOwner: measurement('mrOwner'),
    mrOwnerConfig: measurement('mrOwnerConfig'),
    rtmrs: [measurement('rtmr0'), measurement('rtmr1'), measurement('rtmr2'), measurement('rtmr3')],
    reportData: reader.take(64, 'reportData'),
    teeTcbSvn2: version === '1.5' ? reader.take(16, 'teeTcbSvn2') : null,
    mrServiceTd: version === '1.5' ? measurement('mrServiceTd') : null,
  }
  reader.end()
  return report
}
