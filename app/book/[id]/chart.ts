/** A batch that traded: its price in ticks and its volume in lots. */
export type TradedBatch = { batchId: number; price: number; volume: number; final: boolean }

/** Whether a value lies beyond what the chart shows, and on which side. */
export type Clip = 'above' | 'below' | null

/** One column of the chart. Coordinates in hundredths of its width and height, from the left and from the top. */
export type Column = TradedBatch & { x: number; y: number; clip: Clip; height: number; volumeClipped: boolean }

export type Chart = {
  columns: Column[]
  /** Prices that the grid names, and where. */
  grid: { price: number; y: number }[]
  /** Lots of the tallest bar that is shown whole. */
  topVolume: number
  clippedPrices: TradedBatch[]
  clippedVolumes: TradedBatch[]
}

/** Beyond the middle nine tenths of the prices, the chart shows as much again on either side, and no more. */
const TAIL = 0.05
/** A bar of more than this many times the volume that nine of ten batches stay below is cut. */
const TALLEST = 3
/** Share of the height that stays free above and below. */
const PADDING = 0.06
const GRID_LINES = 6

/**
 * Where each batch is drawn: one column a batch, since batches without a trade have no price. One price or volume far off
 * does not flatten the rest: it is cut at the edge, and listed so that it can be told.
 *
 * @param batches In order, at least one.
 */
export function layOutChart(batches: readonly TradedBatch[]): Chart {
  const { low, high } = priceRange(batches.map(({ price }) => price))
  const topVolume = volumeTop(batches.map(({ volume }) => volume))
  const toY = (price: number) => 100 * (PADDING + ((1 - 2 * PADDING) * (high - price)) / (high - low))
  const columns = batches.map((batch, index): Column => {
    const clip = batch.price > high ? 'above' : batch.price < low ? 'below' : null
    return {
      ...batch,
      x: (100 * (index + 0.5)) / batches.length,
      y: toY(Math.min(high, Math.max(low, batch.price))),
      clip,
      height: (100 * Math.min(batch.volume, topVolume)) / topVolume,
      volumeClipped: batch.volume > topVolume,
    }
  })
  return {
    columns,
    grid: gridPrices(low, high).map((price) => ({ price, y: toY(price) })),
    topVolume,
    clippedPrices: columns.filter(({ clip }) => clip !== null),
    clippedVolumes: columns.filter(({ volumeClipped }) => volumeClipped),
  }
}

function priceRange(prices: readonly number[]): { low: number; high: number } {
  const sorted = [...prices].sort((a, b) => a - b)
  const [least, most] = [sorted[0] ?? 0, sorted.at(-1) ?? 0]
  const [from, to] = [quantile(sorted, TAIL), quantile(sorted, 1 - TAIL)]
  const reach = Math.max(to - from, 1)
  const low = Math.max(least, from - reach)
  const high = Math.min(most, to + reach)
  // One price alone has no range of its own.
  return low === high ? { low: low - 1, high: high + 1 } : { low, high }
}

function volumeTop(volumes: readonly number[]): number {
  const sorted = [...volumes].sort((a, b) => a - b)
  return Math.max(1, Math.min(sorted.at(-1) ?? 1, TALLEST * quantile(sorted, 0.9)))
}

/** The value below which this share of the sorted values lies, by the nearest rank. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.round(share * (sorted.length - 1))] ?? 0
}

/** Round prices within the range, in steps of 1, 2 or 5 times a power of ten ticks. */
function gridPrices(low: number, high: number): number[] {
  let step = 1
  for (let turn = 0; (high - low) / step > GRID_LINES; turn++) step *= turn % 3 === 1 ? 2.5 : 2
  const prices: number[] = []
  for (let price = Math.ceil(low / step) * step; price <= high; price += step) if (price > 0) prices.push(price)
  return prices
}
