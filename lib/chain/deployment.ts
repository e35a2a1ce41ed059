import { getAddress, isAddress, type Address } from 'viem'
import { z } from 'zod'
import type { RegistryEntry } from '../protocol/attestation/reportData'

const address = z
  .string()
  .refine((value) => isAddress(value, { strict: false }), 'must be an address')
  .transform((value): Address => getAddress(value))

/** Where Subrosa's contracts live on one chain, as the deployment file has it. Addresses come out checksummed. */
export const deploymentSchema = z.object({
  chainId: z.number().int().positive(),
  /** First block that can hold an event of the contracts: a decimal string, since blocks are bigints. */
  startBlock: z.string().regex(/^\d+$/, 'must be a decimal block number'),
  contracts: z.object({
    auctions: address,
    registry: address,
    verifier: address,
    demoToken: address.optional(),
    demoLots: address.optional(),
    demoEditions: address.optional(),
  }),
})

export type Deployment = z.output<typeof deploymentSchema>

/** Where a contract stands: what every hash of PROTOCOL.md sections 3 to 5 is bound to. */
export type ContractDomain = { chainId: bigint; contract: Address }

/** The auction contract's domain, as `lib/protocol` takes it. */
export function auctionDomain(deployment: Deployment): ContractDomain {
  return { chainId: BigInt(deployment.chainId), contract: deployment.contracts.auctions }
}

/** What an enclave's quote must state for an entry of this deployment's registry. PROTOCOL.md section 10. */
export function registryEntryOf(
  { chainId, contracts }: Deployment,
  { signer, epoch, publicKey, notBefore, notAfter }: Omit<RegistryEntry, 'chainId' | 'registry'>,
): RegistryEntry {
  return { chainId: BigInt(chainId), registry: contracts.registry, signer, epoch, publicKey, notBefore, notAfter }
}
