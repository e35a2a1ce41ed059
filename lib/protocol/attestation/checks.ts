/**
 * Every check of an enclave's evidence, in the order of PROTOCOL.md section 10, with its one stable code and what a failure means.
 * The order is that of a verdict's `checks`; the first that fails gives the verdict its code.
 */
export const CHECKS = {
  'quote-structure': ['QUOTE_MALFORMED', 'The quote is not a whole, well-formed quote.'],
  'collateral-structure': ['COLLATERAL_MALFORMED', 'The collateral lacks a part, or a part is not of its form.'],

  'trusted-root': ['ROOT_UNTRUSTED', 'A certificate chain ends in another root than the trusted one.'],
  'pck-chain': ['PCK_CHAIN_INVALID', 'The platform’s certificates do not form a valid chain.'],
  'crl-issuer-chain': ['CRL_ISSUER_CHAIN_INVALID', 'The chain of the revocation list’s issuer is not valid.'],
  'tcb-info-chain': ['TCB_INFO_CHAIN_INVALID', 'The chain of the TCB info’s signer is not valid.'],
  'qe-identity-chain': ['QE_IDENTITY_CHAIN_INVALID', 'The chain of the QE identity’s signer is not valid.'],
  'certificate-validity': ['CERTIFICATE_EXPIRED', 'A certificate is not valid at the time of verification.'],
  'pck-extension': ['PCK_EXTENSION_INVALID', 'The platform’s certificate does not describe an Intel platform.'],
  'qe-report-signature': [
    'QE_REPORT_SIGNATURE_INVALID',
    'The platform’s key did not sign the quoting enclave’s report.',
  ],
  'attestation-key': ['ATTESTATION_KEY_UNBOUND', 'The quoting enclave did not vouch for the attestation key.'],
  'quote-signature': ['QUOTE_SIGNATURE_INVALID', 'The attestation key did not sign the quote.'],

  'root-crl': ['ROOT_CRL_INVALID', 'The root’s revocation list is not one that the root signed.'],
  'pck-crl': ['PCK_CRL_INVALID', 'The platforms’ revocation list is not one that their issuer signed.'],
  'crl-freshness': ['CRL_EXPIRED', 'A revocation list is not valid at the time of verification.'],
  revocation: ['CERTIFICATE_REVOKED', 'A certificate was revoked.'],

  'tcb-info-signature': ['TCB_INFO_SIGNATURE_INVALID', 'The TCB info is not as its signer signed it.'],
  'tcb-info-structure': ['TCB_INFO_MALFORMED', 'The TCB info is not of a known form.'],
  'tcb-info-freshness': ['TCB_INFO_EXPIRED', 'The TCB info is not valid at the time of verification.'],
  'platform-identity': ['PLATFORM_MISMATCH', 'The TCB info is about another kind of platform.'],
  'tcb-level': ['TCB_LEVEL_UNMATCHED', 'The platform is below every TCB level.'],
  'tcb-status': ['TCB_STATUS_UNACCEPTED', 'The policy does not accept the platform’s TCB status.'],
  advisories: ['ADVISORY_UNACCEPTED', 'The policy does not accept a security advisory that applies.'],
  'tcb-evaluation': ['TCB_EVALUATION_TOO_OLD', 'The collateral was evaluated before the policy’s minimum.'],

  'tdx-module': ['TDX_MODULE_UNKNOWN', 'The TDX module is not one that the TCB info knows.'],
  'seam-attributes': ['SEAM_ATTRIBUTES_UNACCEPTED', 'The TDX module runs with attributes of no production module.'],
  debug: ['DEBUG_ENABLED', 'The enclave can be debugged, so its host reads its memory.'],
  'td-attributes': ['TD_ATTRIBUTES_UNACCEPTED', 'The trust domain has attributes that weaken it, or reserved ones.'],

  'qe-identity-signature': ['QE_IDENTITY_SIGNATURE_INVALID', 'The QE identity is not as its signer signed it.'],
  'qe-identity-structure': ['QE_IDENTITY_MALFORMED', 'The QE identity is not of a known form.'],
  'qe-identity-freshness': ['QE_IDENTITY_EXPIRED', 'The QE identity is not valid at the time of verification.'],
  'qe-report': ['QE_REPORT_MISMATCH', 'The quoting enclave is not the one that the QE identity describes.'],
  'qe-tcb-level': ['QE_TCB_LEVEL_UNMATCHED', 'The quoting enclave is below every TCB level.'],

  mrtd: ['MRTD_UNACCEPTED', 'The policy does not accept the trust domain’s firmware.'],
  rtmr0: ['RTMR0_UNACCEPTED', 'The policy does not accept the machine’s configuration.'],
  rtmr1: ['RTMR1_UNACCEPTED', 'The policy does not accept the kernel.'],
  rtmr2: ['RTMR2_UNACCEPTED', 'The policy does not accept the kernel’s command line and initial disk.'],
  'config-id': [
    'CONFIG_ID_UNACCEPTED',
    'The policy does not accept the configuration that the domain was started with.',
  ],
  mrenclave: ['MRENCLAVE_UNACCEPTED', 'The policy does not accept the enclave’s measurement.'],
  mrsigner: ['MRSIGNER_UNACCEPTED', 'The policy does not accept the enclave’s signer.'],

  'event-log-structure': [
    'EVENT_LOG_MALFORMED',
    'The event log is not a list of events, or is missing where it is needed.',
  ],
  'event-digests': ['EVENT_DIGEST_MISMATCH', 'An event’s digest is not that of its contents, or cannot be recomputed.'],
  'event-duplicates': ['EVENT_DUPLICATED', 'A fact of the boot is stated twice.'],
  'rtmr-replay': ['RTMR_REPLAY_MISMATCH', 'The event log does not replay to RTMR0-2.'],
  'rtmr3-replay': ['RTMR3_REPLAY_MISMATCH', 'The event log does not replay to RTMR3.'],
  'boot-events': ['BOOT_EVENTS_MISSING', 'The boot did not state its facts before it was ready.'],
  'app-id': ['APP_ID_UNACCEPTED', 'The policy does not accept the app’s id.'],
  'compose-hash': ['COMPOSE_HASH_UNACCEPTED', 'The policy does not accept the app’s compose file.'],
  'key-provider': ['KEY_PROVIDER_UNACCEPTED', 'The policy does not accept the app’s key provider.'],

  'report-data': ['REPORT_DATA_MISMATCH', 'The quote is about other data than expected.'],
  'registry-entry': ['REGISTRY_ENTRY_MISMATCH', 'The quote does not state what the registry’s entry says.'],
  'registry-app': ['REGISTRY_APP_MISMATCH', 'The machine runs another app than the registry’s entry says.'],
} as const satisfies Record<string, readonly [code: string, what: string]>

export type CheckName = keyof typeof CHECKS
export type CheckCode = (typeof CHECKS)[CheckName][0]

/** One check's result. `ok` is null where the check was not asked for, or an earlier one left it nothing to look at. */
export interface Check {
  name: CheckName
  ok: boolean | null
  /** The evidence for the result, or the reason, in words. */
  detail: string
  /** The check's code where it failed, else null. */
  code: CheckCode | null
}
