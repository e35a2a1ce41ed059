import { describe, expect, it } from 'vitest'
import type { Question } from '../../../app/_attest/judge'
import { rememberVerdicts } from '../../../app/_attest/rememberVerdicts'
import type { Verdict } from '../../../lib/protocol/attestation/verdict'

const entry = {
  ...{ chainId: 31337n, registry: `0x${'ab'.repeat(20)}` as const, signer: `0x${'cd'.repeat(20)}` as const },
  ...{ operator: `0x${'ef'.repeat(20)}` as const, appId: `0x${'5b'.repeat(20)}` as const },
  ...{ epoch: 3n, publicKey: '0x04' as const, notBefore: 1n, notAfter: 2n },
}
const evidence = { quote: Uint8Array.of(1, 2), collateral: { a: 1 }, eventLog: [] }
const question: Question = { ...evidence, at: 100, entry, simulatorRoot: undefined }
const verdict = (ok: boolean) => ({ ok, validUntil: ok ? 200 : null }) as Verdict

function counting(ok = true) {
  const asked: Question[] = []
  const judge = rememberVerdicts((each) => {
    asked.push(each)
    return Promise.resolve(verdict(ok))
  })
  return { asked, judge }
}

describe('a verdict that holds', () => {
  it('is kept for the same evidence, from its time until what it relies on ends', async () => {
    const { asked, judge } = counting()
    for (const at of [100, 150, 199]) expect((await judge({ ...question, at })).ok).toBe(true)
    expect(asked).toHaveLength(1)
    await judge({ ...question, at: 200 })
    await judge({ ...question, at: 99 })
    expect(asked.map(({ at }) => at)).toEqual([100, 200, 99])
  })

  it.each<[string, Partial<Question>]>([
    ['another quote', { quote: Uint8Array.of(1, 3) }],
    ['other collateral', { collateral: { a: 2 } }],
    ['another event log', { eventLog: [1] }],
    ['another entry', { entry: { ...entry, epoch: 4n } }],
    ['another simulator', { simulatorRoot: 'ab'.repeat(32) }],
    ['another app', { entry: { ...entry, appId: `0x${'5c'.repeat(20)}` } }],
  ])('says nothing of %s', async (_what, change) => {
    const { asked, judge } = counting()
    await judge(question)
    await judge({ ...question, ...change })
    expect(asked).toHaveLength(2)
  })
})

it('a refusal is never kept', async () => {
  const { asked, judge } = counting(false)
  await judge(question)
  await judge(question)
  expect(asked).toHaveLength(2)
})
