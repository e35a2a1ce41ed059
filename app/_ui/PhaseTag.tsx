import { PHASES, type AuctionPhase } from '../_data/phase'
import { Tag } from './Tag'

const TONES = {
  open: 'open',
  closing: 'warn',
  closed: 'plain',
  overdue: 'warn',
  settled: 'plain',
  final: 'plain',
  voided: 'plain',
} as const

/** An auction's phase in a word. */
export function PhaseTag({ phase }: { phase: AuctionPhase }) {
  return <Tag tone={TONES[phase]}>{PHASES[phase].name}</Tag>
}
