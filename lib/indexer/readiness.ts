import type { Deployment } from '../chain/deployment'
import { countDisputedBlocks } from '../db/blocks'
import type { Database } from '../db/client'
import { countMismatches } from '../db/stats'
import { readSyncState } from '../db/sync'
import type { Readiness } from '../observe/health'

const MAX_LAG = 5
const MAX_SILENCE_MS = 30_000

/**
 * For `/ready`. The leader: within a few blocks of a head that was seen lately, and nothing in the index that the chain
 * contradicts. A standby: able to take over, as the database answers.
 */
export async function readinessOf(
  db: Database,
  deployment: Deployment,
  role: 'leader' | 'standby',
): Promise<Readiness> {
  const [state, mismatches, disputedBlocks] = await Promise.all([
    readSyncState(db),
    countMismatches(db),
    countDisputedBlocks(db),
  ])
  if (!state) return { ready: role === 'standby', role, reason: 'nothing indexed yet' }
  const indexed = state.cursor?.number ?? BigInt(deployment.startBlock) - 1n
  const lagBlocks = Number(state.head - indexed)
  const silenceMs = Date.now() - state.updatedAt.getTime()
  const reasons = [
    ...(lagBlocks > MAX_LAG ? ['behind the chain'] : []),
    ...(silenceMs > MAX_SILENCE_MS ? ['the chain was not read lately'] : []),
    ...(state.disputedBlock !== null ? ['the node contradicts itself about a block, which is not indexed'] : []),
    ...(disputedBlocks > 0 ? ['events may be missing: the node contradicted itself'] : []),
    ...(mismatches > 0 ? ['accumulators differ from the contract'] : []),
  ]
  return {
    ready: role === 'standby' || reasons.length === 0,
    role,
    reasons,
    head: state.head,
    block: state.cursor?.number ?? null,
    lagBlocks,
    silenceMs,
    mismatches,
    disputedBlock: state.disputedBlock,
    disputedBlocks,
  }
}
