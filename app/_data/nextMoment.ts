import type { AuctionPhase, PhaseInput } from './phase'

/** What time will do next to an auction: a label, when (Unix seconds), and what to say once that is due. */
export type NextMoment = { what: string; at: number; due: string }

/** @returns null where nothing more happens by itself. */
export function nextMoment(phase: AuctionPhase, { params, settlement }: PhaseInput): NextMoment | null {
  switch (phase) {
    case 'open':
    case 'closing':
      return { what: 'Closes in', at: params.closesAt, due: 'Closing, waiting for a block' }
    case 'closed':
      return { what: 'Must settle within', at: params.settleBy, due: 'The time to settle is over' }
    case 'settled':
      return { what: 'Final in', at: settlement?.challengeUntil ?? 0, due: 'Final with the next block' }
    case 'overdue':
    case 'final':
    case 'voided':
      return null
  }
}
