import { bytesToHex } from '@noble/hashes/utils.js'
import type { Checklist } from '../checklist'
import type { AttestationPolicy } from '../policy'
import type { Quote } from '../quote/parseQuote'
import { demand } from '../rejection'

const REGISTERS = ['mrtd', 'rtmr0', 'rtmr1', 'rtmr2'] as const
const NOT_ASKED = 'the policy does not ask'

/** One value held against an allow list, or not asked for. */
export async function checkAllowed(
  list: Checklist,
  name: Parameters<Checklist['skip']>[0],
  value: string,
  allowed: string[] | undefined,
): Promise<void> {
  if (!allowed) {
    list.skip(name, `${NOT_ASKED}; ${value}`)
    return
  }
  const check = () => demand(allowed.includes(value), `${value} is not on the list`)
  await list.run(name, check, () => value)
}

async function checkTdMeasurements(
  list: Checklist,
  values: Record<(typeof REGISTERS)[number], string>,
  sets: NonNullable<AttestationPolicy['measurements']>,
): Promise<void> {
  // Each register narrows the sets that it may be of, so that one build's firmware does not pass with another's kernel.
  let left = sets
  for (const register of REGISTERS) {
    const value = values[register]
    const open = left.filter((set) => set[register] === undefined || set[register] === value)
    if (left.length > 0 && left.every((set) => set[register] === undefined))
      list.skip(register, `${NOT_ASKED}; ${value}`)
    else {
      const check = () => demand(open.length > 0, `${value} is in none of the accepted sets that are left`)
      await list.run(register, check, () => value)
    }
    left = open
  }
}

/** MRTD, RTMR0-2 and MRCONFIGID, or an SGX enclave's measurement and signer, against the policy's allow lists. */
export async function checkMeasurements(list: Checklist, quote: Quote, policy: AttestationPolicy): Promise<void> {
  if (quote.tee === 'sgx') {
    const { mrEnclave, mrSigner } = quote.report
    await checkAllowed(list, 'mrenclave', bytesToHex(mrEnclave), policy.mrEnclaves)
    await checkAllowed(list, 'mrsigner', bytesToHex(mrSigner), policy.mrSigners)
    await refuseForeign(list, REGISTERS, policy.measurements, 'an SGX quote has no')
    await refuseForeign(list, ['config-id'], policy.mrConfigIds, 'an SGX quote has no')
    return
  }
  const [rtmr0, rtmr1, rtmr2] = quote.report.rtmrs
  const values = {
    mrtd: bytesToHex(quote.report.mrTd),
    rtmr0: bytesToHex(rtmr0),
    rtmr1: bytesToHex(rtmr1),
    rtmr2: bytesToHex(rtmr2),
  }
  if (policy.measurements) await checkTdMeasurements(list, values, policy.measurements)
  else for (const register of REGISTERS) list.skip(register, `${NOT_ASKED}; ${values[register]}`)
  await checkAllowed(list, 'config-id', bytesToHex(quote.report.mrConfigId), policy.mrConfigIds)
  await refuseForeign(list, ['mrenclave'], policy.mrEnclaves, 'a TDX quote has no')
  await refuseForeign(list, ['mrsigner'], policy.mrSigners, 'a TDX quote has no')
}

/** A policy for the other kind of enclave is not met by having nothing to compare. */
async function refuseForeign(
  list: Checklist,
  names: readonly Parameters<Checklist['skip']>[0][],
  asked: unknown[] | undefined,
  reason: string,
): Promise<void> {
  for (const name of names) {
    if (asked)
      await list.run(
        name,
        () => demand(false, `${reason} ${name}`),
        () => '',
      )
    else list.skip(name, `${reason} ${name}`)
  }
}
