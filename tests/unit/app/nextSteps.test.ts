import { describe, expect, it } from 'vitest'
import { nextMoment } from '../../../app/_data/nextMoment'
import type { AuctionPhase } from '../../../app/_data/phase'
import { nextSteps, type Role } from '../../../app/auctions/[id]/nextSteps'
import { PRICING_RULES } from '../../../lib/protocol/constants'

const ROLES: Role[] = ['visitor', 'bidder', 'winner', 'loser', 'seller']
const PHASES: AuctionPhase[] = ['open', 'closing', 'closed', 'overdue', 'settled', 'final', 'voided']
const facts = { rule: 'SECOND_PRICE', sold: true, bids: 3, late: false } as const
const say = (change: Partial<Parameters<typeof nextSteps>[0]>) => {
  const { title, lines } = nextSteps({ role: 'visitor', phase: 'open', ...facts, ...change })
  return [title, ...lines].join(' ')
}

describe('nextSteps', () => {
  it('has words for everyone in every phase', () => {
    for (const phase of PHASES) {
      for (const role of ROLES) {
        for (const rule of PRICING_RULES) {
          for (const [sold, bids, late] of [
            [true, 3, false],
            [false, 0, true],
          ] as const) {
            const { title, lines } = nextSteps({ role, phase, rule, sold, bids, late })
            expect(title).not.toBe('')
            expect(lines.length).toBeGreaterThan(0)
          }
        }
      }
    }
  })

  it('never tells a bidder that he leads: nobody can know', () => {
    expect(say({ role: 'bidder' })).toContain('Nobody, you included, can know who is ahead.')
  })

  it('advises by the rule', () => {
    expect(say({})).toContain('pays the second price')
    expect(say({ rule: 'FIRST_PRICE' })).toContain('pays what he bid')
  })

  it('says what is late, what is safe and what happens next', () => {
    const late = say({ phase: 'closed', late: true, role: 'bidder' })
    expect(late).toContain('The settlement is late')
    expect(late).toContain('everyone is refunded in full')
    expect(late).toContain('What you locked is safe')
    expect(say({ phase: 'closed' })).not.toContain('late')
  })

  it('does not promise money before the challenge window is over', () => {
    for (const role of ROLES) expect(say({ phase: 'settled', role })).toContain('Nothing is paid out before')
  })

  it('tells winner, loser and seller what each gets', () => {
    expect(say({ phase: 'final', role: 'winner' })).toContain('The lot goes to your wallet')
    expect(say({ phase: 'final', role: 'loser' })).toContain('All that you locked goes back')
    expect(say({ phase: 'final', role: 'seller' })).toContain('The price goes to your balance')
    expect(say({ phase: 'final', role: 'seller', sold: false })).toContain('The lot goes back to your wallet')
  })
})

describe('nextMoment', () => {
  const times = { params: { closesAt: 10, settleBy: 20 }, settlement: { challengeUntil: 30 }, voided: false }

  it('counts down to the close, the last settlement and the end of the challenge window', () => {
    expect(nextMoment('open', times)).toMatchObject({ what: 'Closes in', at: 10 })
    expect(nextMoment('closing', times)).toMatchObject({ at: 10, due: 'Closing, waiting for a block' })
    expect(nextMoment('closed', times)).toMatchObject({ what: 'Must settle within', at: 20 })
    expect(nextMoment('settled', times)).toMatchObject({ what: 'Final in', at: 30 })
  })

  it.each(['overdue', 'final', 'voided'] as const)('has nothing to wait for once %s', (phase) => {
    expect(nextMoment(phase, times)).toBeNull()
  })
})
