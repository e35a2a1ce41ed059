import { hexToBytes } from '@noble/hashes/utils.js'
import * as z from 'zod'
import { verifyP256 } from '../ecdsa'
import { demand, Rejection } from '../rejection'
import type { Certificate } from '../x509/certificate'
import { TCB_STATUSES } from './status'

/** Fields that Intel adds later are signed too, so they are let pass; those that are read here must be exact. */
export const hexOf = (bytes: number) =>
  z
    .string()
    .regex(new RegExp(`^[0-9a-fA-F]{${bytes * 2}}$`), `must be ${bytes} bytes in hex`)
    .transform((text) => text.toLowerCase())

export const integerTo = (maximum: number) => z.int().min(0).max(maximum)

/** Unix seconds of a time like 2026-02-18T10:58:51Z. */
export const instant = z.iso.datetime().transform((text) => Date.parse(text) / 1000)

/** What every TCB level says beside its numbers. */
export const levelFields = {
  tcbStatus: z.enum(TCB_STATUSES),
  tcbDate: z.iso.datetime(),
  advisoryIDs: z.array(z.string()).default([]),
}

/** @throws Rejection unless `signer` signed exactly this text, byte for byte (PCS API v4). */
export async function demandSigned(
  text: string,
  signature: string,
  signer: Certificate,
  subject: string,
): Promise<void> {
  const isSigned = await verifyP256(signer.publicKey, hexToBytes(signature), new TextEncoder().encode(text))
  demand(isSigned, `${subject} is not signed by ${signer.subject.commonName}`)
}

/** @throws Rejection naming the field at fault. */
export function parseDocument<T>(text: string, schema: z.ZodType<T>, subject: string): T {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new Rejection(`${subject} is not JSON`)
  }
  const { success, data, error } = schema.safeParse(json)
  if (success) return data
  const [issue] = error.issues
  throw new Rejection(
    `${subject}, ${issue?.path.join('.') || 'whole'}: ${issue?.message ?? 'not of the expected form'}`,
  )
}
