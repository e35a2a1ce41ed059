import {
  decodeFunctionResult,
  encodeFunctionData,
  type Abi,
  type ContractFunctionArgs,
  type ContractFunctionName,
  type ContractFunctionReturnType,
  type Hex,
} from 'viem'
import { hiddenBookAbi } from '../../abi/hiddenBook'
import type { BlockId, ChainConnection } from '../connection'
import type { BookDeployment } from '../deployment'

type View = ContractFunctionName<typeof hiddenBookAbi, 'view'>

/** Asks the order book. @param block The newest by default. */
export async function readBook<Method extends View>(
  connection: ChainConnection,
  { contracts }: BookDeployment,
  method: Method,
  args: ContractFunctionArgs<typeof hiddenBookAbi, 'view', Method>,
  block?: BlockId,
): Promise<ContractFunctionReturnType<typeof hiddenBookAbi, 'view', Method>> {
  // As in `contractCall`: a generic name loses the ties that this signature restores.
  const encode = encodeFunctionData as (call: { abi: Abi; functionName: string; args: unknown }) => Hex
  const decode = decodeFunctionResult as (answer: { abi: Abi; functionName: string; data: Hex }) => unknown
  const data = encode({ abi: hiddenBookAbi, functionName: method, args })
  const answer = await connection.call({ to: contracts.book, data, method }, block)
  return decode({ abi: hiddenBookAbi, functionName: method, data: answer }) as ContractFunctionReturnType<
    typeof hiddenBookAbi,
    'view',
    Method
  >
}
