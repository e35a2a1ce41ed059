import type { Hex } from 'viem'
import { SubrosaError } from '../errors'
import { check, type Check } from '../proof/check'
import {
  namesBundle,
  priceInWords,
  signatureCheck,
  wrongFillsHash,
  wrongKey,
  wrongLeaves,
  wrongMarket,
  wrongPrice,
  wrongSigner,
  wrongStatus,
  wrongStorage,
  wrongTurn,
} from './batchChecks'
import type { BatchEvidence } from './batchEvidence'
import { carriedCheck, hasListBefore, type CarriedLists } from './carriedChecks'
import { UNPROVEN, type BatchVerdict } from './batchVerdict'
import { checkBlobs, type BlobOptions } from './checkBlobs'
import { movedBy, overfilled, uncovered, wrongCounts, wrongFills, wrongSides } from './fillChecks'
import { unitsOf } from './marginAt'
import { wrongMargins } from './marginChecks'
import { replayBatches, type ReplayedBatch, type ReplayedOrder } from './replayBatches'
import { replaySettlements, type ReplayedSettlements, type StandingBatch } from './replaySettlements'
import { unsettledVerdict } from './unsettledBatch'

/** `lists`: left out where nobody had the batch's. */
export type JudgedBatch = BatchEvidence & { lists?: CarriedLists | undefined }

/**
 * Whether a batch of the hidden order book was settled by what the chain can show: its leaves, its settlement's signature,
 * the fills, the one price and its band, and every margin since the market's beginning; and the list of what became of its
 * orders, held against all that. PROTOCOL.md section 11. What each check means: docs/batch-checks.md.
 *
 * Takes some milliseconds an order, for the proof of knowledge in its blob. Bad evidence never throws; aborting does, with
 * the signal's reason.
 *
 * @example
 * const { evidence } = await readBatchEvidence(connection, deployment, marketId, batchId)
 * const { ok, checks, unproven } = await verifyBatch({ ...evidence, lists: { carried, before: null } })
 */
export async function verifyBatch(evidence: JudgedBatch, options: BlobOptions = {}): Promise<BatchVerdict> {
  options.signal?.throwIfAborted()
  try {
    return await judge(evidence, options)
  } catch {
    options.signal?.throwIfAborted()
    return nothingToJudge([{ name: 'evidence', ok: false, detail: 'the data cannot be read' }])
  }
}

async function judge(evidence: JudgedBatch, options: BlobOptions): Promise<BatchVerdict> {
  const market = check('market', wrongMarket(evidence), 'the market’s id and terms are those of its creation')
  const replayed = replay(evidence)
  if (typeof replayed === 'string') return nothingToJudge([market, check('leaves', replayed, '')])
  const { batches, batch, orders } = replayed
  const settlements = replaySettlements(
    evidence.steps,
    batches.map(({ batchId }) => batchId),
    { startsAt: evidence.market.startsAt, ...evidence.market.params },
  )
  const standing = settlements.standing.findLast(({ log }) => log.batchId === evidence.batchId) ?? null
  const whose = standing ? 'signed' : 'contract’s'
  const checks = [
    market,
    check('leaves', wrongLeaves(evidence, batch, standing), `${batch.count} leaves fold to the ${whose} accumulator`),
    check('history', settlements.wrong, 'every settlement, strike and void of the market follows from those before'),
  ]
  if (!standing) return unsettledVerdict(evidence, batch, settlements, checks)

  const { lists, market: created } = evidence
  const { maxOrderAge } = created.params
  const blobs = await checkBlobs(evidence, batch, orders, standing, options)
  checks.push(
    ...(await settlementChecks(evidence, replayed, standing)),
    ...outcomeChecks(evidence, orders, settlements, standing),
    blobs.check,
    ...(lists ? [carriedCheck(lists, { maxOrderAge, batches, orders, settlements, standing }, blobs.invalid)] : []),
    ...moneyChecks(evidence, settlements, standing),
    check('status', wrongStatus(evidence, settlements, standing), statusInWords(settlements, standing)),
  )
  return {
    ok: checks.every(({ ok }) => ok),
    checks,
    status: settlements.finalized.has(evidence.batchId) ? 'final' : 'settled',
    orders: batch.orders.length,
    fills: standing.log.fills.length,
    invalid: blobs.invalid.size,
    unproven: [
      ...(namesBundle(standing) ? ['bundle'] : []),
      ...(lists ? [] : ['carried']),
      ...(lists?.before || !hasListBefore({ settlements, standing }) ? [] : ['carried-before']),
      ...UNPROVEN,
    ],
  }
}

