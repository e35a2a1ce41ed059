import { isAddressEqual, type Address } from 'viem'

/** Who registers, in the local chain's demo, a key whose enclave is thrown away at once. One of the published test accounts. */
export const LOST_ENCLAVE_OPERATOR: Address = '0xD4A1E660C916855229e1712090CcfD8a424A2E33'

/** Whether a key is there to show what becomes of an auction whose enclave is gone: nowhere but on the local chain. */
export function isLostEnclave(chainId: number, operator: Address): boolean {
  return chainId === 31337 && isAddressEqual(operator, LOST_ENCLAVE_OPERATOR)
}
