'use client'

import { useSyncExternalStore } from 'react'
import type { Hex } from 'viem'
import { useNetwork } from '../../_data/network'
import { CommandBox } from '../CommandBox'

/** The same checks of an auction on the command line. */
export function CommandLine({ id, hasProof }: { id: Hex; hasProof: boolean }) {
  const { rpcUrl, contracts, startBlock, polkadot } = useNetwork()
  const origin = useSyncExternalStore(
    () => () => undefined,
    () => window.location.origin,
    () => '',
  )
  const parts = [
    `npm run -s subrosa -- verify auction ${id}`,
    `--rpc ${rpcUrl}`,
    ...(hasProof ? [`--bundle ${origin}/api/v1/bundles`] : []),
    `--contract ${contracts.auctions} --from-block ${startBlock}`,
    ...(polkadot ? [`--anchor ${polkadot.url}`] : []),
  ]
  return (
    <CommandBox parts={parts}>
      The same checks on the command line, from your own copy of the source and a node of your own in place of this one.
      The bundle may come from anywhere, a file too: its hash is on the chain.
    </CommandBox>
  )
}
