import type { Suspects } from './readAgain'

/**
 * What the indexer learns while it runs, and may forget. `rangeBlocks`: how many blocks a request spans; grows while
 * nodes answer, shrinks when one refuses (too many blocks, logs or seconds). `prunedBelow`: no empty block is stored
 * below this one. `suspects`: auctions and markets by id, batches by `market/batch`, of which the index may lack something. `disputes`: how often the node
 * contradicted itself about a block, by hash.
 */
export type SyncMemory = {
  rangeBlocks: bigint
  prunedBelow: bigint
  suspects: Suspects
  disputes: Map<string, number>
}

const FIRST_RANGE = 500n

/** For a process that just started. */
export function newMemory(): SyncMemory {
  return { rangeBlocks: FIRST_RANGE, prunedBelow: 0n, suspects: new Map(), disputes: new Map() }
}
