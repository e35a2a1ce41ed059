import * as z from 'zod'
import { Rejection } from '../rejection'

const hex = z.string().regex(/^(?:[0-9a-fA-F]{2})*$/, 'must be bytes in hex')

/**
 * What Intel's provisioning service says about a platform, in the field names of its clients. Strict: a field that nobody checks
 * would be one that someone relies on.
 */
const schema = z.strictObject({
  pck_crl_issuer_chain: z.string(),
  root_ca_crl: hex,
  pck_crl: hex,
  tcb_info_issuer_chain: z.string(),
  tcb_info: z.string(),
  tcb_info_signature: z.string().regex(/^[0-9a-fA-F]{128}$/, 'must be 64 bytes in hex'),
  qe_identity_issuer_chain: z.string(),
  qe_identity: z.string(),
  qe_identity_signature: z.string().regex(/^[0-9a-fA-F]{128}$/, 'must be 64 bytes in hex'),
  // Some clients repeat the quote's own chain here. It must then be the same.
  pck_certificate_chain: z.string().nullish(),
})

/** Certificate chains in PEM, CRLs as DER in hex, signed documents as the text that was signed, signatures r | s in hex. */
export type Collateral = z.output<typeof schema>

/** @throws Rejection naming the field at fault. */
export function parseCollateral(input: unknown): Collateral {
  const { success, data, error } = schema.safeParse(input)
  if (success) return data
  const [issue] = error.issues
  throw new Rejection(`${issue?.path.join('.') || 'collateral'}: ${issue?.message ?? 'not of the expected form'}`)
}
