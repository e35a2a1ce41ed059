import type { Hex } from 'viem'
import { check, type Check, type Finding } from '../proof/check'
import { carriedHash, type Carried } from './carried'
import { DISPOSITION, dispositionName, restsOn } from './disposition'
import type { ReplayedBatch, ReplayedOrder } from './replayBatches'
import type { ReplayedSettlements, StandingBatch } from './replaySettlements'

/**
 * Lists of what became of orders, from whoever had them: of the batch, and of the one that was settled last before it,
 * which says who may still be in this one; null where nobody had that.
 */
export interface CarriedLists {
  carried: readonly Carried[]
  before: readonly Carried[] | null
}

interface Settled {
  maxOrderAge: number
  batches: readonly ReplayedBatch[]
  orders: ReadonlyMap<Hex, ReplayedOrder>
  settlements: ReplayedSettlements
  standing: StandingBatch
}

/** Dispositions of orders that a batch gives nothing. */
const NOTHING: readonly number[] = [
  DISPOSITION.cancelled,
  DISPOSITION.expired,
  DISPOSITION.invalid,
  DISPOSITION.selfTrade,
  DISPOSITION.uncovered,
  DISPOSITION.tooManyConditional,
  DISPOSITION.fillOrKill,
  DISPOSITION.minFillRests,
  DISPOSITION.minFillEnded,
  DISPOSITION.unopened,
  DISPOSITION.crowdedOutRests,
  DISPOSITION.crowdedOutEnded,
  DISPOSITION.tooOld,
]

/**
 * Whether a batch's list is the one that was signed for, and says nothing that the chain shows to be otherwise: every order
 * of the batch is in it, each once, by (batch, seq) of its placing, with what batches gave it so far; what was filled
 * here or later had not ended before; what ended here was not filled later; what it says was cancelled was. PROTOCOL.md
 * section 11.
 *
 * @param invalid Leaves of the batch's orders that are invalid on public evidence.
 */
export function carriedCheck({ carried, before }: CarriedLists, settled: Settled, invalid: ReadonlySet<Hex>): Check {
  const rows = new Map(carried.map((row) => [row.leaf, row]))
  const wrong =
    wrongHash(carried, settled.standing) ??
    wrongRows(carried, settled, invalid) ??
    missing(rows, settled) ??
    (before && wrongAfter(rows, before, settled))
  const last = before || !hasListBefore(settled) ? '' : '; the list of the batch before was not to be had'
  const many = `${carried.length} ${carried.length === 1 ? 'order' : 'orders'}`
  return check('carried', wrong, `the list of ${many} is the signed one, and agrees with the chain${last}`)
}

function wrongHash(carried: readonly Carried[], { log }: StandingBatch): Finding {
  const hash = carriedHash(carried)
  const { batchId, settlement } = log
  return hash === settlement.carriedHash
    ? null
    : `the list of batch ${batchId} hashes to ${hash}, and ${settlement.carriedHash} was signed`
}

/** Lots of each order over the standing batches that `of` takes. */
function filledIn(settlements: ReplayedSettlements, of: (batchId: bigint) => boolean): Map<Hex, number> {
  const filled = new Map<Hex, number>()
  for (const { log } of settlements.standing) {
    if (!of(log.batchId)) continue
    for (const { leaf, lots } of log.fills) filled.set(leaf, (filled.get(leaf) ?? 0) + lots)
  }
  return filled
}

