import { describe, expect, it } from 'vitest'
import { batchQuery, parseBatchFilters, parseBatchNumber } from '../../../app/audit/markets/batchFilters'
import { batchCheckInWords } from '../../../app/audit/markets/[id]/[batchId]/batchCheckInWords'
import { batchVerdictInWords } from '../../../app/audit/markets/[id]/[batchId]/batchVerdictInWords'
import type { BatchEvidence } from '../../../lib/protocol/book/batchEvidence'
import { verifyBatch } from '../../../lib/protocol/book/verifyBatch'
import { END, evidenceOf, finalizeFirst, settleFirst } from '../book/batchWorld'

const wordsOf = async (evidence: BatchEvidence) => batchVerdictInWords(await verifyBatch(evidence))

describe('a batch’s verdict in words', () => {
  it('is good, and says what is the enclave’s word, that it is not final, and that an order was spoiled', async () => {
    const evidence = await evidenceOf()
    const { tone, title, lines } = await wordsOf(evidence)
    expect({ tone, title }).toEqual({ tone: 'good', title: 'All that the chain can show of this batch is right.' })
    const text = lines.join(' ')
    expect(text).toMatch('2 orders were filled, all at one price')
    expect(text).toMatch('1 order was not validly sealed')
    expect(text).toMatch('not final yet')
    expect(text).toMatch('nobody else can see')
    const { checks } = await verifyBatch(evidence)
    for (const check of checks) expect(batchCheckInWords(check), check.name).toMatch(/\?$/)
  })
  it('is bad where a check fails, and names it', async () => {
    const { tone, lines } = await wordsOf({ ...(await evidenceOf()), isSignerAdmitted: false })
    expect(tone).toBe('bad')
    expect(lines[0]).toMatch(/1 of 17 checks failed: signer\./)
  })
  it('is good of a void batch, and neither of one that waits', async () => {
    const settled = await evidenceOf()
    const waiting = { ...settled, steps: [settleFirst(), finalizeFirst()], isSignerAdmitted: false }
    expect(await wordsOf({ ...waiting, now: END + 60n })).toMatchObject({
      tone: 'good',
      title: expect.stringContaining('void') as string,
    })
    expect(await wordsOf({ ...waiting, now: END + 1n })).toMatchObject({
      tone: 'plain',
      title: expect.stringContaining('nothing to check yet') as string,
    })
    const wrong = { ...waiting, now: END + 1n, market: { ...settled.market, nonce: 9n } }
    expect(await wordsOf(wrong)).toMatchObject({ tone: 'bad' })
  })
})

describe('the address of the list of batches', () => {
  it('is read as it is written, and takes what it does not know for nothing', () => {
    const filters = { market: `0x${'ab'.repeat(32)}`, traded: true, before: 12 } as const
    expect(parseBatchFilters(Object.fromEntries(new URLSearchParams(batchQuery(filters))))).toEqual(filters)
    const none = { market: null, traded: false, before: null }
    expect(parseBatchFilters({ market: '0x12', traded: 'yes', before: ['1'] })).toEqual(none)
    expect(batchQuery(none)).toBe('')
    for (const text of ['0', '-1', '1.5', '1e3', ' 1', '9'.repeat(16)]) expect(parseBatchNumber(text), text).toBeNull()
  })
})
