import { decodeFunctionData, toFunctionSelector, getAbiItem, type Hex } from 'viem'
import { sealedAuctionsAbi } from '../abi/sealedAuctions'

const SELECTOR = toFunctionSelector(getAbiItem({ abi: sealedAuctionsAbi, name: 'settle' })).slice(2)

/**
 * The enclave's signature of an auction's settlement, out of the data of the transaction that settled it: a call of
 * `settle`, or one of another contract with that call in it. Whose it is, nobody has checked here.
 *
 * @returns null where the data holds no such call.
 */
export function settlementSignatureIn(input: Hex, id: Hex): Hex | null {
  for (let at = input.indexOf(SELECTOR, 2); at !== -1; at = input.indexOf(SELECTOR, at + 1)) {
    const call = decodeSettle(`0x${input.slice(at)}`)
    if (call?.id === id) return call.signature
  }
  return null
}

function decodeSettle(data: Hex): { id: Hex; signature: Hex } | null {
  try {
    const { functionName, args } = decodeFunctionData({ abi: sealedAuctionsAbi, data })
    return functionName === 'settle' ? { id: args[0].id, signature: args[1] } : null
  } catch {
    return null
  }
}
