import { Counter, Histogram, type Registry } from 'prom-client'
import { createMetrics } from '../observe/health'

/** What the enclave counts. Nothing here depends on an auction or a batch before its end is final. */
export type EnclaveMetrics = {
  registry: Registry
  /** By `result`: `signed`, or the error's code. */
  settlements: Counter<'result'>
  openingSeconds: Histogram
  bidsOpened: Counter
  /** By `result`, as `settlements`. */
  batches: Counter<'result'>
  batchSeconds: Histogram
  ordersOpened: Counter
  /** By `keeper` (its place in the list) and `result`: `taken`, or `failed`. */
  deliveries: Counter<'keeper' | 'result'>
  /** By `endpoint` (its place in the list) and `fault`. */
  endpointFaults: Counter<'endpoint' | 'fault'>
}

export function createEnclaveMetrics(): EnclaveMetrics {
  const registry = createMetrics('enclave')
  const registers = [registry]
  return {
    registry,
    settlements: new Counter({
      ...{ name: 'subrosa_enclave_settlements_total', help: 'Settlements asked for, by result', registers },
      labelNames: ['result'],
    }),
    openingSeconds: new Histogram({
      ...{ name: 'subrosa_enclave_opening_seconds', help: 'Seconds that opening an auction’s bids took', registers },
      buckets: [0.1, 0.5, 1, 5, 15, 60, 300, 900],
    }),
    bidsOpened: new Counter({ name: 'subrosa_enclave_bids_opened_total', help: 'Bids opened', registers }),
    batches: new Counter({
      ...{ name: 'subrosa_enclave_batches_total', help: 'Batches asked for, by result', registers },
      labelNames: ['result'],
    }),
    batchSeconds: new Histogram({
      ...{ name: 'subrosa_enclave_batch_seconds', help: 'Seconds from a final end to a signed batch', registers },
      buckets: [0.1, 0.25, 0.5, 1, 2, 5, 15, 60],
    }),
    ordersOpened: new Counter({ name: 'subrosa_enclave_orders_opened_total', help: 'Orders opened', registers }),
    deliveries: new Counter({
      ...{ name: 'subrosa_enclave_deliveries_total', help: 'Outcomes handed to keepers', registers },
      labelNames: ['keeper', 'result'],
    }),
    endpointFaults: new Counter({
      ...{ name: 'subrosa_enclave_endpoint_faults_total', help: 'What was wrong with an endpoint', registers },
      labelNames: ['endpoint', 'fault'],
    }),
  }
}
