'use client'

import { explain } from './problem'
import { ProblemNotice } from './ProblemNotice'

/** Whatever was thrown, in a person's words. Brings the whole list of errors with it, so load it when one happens. */
export function ThrownNotice({ error }: { error: unknown }) {
  return <ProblemNotice problem={explain(error)} />
}
