import { Counter, Gauge, Histogram, type Registry } from 'prom-client'

export type IndexerMetrics = ReturnType<typeof createIndexerMetrics>

/** What the indexer tells Prometheus, besides Node's own gauges. */
export function createIndexerMetrics(registry: Registry) {
  const registers = [registry]
  const gauge = (name: string, help: string) => new Gauge({ name: `subrosa_indexer_${name}`, help, registers })
  const counter = (name: string, help: string) => new Counter({ name: `subrosa_indexer_${name}`, help, registers })
  return {
    leader: gauge('leader', '1 while this process leads and writes, 0 while it stands by'),
    block: gauge('block', 'Number of the last block indexed by this process'),
    lagBlocks: gauge('lag_blocks', 'Blocks that the chain is ahead of the index'),
    lagSeconds: gauge('lag_seconds', 'Chain time that the head is ahead of the index'),
    rangeBlocks: gauge('range_blocks', 'Blocks that the next request of a backfill spans'),
    mismatches: gauge('mismatches', 'Auctions and batches whose recomputed accumulator differs from the contract'),
    disputedBlocks: gauge('disputed_blocks', 'Indexed blocks about whose logs the node contradicted itself'),
    events: new Counter({
      ...{ name: 'subrosa_indexer_events_total', help: 'Events indexed by this process' },
      ...{ labelNames: ['kind'] as const, registers },
    }),
    reorgs: counter('reorgs_total', 'Reorganisations that took blocks back'),
    reorgDepth: new Histogram({
      ...{ name: 'subrosa_indexer_reorg_depth_blocks', help: 'Blocks by which the cursor went back' },
      ...{ buckets: [1, 2, 3, 5, 10, 30, 100, 1_000], registers },
    }),
    disputes: counter('disputes_total', 'Times that logs, bloom filter and receipts of a block disagreed'),
    unchecked: counter('unchecked_blocks_total', 'Blocks with events whose receipts the node does not serve'),
    bundles: fileMetrics(registry, 'bundle', 'a proof bundle'),
    carriedLists: fileMetrics(registry, 'carried_list', 'a batch’s list'),
    evidenceMissing: gauge(
      'evidence_missing',
      'Live enclaves whose event log or collateral is not kept, or does not hold',
    ),
    evidenceFetches: new Counter({
      ...{ name: 'subrosa_indexer_evidence_fetches_total', help: 'Attempts to fetch an enclave’s evidence' },
      ...{ labelNames: ['outcome'] as const, registers },
    }),
    rpcErrors: counter('rpc_errors_total', 'Requests to the node that failed'),
    failedRounds: counter('failed_rounds_total', 'Rounds of indexing that failed and were tried again'),
  }
}

export type FileMetrics = ReturnType<typeof fileMetrics>

/** Of files that settlements name by their hash. @param what As the help names one. */
function fileMetrics(registry: Registry, name: string, what: string) {
  const registers = [registry]
  return {
    settlements: new Gauge({
      ...{ name: `subrosa_indexer_${name}s`, help: `Settlements that name ${what}, by whether it is here` },
      ...{ labelNames: ['state'] as const, registers },
    }),
    fetches: new Counter({
      ...{ name: `subrosa_indexer_${name}_fetches_total`, help: `Attempts to fetch ${what}` },
      ...{ labelNames: ['outcome'] as const, registers },
    }),
  }
}
