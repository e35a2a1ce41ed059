import { decodeFunctionData, getAbiItem, toFunctionSelector, type Hex } from 'viem'
import { hiddenBookAbi } from '../abi/hiddenBook'
import { sealedAuctionsAbi } from '../abi/sealedAuctions'

const SETTLE = toFunctionSelector(getAbiItem({ abi: sealedAuctionsAbi, name: 'settle' }))
const SETTLE_BATCH = toFunctionSelector(getAbiItem({ abi: hiddenBookAbi, name: 'settleBatch' }))

/**
 * The enclave's signature of an auction's settlement, out of the data of the transaction that settled it: a call of
 * `settle`, or one of another contract with that call in it. Whose it is, nobody has checked here.
 *
 * @returns null where the data holds no such call.
 */
export function settlementSignatureIn(input: Hex, id: Hex): Hex | null {
  return findCall(input, SETTLE, (data) => {
    const { functionName, args } = decodeFunctionData({ abi: sealedAuctionsAbi, data })
    return functionName === 'settle' && args[0].id === id ? args[1] : null
  })
}

/** The same of a batch, whose call is `settleBatch`. PROTOCOL.md section 11. */
export function batchSignatureIn(input: Hex, marketId: Hex, batchId: bigint): Hex | null {
  return findCall(input, SETTLE_BATCH, (data) => {
    const { functionName, args } = decodeFunctionData({ abi: hiddenBookAbi, data })
    if (functionName !== 'settleBatch') return null
    return args[0].marketId === marketId && args[0].batchId === batchId ? args[1] : null
  })
}

/** What `read` finds in the first call of that selector in which it finds anything. */
function findCall(input: Hex, selector: Hex, read: (call: Hex) => Hex | null): Hex | null {
  const digits = selector.slice(2)
  for (let at = input.indexOf(digits, 2); at !== -1; at = input.indexOf(digits, at + 1)) {
    try {
      const found = read(`0x${input.slice(at)}`)
      if (found !== null) return found
    } catch {
      // Bytes that happen to read like the selector.
    }
  }
  return null
}
