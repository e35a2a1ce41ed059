import { expect, it } from 'vitest'
import { isLostEnclave, LOST_ENCLAVE_OPERATOR } from '../../../app/network/demonstration'
import { ACCOUNT, localAccount } from '../../../lib/dev/accounts'

it('a demonstration is what the seed’s own account registers, and on the local chain alone', () => {
  expect(LOST_ENCLAVE_OPERATOR).toBe(localAccount(ACCOUNT.lostEnclaveOperator).address)
  expect(isLostEnclave(31337, LOST_ENCLAVE_OPERATOR)).toBe(true)
  expect(isLostEnclave(1, LOST_ENCLAVE_OPERATOR)).toBe(false)
  expect(isLostEnclave(31337, localAccount(ACCOUNT.enclaveOperator).address)).toBe(false)
})