function wrongRows(
  carried: readonly Carried[],
  { maxOrderAge, orders, settlements, standing: { log } }: Settled,
  invalid: ReadonlySet<Hex>,
): Finding {
  const { batchId } = log
  const filled = filledIn(settlements, (id) => id <= batchId)
  const here = filledIn(settlements, (id) => id === batchId)
  const later = filledIn(settlements, (id) => id > batchId)
  let last: ReplayedOrder | null = null
  for (const { leaf, filled: said, disposition } of carried) {
    const name = dispositionName(disposition)
    if (name === null) return `${leaf} has the disposition ${disposition}, which is none`
    const order = orders.get(leaf)
    if (!order || order.batchId > batchId) return `${leaf} is in the list, and no order that was placed by then`
    if (last && !isAfter(order, last)) return `${leaf} is in the list twice, or out of order`
    last = order
    const { cancelledIn } = order
    if (cancelledIn !== null && cancelledIn < batchId)
      return `${leaf} was cancelled in batch ${cancelledIn}, and is in the list`
    if ((cancelledIn === batchId) !== (name === 'cancelled')) {
      return `${leaf} is ${name} in the list, and ${cancelledIn === batchId ? 'was' : 'was not'} cancelled in this batch`
    }
    const isTooOld = batchId - order.batchId > maxOrderAge
    if (isTooOld !== (name === 'tooOld') && name !== 'cancelled')
      return `${leaf} is ${name} in the list, and ${isTooOld ? 'too old to trade' : 'not too old'}`
    if (said !== (filled.get(leaf) ?? 0))
      return `${leaf} has ${said} lots in the list, and batches gave it ${filled.get(leaf) ?? 0}`
    if (here.has(leaf) && NOTHING.includes(disposition)) return `${leaf} is ${name} in the list, and was filled`
    if (name === 'filled' && !here.has(leaf)) return `${leaf} is filled in the list, and got nothing in this batch`
    if (later.has(leaf) && !restsOn(disposition)) return `${leaf} is ${name} in the list, and a later batch filled it`
    if (invalid.has(leaf) && !['invalid', 'cancelled', 'unopened', 'tooOld'].includes(name)) {
      return `${leaf} is ${name} in the list, and invalid on public evidence`
    }
  }
  return null
}

function isAfter(one: ReplayedOrder, other: ReplayedOrder): boolean {
  return one.batchId === other.batchId ? one.seq > other.seq : one.batchId > other.batchId
}

/** Who must be in the list: the batch's own orders, and whoever it or a later batch filled. */
function missing(
  rows: ReadonlyMap<Hex, Carried>,
  { batches, orders, settlements, standing: { log } }: Settled,
): Finding {
  const { batchId } = log
  for (const { leaf } of batches.find((batch) => batch.batchId === batchId)?.orders ?? []) {
    if (!rows.has(leaf)) return `${leaf} was placed in this batch, and is not in the list`
  }
  for (const leaf of filledIn(settlements, (id) => id >= batchId).keys()) {
    const order = orders.get(leaf)
    if (order && order.batchId <= batchId && !rows.has(leaf))
      return `${leaf} is not in the list, and was filled here or later`
  }
  return null
}

/** Whether there is a list before: some batch was settled before this one, and that settlement stands. */
export function hasListBefore(settled: Pick<Settled, 'settlements' | 'standing'>): boolean {
  return settledBefore(settled) !== null
}

/** The batch that was settled last before this one, of those whose settlement stands. */
function settledBefore({
  settlements,
  standing: { log },
}: Pick<Settled, 'settlements' | 'standing'>): StandingBatch | null {
  return settlements.standing.findLast((one) => one.log.batchId < log.batchId) ?? null
}

/**
 * What had ended by the batch before does not come back, and what rested is still there: at once where no batch lies
 * between, else unless a void one ended it.
 */
function wrongAfter(rows: ReadonlyMap<Hex, Carried>, before: readonly Carried[], settled: Settled): Finding {
  const earlier = settledBefore(settled)
  if (!earlier) return 'a list of an earlier batch, and no earlier batch was settled'
  const wrong = wrongHash(before, earlier)
  if (wrong !== null) return wrong
  const [from, until] = [earlier.log.batchId, settled.standing.log.batchId]
  const rested = new Set(before.filter(({ disposition }) => restsOn(disposition)).map(({ leaf }) => leaf))
  for (const leaf of rows.keys()) {
    const order = settled.orders.get(leaf)
    if (order && order.batchId <= from && !rested.has(leaf))
      return `${leaf} ended by batch ${from}, and is in the list again`
  }
  if (settled.batches.some(({ batchId }) => batchId > from && batchId < until)) return null
  for (const leaf of rested) if (!rows.has(leaf)) return `${leaf} rested in batch ${from}, and is not in the list`
  return null
}
