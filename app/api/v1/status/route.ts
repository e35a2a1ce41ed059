import { countDisputedBlocks } from '../../../../lib/db/blocks'
import { readStats } from '../../../../lib/db/stats'
import { statusEndpoint } from '../_lib/endpoints'
import { toAddress } from '../_lib/hex'
import { serve } from '../_lib/serve'

export { OPTIONS } from '../_lib/cors'

const optional = (address: string | null) => (address === null ? null : toAddress(address))

/** Chain, contracts, totals, and how fresh the index is. */
export const GET = serve(statusEndpoint, async ({ tx, state, now }) => ({
  chainId: Number(state.chainId),
  chainTime: Number(now),
  contracts: {
    auctions: toAddress(state.auctions),
    book: toAddress(state.book),
    registry: toAddress(state.registry),
    verifier: toAddress(state.verifier),
    demoToken: optional(state.demoToken),
    demoBase: optional(state.demoBase),
    demoLots: optional(state.demoLots),
    demoEditions: optional(state.demoEditions),
  },
  simulatedEnclave: state.simulated,
  ...(await readStats(tx, now)),
  disputedBlocks: await countDisputedBlocks(tx),
  disputedBlock: state.disputedBlock === null ? null : Number(state.disputedBlock),
}))
