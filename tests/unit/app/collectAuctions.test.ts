import { describe, expect, it } from 'vitest'
import { collectAuctions, joinPages, PHASE_ORDER } from '../../../app/_data/collectAuctions'
import type { AuctionSummary, Phase } from '../../../app/api/v1/_schemas/auction'

const auction = (id: string) => ({ id }) as unknown as AuctionSummary
const house: Partial<Record<Phase, string[]>> = {
  open: ['o1', 'o2'],
  settled: ['s1', 's2', 's3'],
  voided: ['v1'],
}

/** Two auctions a page, as the API would: the cursor is the place in the phase's list. */
function fetchPhase(phase: Phase, cursor: string | null) {
  const all = house[phase] ?? []
  const start = Number(cursor ?? 0)
  const more = start + 2 < all.length
  return Promise.resolve({
    auctions: all.slice(start, start + 2).map(auction),
    nextCursor: more ? String(start + 2) : null,
  })
}

const START = { index: 0, cursor: null }
const idsOf = (auctions: AuctionSummary[]) => auctions.map(({ id }) => id as string)

describe('collectAuctions', () => {
  it('shows open ones first and void ones last, page by page, and each once', async () => {
    const first = await collectAuctions(fetchPhase, PHASE_ORDER, START, 3)
    expect(idsOf(first.auctions)).toEqual(['o1', 'o2', 's1', 's2'])
    const second = await collectAuctions(fetchPhase, PHASE_ORDER, first.next!, 3)
    expect(idsOf(second.auctions)).toEqual(['s3', 'v1'])
    expect(second.next).toBeNull()
  })

  it('ends with its phase where there is one, even an empty one', async () => {
    expect(await collectAuctions(fetchPhase, ['closed'], START, 3)).toEqual({ auctions: [], next: null })
    expect((await collectAuctions(fetchPhase, ['open'], START, 2)).next).toBeNull()
  })
})

describe('joinPages', () => {
  it('shows an auction once that changed its phase between two requests', () => {
    const pages = [
      { auctions: [auction('a'), auction('b')], next: START },
      { auctions: [auction('b'), auction('c')], next: null },
    ]
    expect(idsOf(joinPages(pages))).toEqual(['a', 'b', 'c'])
  })
})
