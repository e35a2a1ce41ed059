import type { ContractFunctionArgs, ContractFunctionName } from 'viem'
import { hiddenBookAbi } from '../../../abi/hiddenBook'
import type { ContractCall } from '../../connection'
import type { BookDeployment } from '../../deployment'
import { contractCall, type Writable } from '../contractCall'

export type BookMethod = ContractFunctionName<typeof hiddenBookAbi, Writable>

/** A message to the order book. `value` in wei. */
export function bookCall<Method extends BookMethod>(
  { contracts }: BookDeployment,
  method: Method,
  args: ContractFunctionArgs<typeof hiddenBookAbi, Writable, Method>,
  value = 0n,
): ContractCall {
  return contractCall({ abi: hiddenBookAbi, to: contracts.book }, method, args, value)
}
