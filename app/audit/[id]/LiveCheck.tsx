'use client'

import type { Hex } from 'viem'
import { CheckPanel } from '../CheckPanel'
import { useLiveCheck } from '../useLiveCheck'
import { VerdictPanel } from '../VerdictPanel'
import { CheckList } from './CheckList'
import { checkAuction } from './checkAuction'
import { verdictInWords } from './verdictInWords'

/** The checks of an auction, run by the reader's own browser when he asks for it. */
export function LiveCheck({ id }: { id: Hex }) {
  const check = useLiveCheck((network, report, signal) => checkAuction(id, network, report, signal))
  return (
    <CheckPanel
      {...check}
      counted="bids"
      intro="Your browser reads the bids and the outcome from the chain, downloads the proofs, and checks every one of them here. It takes about a fiftieth of a second a bid, and asks this site for nothing but its copy of the proofs."
    >
      {({ verdict, ...where }) => (
        <>
          <VerdictPanel words={verdictInWords(verdict)} {...where} />
          <CheckList checks={verdict.checks} />
        </>
      )}
    </CheckPanel>
  )
}
