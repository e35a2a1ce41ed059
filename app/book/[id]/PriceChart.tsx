import { formatPrice, formatPriceNumber, formatSize, priceUnit, type Quotation } from '../../_format/quotation'
import { layOutChart, type Column, type TradedBatch } from './chart'

type Props = {
  /** Batches that traded, in order. */
  batches: readonly TradedBatch[]
  quotation: Quotation
}

/** Of a bar, in hundredths of the chart: a few batches are no wall. */
const WIDEST_BAR = 4

/** Prices and volumes of past batches, drawn by the server: looking at it takes no script. */
export function PriceChart({ batches, quotation }: Props) {
  const chart = layOutChart(batches)
  const { columns, grid, topVolume, clippedPrices, clippedVolumes } = chart
  const [first, last] = [columns[0], columns.at(-1)]
  if (!first || !last) return null
  const width = 100 / columns.length
  const bar = Math.min(width * 0.8, WIDEST_BAR)
  const summary = `Clearing prices of the last ${columns.length === 1 ? 'batch' : `${columns.length} batches`}: the newest ${formatPrice(last.price, quotation)}, the oldest ${formatPrice(first.price, quotation)}. The table below has the figures.`
  return (
    <figure className="space-y-2">
      <figcaption className="text-muted flex flex-wrap justify-between gap-x-6 text-sm">
        <span>Price, {priceUnit(quotation)}</span>
        <span>Volume below, up to {formatSize(topVolume, quotation)}</span>
      </figcaption>
      <div role="img" aria-label={summary} className="relative">
        <div className="border-rule relative h-56 border-b">
          {grid.map(({ price, y }) => (
            <div key={price} className="border-rule absolute inset-x-0 border-t" style={{ top: `${y}%` }}>
              <span className="bg-paper text-muted absolute right-0 -translate-y-1/2 pl-1 text-xs">
                {formatPriceNumber(price, quotation)}
              </span>
            </div>
          ))}
          <svg
            viewBox="0 0 100 100"
            preserveAspectRatio="none"
            className="absolute inset-y-0 left-0 h-full w-[calc(100%-4.5rem)]"
          >
            <polyline
              points={columns.map(({ x, y }) => `${x},${y}`).join(' ')}
              fill="none"
              className="stroke-ink"
              strokeWidth="1.5"
              strokeLinejoin="round"
              vectorEffect="non-scaling-stroke"
            />
            {columns.map((column) => (
              <Dot key={column.batchId} column={column} />
            ))}
            {columns.map((column) => (
              <rect key={column.batchId} x={column.x - width / 2} y="0" width={width} height="100" fill="transparent">
                <title>{columnInWords(column, quotation)}</title>
              </rect>
            ))}
          </svg>
        </div>
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" className="h-14 w-[calc(100%-4.5rem)]">
          {columns.map(({ batchId, x, height, volumeClipped }) => (
            <rect
              key={batchId}
              x={x - bar / 2}
              y={100 - height}
              width={bar}
              height={height}
              className={volumeClipped ? 'fill-warn' : 'fill-edge'}
            />
          ))}
        </svg>
      </div>
      <p className="text-muted text-sm">
        {columns.length === 1
          ? 'One batch has traded so far.'
          : `One column a batch that traded, the last ${columns.length} from left to right.`}
        {columns.some(({ final }) => !final) ? ' Hollow dots can still be challenged.' : ''}
        {clippedPrices.length > 0
          ? ` Off the scale, drawn at the edge: ${clippedPrices.map((batch) => `batch ${batch.batchId} at ${formatPrice(batch.price, quotation)}`).join(', ')}.`
          : ''}
        {clippedVolumes.length > 0
          ? ` Cut: the volume of ${clippedVolumes.map((batch) => `batch ${batch.batchId}, ${formatSize(batch.volume, quotation)}`).join('; ')}.`
          : ''}
      </p>
    </figure>
  )
}

/** A line of no length with round ends: it stays a dot however the drawing is stretched. */
function Dot({ column: { x, y, clip, final } }: { column: Column }) {
  const point = { x1: x, y1: y, x2: x, y2: y, strokeLinecap: 'round', vectorEffect: 'non-scaling-stroke' } as const
  return (
    <>
      <line {...point} className={clip ? 'stroke-warn' : 'stroke-ink'} strokeWidth="7" />
      {final ? null : <line {...point} className="stroke-paper" strokeWidth="3.5" />}
    </>
  )
}

function columnInWords({ batchId, price, volume, final }: Column, quotation: Quotation): string {
  const traded = `Batch ${batchId}: ${formatSize(volume, quotation)} at ${formatPrice(price, quotation)}`
  return final ? traded : `${traded}, not final yet`
}
