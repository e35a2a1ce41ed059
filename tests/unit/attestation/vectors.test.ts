import { describe, expect, it } from 'vitest'
import { CHECKS } from '../../../lib/protocol/attestation/checks'
import { parseCompletePolicy } from '../../../lib/protocol/attestation/completePolicy'
import { check, DSTACK, DSTACK_POLICY, TDX, verify } from './support/vectors'

const TDX_ENDS = 1_752_919_235

describe('real evidence', () => {
  it('holds at its time: a TDX quote under Intel’s root', async () => {
    const verdict = await verify(TDX)
    expect(verdict).toMatchObject({ ok: true, code: null, root: 'intel', tcbStatus: 'UpToDate', app: null })
    expect(verdict.report).toMatchObject({ tee: 'tdx', quoteVersion: 4, rtmr3: '00'.repeat(48) })
    expect(verdict.validUntil).toBe(TDX_ENDS)
  })

  it('has every check, in order, each of its own code', async () => {
    const { checks } = await verify(TDX)
    expect(checks.map(({ name }) => name)).toEqual(Object.keys(CHECKS))
    const codes = Object.values(CHECKS).map(([code]) => code)
    expect(new Set(codes).size).toBe(codes.length)
  })

  it('no longer holds once the TCB info has expired', async () => {
    const verdict = await verify({ ...TDX, at: 1_752_969_600 })
    expect(verdict).toMatchObject({ ok: false, code: 'CRL_EXPIRED', validUntil: null })
    expect(check(verdict, 'tcb-info-freshness')).toMatchObject({ ok: false, code: 'TCB_INFO_EXPIRED' })
    expect(check(verdict, 'qe-identity-freshness')).toMatchObject({ ok: false, code: 'QE_IDENTITY_EXPIRED' })
  })

  it('holds until the second that it says', async () => {
    expect(await verify({ ...TDX, at: TDX_ENDS })).toMatchObject({ ok: true })
    expect(await verify({ ...TDX, at: TDX_ENDS + 1 })).toMatchObject({ ok: false, code: 'CRL_EXPIRED' })
  })

  it('does not hold before it was issued, nor long after', async () => {
    const before = await verify({ ...TDX, at: 1_750_000_000 })
    expect(check(before, 'tcb-info-freshness').ok).toBe(false)
    expect(check(before, 'crl-freshness').ok).toBe(false)
    expect(await verify({ ...TDX, at: 2_600_000_000 })).toMatchObject({ ok: false, code: 'CERTIFICATE_EXPIRED' })
    expect(await verify({ ...TDX, at: 1_500_000_000 })).toMatchObject({ ok: false, code: 'CERTIFICATE_EXPIRED' })
  })

  it('tells a dstack machine’s app from its event log', async () => {
    const verdict = await verify(DSTACK)
    expect(verdict).toMatchObject({ ok: true, tcbStatus: 'UpToDate' })
    expect(verdict.app).toEqual({
      appId: '3763bc34552cf3a27ff71ad5f7a90471562a1a2d',
      composeHash: '3763bc34552cf3a27ff71ad5f7a90471562a1a2df552dfc1998cba2d60da27e7',
      keyProvider: 'local-sgx',
      keyProviderId: '1b7a49378403249b6986a907844cab0921eca32dd47e657f3c10311ccaeccf8b',
    })
    expect(check(verdict, 'rtmr-replay')).toMatchObject({ ok: true, detail: 'RTMR0, RTMR1, RTMR2' })
    expect(check(verdict, 'event-duplicates').detail).not.toContain('LIUM_MINER_HOTKEY')
  })

  it('meets a policy that names all of it', async () => {
    const { report, app } = await verify(DSTACK)
    if (report?.tee !== 'tdx' || !app) throw new Error('no report')
    const { mrtd, rtmr0, rtmr1, rtmr2, reportData } = report
    expect(DSTACK_POLICY.measurements).toEqual([{ mrtd, rtmr0, rtmr1, rtmr2 }])
    const policy = parseCompletePolicy({
      ...DSTACK_POLICY,
      composeHashes: [`0x${app.composeHash.toUpperCase()}`],
      reportData,
      mrConfigIds: ['00'.repeat(48)],
      acceptedAdvisories: [],
      minimumTcbEvaluationDataNumber: 18,
    })
    const verdict = await verify({ ...DSTACK, policy })
    expect(verdict).toMatchObject({ ok: true, policy: 'complete' })
    expect(verdict.checks.filter(({ ok }) => ok === null).map(({ name }) => name)).toEqual([
      'mrenclave',
      'mrsigner',
      'registry-entry',
      'registry-app',
    ])
  })

  it('is not met by the evidence of another platform', async () => {
    const verdict = await verify({ ...TDX, collateral: DSTACK.collateral, at: DSTACK.at })
    expect(verdict).toMatchObject({ ok: false, code: 'PLATFORM_MISMATCH' })
  })
})
