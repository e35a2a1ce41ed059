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
    book: address,
    registry: address,
    verifier: address,
    demoToken: address.optional(),
    demoBase: address.optional(),
    demoLots: address.optional(),
    demoEditions: address.optional(),
  }),
})

export type Deployment = z.output<typeof deploymentSchema>

/** A contract that holds money: the auctions, or the order book. */
export type Room = 'auctions' | 'book'

/** As much of a deployment as work with one room takes: what `readDeployment` finds out without a file. */
export type RoomDeployment<R extends Room> = Pick<Deployment, 'chainId' | 'startBlock'> & {
  contracts: Pick<Deployment['contracts'], R | 'registry' | 'verifier'>
}
export type AuctionDeployment = RoomDeployment<'auctions'>
export type BookDeployment = RoomDeployment<'book'>
/** As much as work with the registry takes. */
export type RegistryDeployment = RoomDeployment<never>

/** Where a contract stands: what every hash of PROTOCOL.md sections 3 to 5 and 11 is bound to. */
export type ContractDomain = { chainId: bigint; contract: Address }

/** The auction contract's domain, as `lib/protocol` takes it. */
export function auctionDomain(deployment: AuctionDeployment): ContractDomain {
  return { chainId: BigInt(deployment.chainId), contract: deployment.contracts.auctions }
}

/** The order book's domain, as `lib/protocol` takes it. */
export function bookDomain(deployment: BookDeployment): ContractDomain {
  return { chainId: BigInt(deployment.chainId), contract: deployment.contracts.book }
}

/** What an enclave's quote must state for an entry of this deployment's registry. PROTOCOL.md section 10. */
export function registryEntryOf(
  { chainId, contracts }: RegistryDeployment,
  { signer, operator, appId, epoch, publicKey, notBefore, notAfter }: Omit<RegistryEntry, 'chainId' | 'registry'>,
): RegistryEntry {
  const where = { chainId: BigInt(chainId), registry: contracts.registry }
  return { ...where, signer, operator, appId, epoch, publicKey, notBefore, notAfter }
}
