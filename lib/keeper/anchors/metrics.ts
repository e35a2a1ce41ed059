import { Counter, Gauge, type Registry } from 'prom-client'

export type AnchorEvent = 'sent' | 'anchored' | 'refused' | 'expired' | 'superseded'

export type AnchorMetrics = {
  anchor: (outcome: AnchorEvent) => void
  /** `free`: what the account has, in the chain's smallest unit. */
  show: (values: { due: number; free: bigint }) => void
}

/** What Prometheus is told of anchors, beside the keeper's own metrics. */
export function createAnchorMetrics(registry: Registry): AnchorMetrics {
  const registers = [registry]
  const anchors = new Counter({
    name: 'keeper_anchors_total',
    help: 'Anchors of settlements on the second chain, and what happened to them',
    labelNames: ['outcome'],
    registers,
  })
  const due = new Gauge({ name: 'keeper_anchors_due', help: 'Settlements that are not anchored yet', registers })
  const free = new Gauge({ name: 'keeper_anchor_balance_planck', help: 'What the anchoring account has', registers })
  return {
    anchor: (outcome) => anchors.inc({ outcome }),
    show(values) {
      due.set(values.due)
      free.set(Number(values.free))
    },
  }
}
