import type { CheckedBlob } from '../sealing/publicCheck'
import type { Disposition } from '../auction/outcome'
import type { ProofBackend } from './backend'
import { checkBlob, showBlob } from './blobProof'
import { extraCommitOf, type ProofContext, type ProvenBid } from './context'
import { verifyRange } from './range'
import type { RangeStatement } from './rangeStatement'
import { ROW, rangeBitsOf, type Row } from './rows'
import { admissibleRows, rangeStatementOf } from './statements'
import type { OpenedBid } from './evidence'

/** What it takes to judge one live bid; plain data, so that a worker can be given it. */
export interface BidTask {
  bid: ProvenBid
  /** The bundle's proofs about it. */
  proofs: { row: Row; proof: Uint8Array }[]
  /** What the chain shows of it, where it was opened there. */
  opened: OpenedBid | null
}

export interface BidVerdict {
  seq: number
  ok: boolean
  /** What is claimed of the bid; null where the bundle claims nothing that could be. */
  disposition: Exclude<Disposition, 'cancelled'> | null
  detail: string
}

const DISPOSITION_OF: Record<Row, Exclude<Disposition, 'cancelled'>> = {
  [ROW.wonOpened]: 'won',
  [ROW.wonPrice]: 'won',
  [ROW.wonCovered]: 'won',
  [ROW.runnerUp]: 'lost',
  [ROW.lost]: 'lost',
  [ROW.belowReserve]: 'below-reserve',
  [ROW.uncovered]: 'uncovered',
  [ROW.invalid]: 'invalid',
}

function sameRows(proofs: BidTask['proofs'], rows: readonly Row[]): boolean {
  return proofs.length === rows.length && rows.every((row, index) => proofs[index]?.row === row)
}

/** What a range proof shows, with the number that it was checked against. Prices in ticks. */
function rangeInWords({ settlement }: ProofContext, row: Row, { sign, offset }: RangeStatement): string {
  switch (row) {
    case ROW.wonCovered:
      return `its price is at most ${offset}, which its collateral covers`
    case ROW.uncovered:
      return `its price is at least ${-offset}, more than its collateral covers`
    case ROW.belowReserve:
      return `its price is below the reserve, ${settlement.reserve}`
    default:
      return sign === 1 ? `its price is at least ${-offset}` : `its price is at most ${offset}`
  }
}

/** What a proof shows, in words; null where it does not show what its row is for. */
function shownBy(
  backend: ProofBackend,
  context: ProofContext,
  { bid, opened }: BidTask,
  checked: CheckedBlob,
  { row, proof }: BidTask['proofs'][number],
): string | null {
  const extraCommit = extraCommitOf(context, bid.seq, row)
  const statement = rangeStatementOf(context, bid, row)
  if (statement !== null) {
    if (!verifyRange(backend, statement, bid, proof, extraCommit)) return null
    return `${rangeInWords(context, row, statement)} (range proof of ${statement.bits} bits)`
  }
  const shown = showBlob(context, bid, checked, proof, extraCommit)
  if (shown === null) return null
  if (row === ROW.invalid) return shown.valid ? null : `the blob, shown open, is no valid bid: ${shown.reason}`
  if (!shown.valid || opened === null) return null
  const isSame = shown.price === opened.price && shown.quantity === opened.quantity && shown.rho === opened.rho
  return isSame ? `the blob, shown open, holds the bid of ${shown.price} ticks that the chain shows` : null
}

/**
 * Judges one live bid: whether the bundle's proofs are those its disposition takes, and each shows what it is for. A
 * verdict for any bytes whatever. PROTOCOL.md sections 6 and 8.
 */
export function verifyBid(backend: ProofBackend, context: ProofContext, task: BidTask): BidVerdict {
  const { bid, proofs } = task
  const { seq } = bid
  const checked = checkBlob(context, bid)
  if (!checked.ok) {
    const mayBe = seq !== context.winnerSeq && seq !== context.runnerUpSeq && proofs.length === 0
    const rest = mayBe ? '' : ', and yet the settlement counts it'
    return { seq, ok: mayBe, disposition: 'invalid', detail: `invalid on public evidence: ${checked.reason}${rest}` }
  }
  const rows = admissibleRows(context, bid).find((candidate) => sameRows(proofs, candidate))
  const [first] = proofs
  const disposition = first ? DISPOSITION_OF[first.row] : null
  if (!rows || disposition === null) {
    const given = proofs.map(({ row }) => nameOf(row)).join(', ') || 'none'
    return { seq, ok: false, disposition, detail: `the proofs given do not account for the bid: ${given}` }
  }
  const evidence: string[] = []
  for (const proof of proofs) {
    const shown = shownBy(backend, context, task, checked, proof)
    if (shown === null) {
      const kind = rangeBitsOf(proof.row) === null ? 'blob' : 'range'
      return { seq, ok: false, disposition, detail: `the ${kind} proof of "${nameOf(proof.row)}" does not hold` }
    }
    evidence.push(shown)
  }
  return { seq, ok: true, disposition, detail: `${disposition}: ${evidence.join('; ')}` }
}

function nameOf(row: Row): string {
  return Object.entries(ROW).find(([, number]) => number === row)?.[0] ?? String(row)
}
