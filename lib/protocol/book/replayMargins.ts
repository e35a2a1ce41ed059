import { isAddressEqual } from 'viem/utils'
import type { Margin, MarketUnits } from '../clearing/margin'
import type { Finding } from '../proof/check'
import type { BatchLog, MoneyLog } from './batchEvidence'
import { fillMoney, isBefore } from './marginAt'
import type { MarketParams } from './market'
import type { ReplayedSettlements, StandingBatch } from './replaySettlements'

/** Every trader's margin by address in lower case, and the first thing wrong with the money. */
export interface ReplayedMargins {
  margins: Map<string, Margin>
  wrong: Finding
}

const TOKENS = ['base', 'quote'] as const

/**
 * Replays what the contract did to margins: deposits, payments, and the fills of final batches. No margin may ever fall
 * below zero, and the creator's fees are what the fills make them. PROTOCOL.md section 11.
 */
export function replayMargins(
  units: MarketUnits,
  params: MarketParams,
  money: readonly MoneyLog[],
  steps: readonly BatchLog[],
  { standing }: ReplayedSettlements,
): ReplayedMargins {
  const ledger = openLedger(units)
  const settled = new Map(standing.map((batch) => [batch.log.batchId, batch]))
  const logs = [...money, ...steps.filter((step) => step.type === 'BatchFinalized')]
  for (const log of logs.sort((a, b) => (isBefore(a, b) ? -1 : 1))) {
    switch (log.type) {
      case 'MarginDeposited':
        if (isAddressEqual(log.token, params.base)) ledger.move(log.trader, log.amount, 0n, 'by a deposit')
        else if (isAddressEqual(log.token, params.quote)) ledger.move(log.trader, 0n, log.amount, 'by a deposit')
        else ledger.fail(`${log.trader} deposited ${log.token}, which the market does not trade`)
        break
      case 'MarginWithdrawn':
        ledger.move(log.trader, -log.base, -log.quote, 'by a withdrawal')
        break
      case 'BatchFinalized': {
        const batch = settled.get(log.batchId)
        if (!batch) break
        const fees = ledger.apply(batch)
        if (fees !== log.fees) ledger.fail(`batch ${log.batchId} took ${log.fees} in fees, its fills make ${fees}`)
        break
      }
      case 'WithdrawalRequested':
        break
    }
  }
  return { margins: ledger.margins, wrong: ledger.wrong() }
}

/** What margins come to once these batches, which are settled and not final, are final too. */
export function projectMargins(
  units: MarketUnits,
  margins: ReadonlyMap<string, Margin>,
  batches: readonly StandingBatch[],
): ReplayedMargins {
  const ledger = openLedger(units, margins)
  for (const batch of batches) ledger.apply(batch)
  return { margins: ledger.margins, wrong: ledger.wrong() }
}

function openLedger(units: MarketUnits, from: ReadonlyMap<string, Margin> = new Map()) {
  const margins = new Map([...from].map(([trader, margin]) => [trader, { ...margin }]))
  let wrong: Finding = null
  const fail = (words: string) => {
    wrong ??= words
  }
  const move = (trader: string, base: bigint, quote: bigint, how: string) => {
    const key = trader.toLowerCase()
    const margin = margins.get(key) ?? { base: 0n, quote: 0n }
    margin.base += base
    margin.quote += quote
    margins.set(key, margin)
    for (const token of TOKENS) {
      if (margin[token] < 0n) fail(`${trader}’s ${token} falls ${-margin[token]} below zero ${how}`)
    }
  }
  return {
    margins,
    move,
    fail,
    wrong: () => wrong,
    /** @returns The fees, in base units of quote. */
    apply({ log: { batchId, settlement, fills } }: StandingBatch): bigint {
      let fees = 0n
      for (const fill of fills) {
        const { base, quote, fee } = fillMoney(units, settlement.price, fill)
        move(fill.trader, base, quote, `in batch ${batchId}`)
        fees += fee
      }
      return fees
    },
  }
}
