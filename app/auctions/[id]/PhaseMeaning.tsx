'use client'

import { phaseOf, PHASES, type PhaseInput } from '../../_data/phase'
import { useChainClock } from '../../_data/useChainClock'

/** What the phase means, in a line. */
export function PhaseMeaning({ facts, madeAt }: { facts: PhaseInput; madeAt: number }) {
  return <p className="text-muted mt-1 text-sm">{PHASES[phaseOf(facts, useChainClock(madeAt))].meaning}</p>
}
