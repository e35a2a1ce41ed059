import { getAddress, isAddress, isHex, type Address, type Hex } from 'viem'
import { z } from 'zod'
import type { Registration } from '../chain/calls/registerKey'
import type { EnclaveUrl } from '../chain/calls/setUrl'
import type { Deployment } from '../chain/deployment'

const hex = z.custom<Hex>((value) => isHex(value))
const address = z
  .string()
  .refine((value) => isAddress(value))
  .transform((value): Address => getAddress(value))
const bigint = z
  .string()
  .regex(/^\d+$/)
  .transform((value) => BigInt(value))

const keysSchema = z.object({
  signer: address,
  epochs: z.array(z.object({ epoch: bigint, keyId: hex, publicKey: hex })).min(1),
})

/** The enclave's signer and the sealing keys it offers, the one to pin now first. */
export type EnclaveKeyList = z.output<typeof keysSchema>

const registrationSchema: z.ZodType<Registration> = z.object({
  signer: address,
  operator: address,
  appId: hex,
  epoch: bigint,
  notBefore: bigint,
  notAfter: bigint,
  publicKey: hex,
  evidence: hex,
})

const urlSchema: z.ZodType<EnclaveUrl & { signature: Hex }> = z.object({
  signer: address,
  version: bigint,
  url: z.url(),
  signature: hex,
})

async function readJson(url: string, init?: RequestInit): Promise<unknown> {
  const response = await fetch(url, { signal: AbortSignal.timeout(15_000), ...init })
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
  return response.json()
}

export async function readEnclaveKeys(enclaveUrl: string): Promise<EnclaveKeyList> {
  return keysSchema.parse(await readJson(`${enclaveUrl}/v1/keys`))
}

/** What the registry wants to see for one epoch, evidence included. */
export async function requestAttestation(
  enclaveUrl: string,
  { chainId, contracts }: Deployment,
  epoch: bigint,
): Promise<Registration> {
  const body = JSON.stringify({ chainId, registry: contracts.registry, epoch: epoch.toString() })
  const headers = { 'content-type': 'application/json' }
  return registrationSchema.parse(await readJson(`${enclaveUrl}/v1/attestation`, { method: 'POST', headers, body }))
}

/** Where the enclave says that it is reached, signed for the registry. */
export async function readEnclaveUrl(enclaveUrl: string): Promise<EnclaveUrl & { signature: Hex }> {
  return urlSchema.parse(await readJson(`${enclaveUrl}/v1/url`))
}
