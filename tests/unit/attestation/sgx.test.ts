import { describe, expect, it } from 'vitest'
import { parseQuote } from '../../../lib/protocol/attestation/quote/parseQuote'
import { bootLog } from '../../../lib/enclave/simulator/eventLog'
import { SIMULATED_APP } from '../../../lib/enclave/simulator/makeSimulatedEvidence'
import { makeSgxQuote } from './support/sgx'
import { verifySimulated, withQeIdentity, withTcbInfo, type TcbInfoJson } from './support/simulated'
import { flip } from './support/vectors'

const quote = makeSgxQuote()
const info = (change: (info: TcbInfoJson) => void = () => undefined) =>
  withTcbInfo((json) => {
    json.id = 'SGX'
    change(json)
  })
const change = { ...info(), ...withQeIdentity((json) => (json.id = 'QE')) }

describe('an SGX quote, version 3', () => {
  it('holds with SGX’s collateral', async () => {
    const verdict = await verifySimulated({ quote, change })
    expect(verdict).toMatchObject({
      ok: true,
      tcbStatus: 'UpToDate',
      report: { tee: 'sgx', mrenclave: 'aa'.repeat(32), mrsigner: 'bb'.repeat(32), reportData: '05'.repeat(64) },
    })
  })

  it('does not hold with TDX’s', async () => {
    expect(await verifySimulated({ quote })).toMatchObject({ ok: false, code: 'PLATFORM_MISMATCH' })
    expect(await verifySimulated({ quote, change: info() })).toMatchObject({ ok: false, code: 'QE_IDENTITY_MALFORMED' })
  })

  it('is held against its own allow lists', async () => {
    const policy = { mrEnclaves: ['aa'.repeat(32)], mrSigners: ['bb'.repeat(32)], reportData: '05'.repeat(64) }
    expect(await verifySimulated({ quote, change, policy })).toMatchObject({ ok: true })
    expect(await verifySimulated({ quote, change, policy: { mrEnclaves: [] } })).toMatchObject({
      code: 'MRENCLAVE_UNACCEPTED',
    })
    expect(await verifySimulated({ quote, change, policy: { mrSigners: ['aa'.repeat(32)] } })).toMatchObject({
      code: 'MRSIGNER_UNACCEPTED',
    })
    expect(await verifySimulated({ quote, change, policy: { measurements: [] } })).toMatchObject({
      code: 'MRTD_UNACCEPTED',
    })
  })

  it('of an enclave under debug', async () => {
    const debug = makeSgxQuote(`07${'00'.repeat(15)}`)
    expect(await verifySimulated({ quote: debug, change })).toMatchObject({ ok: false, code: 'DEBUG_ENABLED' })
  })

  it('on a platform below every level', async () => {
    const higher = { ...change, ...info((json) => (json.tcbLevels[0]!.tcb.pcesvn = 14)) }
    expect(await verifySimulated({ quote, change: higher })).toMatchObject({ ok: false, code: 'TCB_LEVEL_UNMATCHED' })
  })

  it('has no event log', async () => {
    const eventLog = bootLog(SIMULATED_APP)
    expect(await verifySimulated({ quote, change, eventLog })).toMatchObject({ ok: false, code: 'EVENT_LOG_MALFORMED' })
  })

  it('has one length, and no padding', () => {
    for (let length = 0; length < quote.length; length += 5) expect(() => parseQuote(quote.slice(0, length))).toThrow()
    for (const count of [1, 70])
      expect(() => parseQuote(Uint8Array.of(...quote, ...new Uint8Array(count)))).toThrow('follow')
  })

  it.each([
    ['version', 0, 'QUOTE_MALFORMED'],
    ['TEE type', 4, 'QUOTE_MALFORMED'],
    ['QE SVN', 8, 'QUOTE_SIGNATURE_INVALID'],
    ['mrEnclave', 48 + 64, 'QUOTE_SIGNATURE_INVALID'],
    ['reserved', 48 + 20, 'QUOTE_MALFORMED'],
    ['reportData', 48 + 320, 'QUOTE_SIGNATURE_INVALID'],
    ['attestation key', 436 + 64, 'ATTESTATION_KEY_UNBOUND'],
    ['QE mrEnclave', 436 + 128 + 64, 'QE_REPORT_SIGNATURE_INVALID'],
  ])('with another %s', async (_what, offset, code) => {
    expect(await verifySimulated({ quote: flip(quote, offset), change })).toMatchObject({ ok: false, code })
  })
})
