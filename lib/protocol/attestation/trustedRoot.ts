/** The one certificate in which every chain must end. Which it is decides whether an enclave is simulated. */
export interface TrustedRoot {
  name: 'intel' | 'simulator'
  /** SHA-256 of the certificate's DER, lower-case hex. */
  fingerprint: string
}

/**
 * Intel SGX Root CA, serial 22650cd65a9d3489f383b49552bf501b392706ac, valid 2018-05-21 to 2049-12-31, as published at
 * https://certificates.trustedservices.intel.com/Intel_SGX_Provisioning_Certification_RootCA.cer; the same certificate ends the
 * chains of every real quote in tests/vectors/attestation.
 */
export const INTEL_ROOT: TrustedRoot = {
  name: 'intel',
  fingerprint: '44a0196b2b99f889b8e149e95b807a350e7424964399e885a7cbb8ccfab674d3',
}
