import type { BookEventOf } from '../../chain/book/events'
import type { Fill } from '../../protocol/book/settlement'
import { batchKey, type FillTip, type MarketTip } from '../../db/book/tips'
import { toDecimal } from '../../db/numbers'
import { feeOf } from '../../protocol/clearing/margin'
import { IndexGapError } from '../errors'
import { placeOf } from './placeOf'
import { batchOf, type BookFold } from './toBookRows'

/** A settlement with its fills. One that names other leaves than are indexed is noted in `mismatches`. */
export function addSettlement(fold: BookFold, event: BookEventOf<'BatchSettled'>, market: MarketTip): void {
  const { rows, tips } = fold
  const [marketId, { batchId, blockNumber, blockHash, challengeUntil, settlement }] = [event.id.toLowerCase(), event]
  const batch = batchOf(fold, event)
  if (settlement.acc.toLowerCase() !== batch.acc || settlement.count !== batch.count) {
    fold.mismatches.push(batchKey({ marketId, batchId }))
  }
  const { round, acc, count, price, fillsHash, carriedHash, proofHash } = settlement
  const fills = event.fills.map((fill) => valueOf(fill, price, market))
  const bought = fills.filter(({ sell }) => !sell)
  const sum = (values: bigint[]) => toDecimal(values.reduce((total, value) => total + value, 0n))
  rows.batchSettlements.push({
    ...{ ...placeOf(event), blockNumber, marketId, batchId, round, signer: event.signer.toLowerCase() },
    ...{ acc, count, clearingPrice: price, fillsHash, carriedHash, proofHash, challengeUntil },
    fillCount: fills.length,
    lots: sum(bought.map(({ lots }) => BigInt(lots))),
    paid: sum(bought.map(({ payment }) => payment)),
  })
  for (const { payment, fee, ...fill } of fills) {
    rows.fills.push({
      ...{ marketId, batchId, round, blockHash, ...fill },
      ...{ payment: toDecimal(payment), fee: toDecimal(fee) },
    })
  }
  tips.fills.set(batchKey({ marketId, batchId }), fills)
}

function valueOf({ leaf, trader, sell, lots }: Fill, price: number, { tickSize, feeBps }: MarketTip): FillTip {
  const payment = BigInt(price) * BigInt(lots) * tickSize
  const fee = feeOf(payment, BigInt(feeBps))
  return { leaf: leaf.toLowerCase(), trader: trader.toLowerCase(), sell, lots, payment, fee }
}

/** The fills of a final batch, applied to margins as the contract does it. */
export function finalize(fold: BookFold, event: BookEventOf<'BatchFinalized'>, market: MarketTip): void {
  const { rows, tips } = fold
  const [marketId, { batchId, blockNumber, blockHash, logIndex }] = [event.id.toLowerCase(), event]
  batchOf(fold, event)
  const fills = tips.fills.get(batchKey({ marketId, batchId }))
  if (!fills) throw new IndexGapError(marketId, `batch ${batchId} is final, and no settlement of it is indexed`)
  rows.batchEnds.push({ ...placeOf(event), blockNumber, marketId, batchId, fees: toDecimal(event.fees) })
  for (const [part, { trader, sell, lots, payment, fee }] of fills.entries()) {
    const base = BigInt(lots) * market.lotSize
    const [gained, spent] = sell ? [-base, payment - fee] : [base, -(payment + fee)]
    rows.marginChanges.push({
      ...{ blockHash, logIndex, part, marketId, trader },
      ...{ base: toDecimal(gained), quote: toDecimal(spent) },
    })
  }
}
