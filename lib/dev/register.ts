import { getAddress, isAddress, isHex, type Address, type Hex } from 'viem'
import { z } from 'zod'
import { registerKeyCall, type Registration } from '../chain/calls/registerKey'
import type { Deployment } from '../chain/deployment'
import { openEvmConnection } from '../chain/evm/connection'
import { openEvmSender } from '../chain/evm/sender'
import { readIsActiveSigner } from '../chain/sealingKeys'
import { ACCOUNT, localAccount } from './accounts'

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
  epochs: z.array(z.object({ epoch: z.string(), keyId: hex })).min(1),
})

const registrationSchema: z.ZodType<Registration> = z.object({
  signer: address,
  epoch: bigint,
  notBefore: bigint,
  notAfter: bigint,
  publicKey: hex,
  evidence: hex,
})

async function readJson(url: string, body?: unknown): Promise<unknown> {
  const response = await fetch(url, {
    signal: AbortSignal.timeout(15_000),
    ...(body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
  return response.json()
}

/** What an operator does for his enclave: submits its evidence for the epochs it offers, unless they are registered. */
export async function registerEnclave({
  rpcUrl,
  enclaveUrl,
  deployment,
}: {
  rpcUrl: string
  enclaveUrl: string
  deployment: Deployment
}): Promise<void> {
  const { signer, epochs } = keysSchema.parse(await readJson(`${enclaveUrl}/v1/keys`))
  const connection = openEvmConnection(rpcUrl)
  const operator = openEvmSender({ rpcUrl, deployment, account: localAccount(ACCOUNT.enclaveOperator) })
  for (const { epoch, keyId } of epochs) {
    if (await readIsActiveSigner(connection, deployment, keyId, signer)) continue
    const { chainId, contracts } = deployment
    const claim = { chainId, registry: contracts.registry, epoch }
    const registration = registrationSchema.parse(await readJson(`${enclaveUrl}/v1/attestation`, claim))
    await operator.execute(registerKeyCall(deployment, registration))
  }
}
