'use client'

import { phaseOf, type PhaseInput } from '../_data/phase'
import { useChainClock } from '../_data/useChainClock'
import { PhaseTag } from './PhaseTag'

/** An auction's phase in a word, as the chain's clock has it now. @param madeAt Chain time the page was made at. */
export function LivePhaseTag({ facts, madeAt }: { facts: PhaseInput; madeAt: number }) {
  return <PhaseTag phase={phaseOf(facts, useChainClock(madeAt))} />
}
