'use client'

import type { Hex } from 'viem'
import { CheckPanel } from '../../../CheckPanel'
import { CheckRows } from '../../../CheckRows'
import { useLiveCheck } from '../../../useLiveCheck'
import { VerdictPanel } from '../../../VerdictPanel'
import { batchCheckInWords } from './batchCheckInWords'
import { batchVerdictInWords } from './batchVerdictInWords'
import { checkBatch } from './checkBatch'

/** The checks of a batch, run by the reader's own browser when he asks for it. */
export function BatchLiveCheck({ marketId, batchId }: { marketId: Hex; batchId: number }) {
  const check = useLiveCheck((network, report, signal) => checkBatch(marketId, batchId, network, report, signal))
  return (
    <CheckPanel
      {...check}
      counted="sealed orders"
      intro="Your browser reads the whole history of the market from the chain, every order, deposit and settlement, and works out again what the contract should hold. It asks this site for nothing but the enclave’s list of what became of each order, whose hash the enclave signed."
    >
      {({ verdict, ...where }) => (
        <>
          <VerdictPanel words={batchVerdictInWords(verdict)} {...where} />
          <CheckRows title="Each check, and what was found" checks={verdict.checks} words={batchCheckInWords} />
        </>
      )}
    </CheckPanel>
  )
}