type Replayed = { batches: ReplayedBatch[]; batch: ReplayedBatch; orders: ReadonlyMap<Hex, ReplayedOrder> }

function replay({ domain, marketId, leaves, batchId }: BatchEvidence): Replayed | string {
  try {
    const batches = replayBatches(domain, marketId, leaves)
    const batch = batches.find((one) => one.batchId === batchId)
    if (!batch) return 'none of the market’s orders is of this batch'
    const orders = new Map(batches.flatMap((one) => one.orders.map((order) => [order.leaf, order] as const)))
    return { batches, batch, orders }
  } catch (error) {
    return error instanceof SubrosaError && error.details !== undefined ? error.details : 'the leaves cannot be read'
  }
}

function nothingToJudge(checks: Check[]): BatchVerdict {
  return { ok: false, checks, status: 'waiting', orders: 0, fills: 0, invalid: 0, unproven: ['batch'] }
}

/** What was signed, by whom and when. */
async function settlementChecks(
  evidence: BatchEvidence,
  { batch }: Replayed,
  standing: StandingBatch,
): Promise<Check[]> {
  const { signer, settlement } = standing.log
  const { keyId } = evidence.stored.batch
  return [
    check('storage', wrongStorage(evidence, batch, standing), 'storage holds this accumulator and this outcome'),
    await signatureCheck(evidence, standing),
    check('key', wrongKey(evidence, batch), `orders are sealed to ${keyId}, the key of this batch by the clock`),
    check('signer', wrongSigner(evidence, standing), `${signer} was admitted for the batch’s key when it settled`),
    check('turn', wrongTurn(evidence, standing), `round ${settlement.round}, after the batch’s end and in time`),
  ]
}

/** What was filled, and at which price. */
function outcomeChecks(
  evidence: BatchEvidence,
  orders: ReadonlyMap<Hex, ReplayedOrder>,
  settlements: ReplayedSettlements,
  standing: StandingBatch,
): Check[] {
  const { fills } = standing.log
  const many = `${fills.length} ${fills.length === 1 ? 'order' : 'orders'}`
  const filled =
    wrongFills(evidence, orders, standing) ??
    overfilled(settlements.standing, evidence.batchId) ??
    wrongCounts(evidence, settlements, standing)
  const { lots } = movedBy(unitsOf(evidence.market.params), standing)
  return [
    check('fills-hash', wrongFillsHash(standing), 'the fills are those that were signed'),
    check('fills', filled, `${many} filled, each a live one of its trader, each once, none too old`),
    check('sides', wrongSides(standing), `${lots} lots bought, and as many sold; nobody on both sides`),
    check('price', wrongPrice(evidence, standing), priceInWords(evidence, standing)),
  ]
}

/** What changed hands, and whether it was there. */
function moneyChecks(evidence: BatchEvidence, settlements: ReplayedSettlements, standing: StandingBatch): Check[] {
  const units = unitsOf(evidence.market.params)
  const { fees, base, quote } = movedBy(units, standing)
  const isEven = base === 0n && quote === -fees
  const lost = isEven ? null : `base changes by ${base}, quote by ${quote}, and fees are ${fees}`
  return [
    check('conservation', lost, `no base and no quote is made or lost; ${fees} of quote are fees`),
    check(
      'cover',
      uncovered(evidence, units, settlements.standing, standing),
      'what each trader gives, his margin in this batch covered',
    ),
    check(
      'margins',
      wrongMargins(evidence, settlements, standing),
      'replayed from every deposit, withdrawal and final batch, no margin falls below zero, and storage agrees',
    ),
  ]
}

function statusInWords({ finalized, struck }: ReplayedSettlements, { log }: StandingBatch): string {
  const strikes = struck.get(log.batchId) ?? 0
  const again = strikes === 0 ? '' : `, after ${strikes} ${strikes === 1 ? 'settlement' : 'settlements'} struck`
  if (finalized.has(log.batchId)) return `final${again}`
  return `settled and not final: it can still be struck, until ${log.challengeUntil} at least${again}`
}
