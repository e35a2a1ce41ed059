import { bytesToHex } from '@noble/hashes/utils.js'
import type { Check, CheckCode } from './checks'
import type { PolicyScope } from './completePolicy'
import type { BootFacts } from './eventLog/bootFacts'
import type { Quote } from './quote/parseQuote'
import type { TcbStatus } from './tcb/status'

/** What a trust domain's quote says. Hex in lower case, without 0x. */
export interface TdxReportSummary {
  tee: 'tdx'
  quoteVersion: number
  tdxVersion: string
  mrtd: string
  rtmr0: string
  rtmr1: string
  rtmr2: string
  rtmr3: string
  reportData: string
  mrSeam: string
  mrConfigId: string
  mrOwner: string
  mrOwnerConfig: string
  teeTcbSvn: string
  tdAttributes: string
  xfam: string
}

/** What an SGX enclave's quote says. Hex in lower case, without 0x. */
export interface SgxReportSummary {
  tee: 'sgx'
  quoteVersion: number
  mrenclave: string
  mrsigner: string
  isvProdId: number
  isvSvn: number
  attributes: string
  reportData: string
}

/** Whether evidence holds, and every check on the way. Nothing in it is to be believed where `ok` is false. */
export interface Verdict {
  ok: boolean
  /** What was asked of the program that runs: under `none` and `partial`, `ok` says nothing of whose it is. */
  policy: PolicyScope
  /** The code of the first check that failed; null where `ok`. */
  code: CheckCode | null
  /** Which root the evidence was held against. An enclave under the simulator's has no hardware protection. */
  root: 'intel' | 'simulator'
  /** The platform's status with that of the TDX module and the quoting enclave; null where it could not be told. */
  tcbStatus: TcbStatus | null
  advisoryIds: string[]
  checks: Check[]
  report: TdxReportSummary | SgxReportSummary | null
  app: BootFacts | null
  /** Unix seconds: when the first certificate, CRL or signed document that was relied on ends. Null unless `ok`. */
  validUntil: number | null
}

/** The fields of a quote that a reader wants to see. */
export function summarize(quote: Quote): TdxReportSummary | SgxReportSummary {
  if (quote.tee === 'sgx') {
    const { mrEnclave, mrSigner, isvProdId, isvSvn, attributes, reportData } = quote.report
    return {
      tee: 'sgx',
      quoteVersion: quote.version,
      mrenclave: bytesToHex(mrEnclave),
      mrsigner: bytesToHex(mrSigner),
      isvProdId,
      isvSvn,
      attributes: bytesToHex(attributes),
      reportData: bytesToHex(reportData),
    }
  }
  const { report } = quote
  const [rtmr0, rtmr1, rtmr2, rtmr3] = report.rtmrs
  return {
    tee: 'tdx',
    quoteVersion: quote.version,
    tdxVersion: report.version,
    mrtd: bytesToHex(report.mrTd),
    rtmr0: bytesToHex(rtmr0),
    rtmr1: bytesToHex(rtmr1),
    rtmr2: bytesToHex(rtmr2),
    rtmr3: bytesToHex(rtmr3),
    reportData: bytesToHex(report.reportData),
    mrSeam: bytesToHex(report.mrSeam),
    mrConfigId: bytesToHex(report.mrConfigId),
    mrOwner: bytesToHex(report.mrOwner),
    mrOwnerConfig: bytesToHex(report.mrOwnerConfig),
    teeTcbSvn: bytesToHex(report.teeTcbSvn),
    tdAttributes: bytesToHex(report.tdAttributes),
    xfam: bytesToHex(report.xfam),
  }
}
