/** Intel's TCB statuses (PCS API v4, TCB info). */
export const TCB_STATUSES = [
  'UpToDate',
  'SWHardeningNeeded',
  'ConfigurationNeeded',
  'ConfigurationAndSWHardeningNeeded',
  'OutOfDate',
  'OutOfDateConfigurationNeeded',
  'Revoked',
] as const
export type TcbStatus = (typeof TCB_STATUSES)[number]

/** A TCB level that a platform, module or quoting enclave reached. */
export interface TcbLevel {
  status: TcbStatus
  /** When the level's TCB was released, as the collateral writes it. */
  date: string
  advisoryIds: string[]
}

/**
 * The platform's status, lowered by that of a part: the TDX module's first, then the quoting enclave's (Intel's quote verification
 * library, TdxModuleCheck and QuoteVerifier). A part that is neither out of date nor revoked lowers nothing.
 */
export function convergeStatus(platform: TcbStatus, part: TcbStatus): TcbStatus {
  if (part === 'Revoked') return 'Revoked'
  if (part !== 'OutOfDate') return platform
  if (platform === 'UpToDate' || platform === 'SWHardeningNeeded') return 'OutOfDate'
  if (platform === 'ConfigurationNeeded' || platform === 'ConfigurationAndSWHardeningNeeded')
    return 'OutOfDateConfigurationNeeded'
  return platform
}
