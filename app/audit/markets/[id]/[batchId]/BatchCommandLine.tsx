'use client'

import type { Hex } from 'viem'
import { useNetwork } from '../../../../_data/network'
import { CommandBox } from '../../../CommandBox'

/** The same checks of a batch on the command line. */
export function BatchCommandLine({ marketId, batchId }: { marketId: Hex; batchId: number }) {
  const { rpcUrl, contracts, startBlock } = useNetwork()
  const parts = [
    `npm run -s subrosa -- verify batch ${marketId} ${batchId}`,
    `--rpc ${rpcUrl}`,
    `--contract ${contracts.book} --from-block ${startBlock}`,
  ]
  return (
    <CommandBox parts={parts}>
      The same checks on the command line, from your own copy of the source and a node of your own in place of this one.
    </CommandBox>
  )
}
