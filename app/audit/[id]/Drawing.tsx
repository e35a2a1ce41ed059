import type { AuctionDetail } from '../../api/v1/_schemas/auction'
import type { SettlementEntry } from '../../api/v1/_schemas/settlement'
import { shortHex } from '../../_format/hex'
import type { LeafSketch } from '../leafSketch'

type Props = { auction: AuctionDetail; settled: SettlementEntry; leaves: readonly LeafSketch[] }

const WIDTH = 340
const ROW = 34
const TOP = 26
const FONT = { fontSize: 12, fontFamily: 'var(--font-sans)' }

/** How this auction's bids, accumulator, outcome and proofs hang together; wide enough for a phone, and no wider. */
export function Drawing({ auction, settled, leaves }: Props) {
  const [winner] = auction.winners
  const rows = withGaps(leaves, auction.counts.leaves)
  const foldY = TOP + Math.max(rows.length, 1) * ROW + 10
  const height = foldY + 170
  const proven = settled.proof.state === 'available'
  const signed = shortHex(settled.signer)
  return (
    <section aria-labelledby="drawing" className="space-y-4">
      <h2 id="drawing" className="text-2xl font-semibold">
        How it hangs together
      </h2>
      <figure className="space-y-3">
        <svg
          viewBox={`0 0 ${WIDTH} ${height}`}
          role="img"
          aria-labelledby="drawing-title drawing-words"
          className="w-full max-w-[26rem]"
          style={FONT}
        >
          <title id="drawing-title">{`From ${auction.counts.leaves} leaves to the outcome`}</title>
          <text x={8} y={14} className="fill-muted">
            Leaves, in the chain’s order
          </text>
          <text x={WIDTH - 8} y={14} textAnchor="end" className="fill-muted">
            Proofs
          </text>
          <line x1={24} x2={24} y1={TOP} y2={foldY + 6} className="stroke-edge" strokeWidth={2} />
          {rows.map((row, index) =>
            typeof row === 'number' ? (
              <text key={`gap-${index}`} x={44} y={TOP + index * ROW + 17} className="fill-muted">
                … and {row} more
              </text>
            ) : (
              <Leaf
                key={row.seq}
                y={TOP + index * ROW}
                words={`${row.fate === 'cancellation' ? 'Taken back' : `Bid ${row.seq + 1}`} · ${shortHex(row.bidder)}`}
                fate={row.fate}
                won={winner?.seq === row.seq}
                proven={proven && row.fate === 'live'}
              />
            ),
          )}
          <Box
            y={foldY}
            title={`Accumulator ${shortHex(settled.acc)}`}
            words="every leaf folded into one hash, in the contract"
          />
          <Arrow y={foldY + 40} />
          <Box
            y={foldY + 56}
            title={`Settlement, signed by ${signed}`}
            words={`names the accumulator and the proofs ${shortHex(settled.proofHash)}`}
          />
          <Arrow y={foldY + 96} />
          <Box
            y={foldY + 112}
            title={winner ? `Bid ${winner.seq + 1} wins` : 'Nothing is sold'}
            words={proven ? 'which the proofs show of every other bid' : 'on the enclave’s word: there are no proofs'}
            strong
          />
        </svg>
        <figcaption id="drawing-words" className="text-muted max-w-prose text-sm">
          A bid that is left out, changed or slipped in gives another accumulator than the contract’s. The enclave signs
          that accumulator together with the outcome
          {proven
            ? ', and names one set of proofs: for each bid that stood, that it won, lost, or could not count, without opening those that lost.'
            : '. Without proofs, that the right bid won is its word alone.'}
        </figcaption>
      </figure>
    </section>
  )
}

/** A number stands for as many leaves that are left out. */
function withGaps(leaves: readonly LeafSketch[], count: number): (LeafSketch | number)[] {
  const rows: (LeafSketch | number)[] = []
  let next = 0
  for (const leaf of leaves) {
    if (leaf.seq > next) rows.push(leaf.seq - next)
    rows.push(leaf)
    next = leaf.seq + 1
  }
  return count > next ? [...rows, count - next] : rows
}

type LeafProps = { y: number; words: string; fate: LeafSketch['fate']; won: boolean; proven: boolean }

function Leaf({ y, words, fate, won, proven }: LeafProps) {
  const middle = y + ROW / 2 - 4
  return (
    <g>
      <circle
        cx={24}
        cy={middle}
        r={7}
        strokeWidth={2}
        className={
          won ? 'fill-rose stroke-rose' : fate === 'live' ? 'fill-sheet stroke-rose' : 'fill-sheet stroke-edge'
        }
      />
      <text x={44} y={middle + 4} className={fate === 'live' ? 'fill-ink' : 'fill-muted'}>
        {words}
        {won ? ', won' : fate === 'taken back' ? ', taken back' : ''}
      </text>
      {proven ? (
        <>
          <line x1={232} x2={300} y1={middle} y2={middle} strokeDasharray="2 4" className="stroke-good" />
          <text x={WIDTH - 8} y={middle + 4} textAnchor="end" className="fill-good">
            proof
          </text>
        </>
      ) : fate === 'live' ? (
        <text x={WIDTH - 8} y={middle + 4} textAnchor="end" className="fill-warn">
          none
        </text>
      ) : null}
    </g>
  )
}

function Box({ y, title, words, strong = false }: { y: number; title: string; words: string; strong?: boolean }) {
  return (
    <g>
      <rect
        x={8}
        y={y}
        width={WIDTH - 16}
        height={40}
        strokeWidth={strong ? 2 : 1}
        className={strong ? 'fill-rose-wash stroke-rose' : 'fill-sheet stroke-edge'}
      />
      <text x={18} y={y + 16} className="fill-ink" fontWeight={600}>
        {title}
      </text>
      <text x={18} y={y + 32} className="fill-muted">
        {words}
      </text>
    </g>
  )
}

function Arrow({ y }: { y: number }) {
  return <path d={`M 24 ${y} v 10 m -4 -4 l 4 6 l 4 -6`} fill="none" className="stroke-edge" strokeWidth={2} />
}
