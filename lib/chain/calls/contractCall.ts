import {
  encodeFunctionData,
  type Abi,
  type Address,
  type ContractFunctionArgs,
  type ContractFunctionName,
  type Hex,
} from 'viem'
import type { ContractCall } from '../connection'

export type Writable = 'nonpayable' | 'payable'

/** A message to the contract of `abi` at `to`. `value` in wei. */
export function contractCall<const A extends Abi, Method extends ContractFunctionName<A, Writable>>(
  { abi, to }: { abi: A; to: Address },
  method: Method,
  args: ContractFunctionArgs<A, Writable, Method>,
  value = 0n,
): ContractCall {
  // viem ties `args` to `functionName` for literal names; a generic name loses that tie, which this signature restores.
  const encode = encodeFunctionData as (call: { abi: Abi; functionName: string; args: unknown }) => Hex
  return { to, data: encode({ abi, functionName: method, args }), value, method }
}
