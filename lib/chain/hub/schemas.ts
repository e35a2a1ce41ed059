import { getAddress, isAddress, type Address, type Hex } from 'viem'
import { z } from 'zod'

/** Shapes of what `@polkadot/api` decodes by the chain's metadata, in its JSON form: large integers as hex. */

const hex = z
  .string()
  .regex(/^0x([0-9a-fA-F]{2})*$/)
  .transform((value) => value as Hex)
export const hubHash = z
  .string()
  .regex(/^0x[0-9a-fA-F]{64}$/)
  .transform((value) => value as Hex)
export const hubInteger = z
  .union([z.number().int().nonnegative(), z.string().regex(/^(0x[0-9a-fA-F]+|\d+)$/)])
  .transform((value) => BigInt(value))
export const hubAddress = z
  .string()
  .refine((value) => isAddress(value, { strict: false }))
  .transform((value): Address => getAddress(value))

/** Computation and proof size, the two sides of a weight. */
export const hubWeight = z.object({ refTime: hubInteger, proofSize: hubInteger })
export type HubWeight = z.output<typeof hubWeight>

/** What storing takes from the caller, or gives back, in plancks: positive is a charge. */
const storageDeposit = z
  .union([z.object({ charge: hubInteger }), z.object({ refund: hubInteger })])
  .transform((deposit) => ('charge' in deposit ? deposit.charge : -deposit.refund))

/** Either side of a runtime `Result`, whatever the error is. */
const resultOf = <T extends z.ZodType>(ok: T) => z.union([z.object({ ok }), z.object({ err: z.unknown() })])

/** Bit 0 says that the contract reverted; then `data` is why. */
const execution = z.object({ flags: z.union([z.number(), z.object({ bits: z.number() })]), data: hex })

const dryRunOf = <T extends z.ZodType>(ok: T) =>
  z.object({ gasRequired: hubWeight, storageDeposit, result: resultOf(ok) })

/** `reviveApi.call`. */
export const hubCallResult = dryRunOf(execution)

/** `reviveApi.instantiate`. */
export const hubInstantiateResult = dryRunOf(z.object({ result: execution, addr: hubAddress }))

/** `reviveApi.ethTransact`: `ethGas` in gas at the runtime's gas price. */
export const hubEthTransactResult = z.union([
  z.object({ ok: z.object({ gasRequired: hubWeight, storageDeposit: hubInteger, ethGas: hubInteger, data: hex }) }),
  z.object({ err: z.union([z.object({ data: hex }), z.object({ message: z.string() })]) }),
])

/** `revive.ContractEmitted`, its fields in order. */
export const hubContractEmitted = z.tuple([hubAddress, hex, z.array(hubHash)])

/** `revive.Instantiated`: who, and the contract. */
export const hubInstantiated = z.tuple([hubAddress, hubAddress])

/** `transactionPayment.TransactionFeePaid`: who, the fee in plancks, the tip. */
export const hubFeePaid = z.tuple([z.string(), hubInteger, hubInteger])

/** `balances` and `timestamp`: a bare integer. */
export const hubBytes = hex
