import { Counter, Gauge, type Registry } from 'prom-client'
import type { MinedTransaction } from '../chain/transactionNode'
import { createMetrics } from '../observe/health'

export type TransactionEvent =
  'sent' | 'replaced' | 'succeeded' | 'reverted' | 'cancelled' | 'superseded' | 'reorganised'

export type KeeperMetrics = {
  registry: Registry
  transaction: (task: string, outcome: TransactionEvent) => void
  /** A transaction whose block is final. */
  spent: (task: string, mined: MinedTransaction) => void
  failure: (task: string, code: string) => void
  /** Takes what `/metrics` shows until the next one. Balance in wei, ages in seconds. */
  show: (values: { balance: bigint; due: Map<string, number>; waiting: number; oldestAge: number; lag: bigint }) => void
}

const WEI = 1e18

/** What Prometheus is told. Amounts are in the chain's coin: wei do not fit a float. */
export function createKeeperMetrics(): KeeperMetrics {
  const registry = createMetrics('keeper')
  const registers = [registry]
  const transactions = new Counter({
    name: 'keeper_transactions_total',
    help: 'Transactions by task, and what happened to them',
    labelNames: ['task', 'outcome'],
    registers,
  })
  const gas = new Counter({
    ...{ name: 'keeper_gas_used_total', help: 'Gas of final transactions by task', labelNames: ['task'], registers },
  })
  const paid = new Counter({ name: 'keeper_paid_coins_total', help: 'Fees of final transactions, in coins', registers })
  const failures = new Counter({
    name: 'keeper_failures_total',
    help: 'Tasks that could not be done, by task and error code',
    labelNames: ['task', 'code'],
    registers,
  })
  const balance = new Gauge({ name: 'keeper_balance_coins', help: 'Coins left for fees', registers })
  const due = new Gauge({ name: 'keeper_due_tasks', help: 'Tasks that are due', labelNames: ['task'], registers })
  const waiting = new Gauge({ name: 'keeper_waiting_transactions', help: 'Transactions in no block', registers })
  const age = new Gauge({ name: 'keeper_oldest_waiting_seconds', help: 'Age of the oldest of them', registers })
  const lag = new Gauge({ name: 'keeper_lag_blocks', help: 'Blocks between the newest and the newest read', registers })
  return {
    registry,
    transaction: (task, outcome) => transactions.inc({ task, outcome }),
    spent(task, { gasUsed, gasPrice }) {
      gas.inc({ task }, Number(gasUsed))
      paid.inc(Number(gasUsed * gasPrice) / WEI)
    },
    failure: (task, code) => failures.inc({ task, code }),
    show(values) {
      balance.set(Number(values.balance) / WEI)
      due.reset()
      for (const [task, count] of values.due) due.set({ task }, count)
      waiting.set(values.waiting)
      age.set(values.oldestAge)
      lag.set(Number(values.lag))
    },
  }
}
