import { describe, expect, it } from 'vitest'
import { layOutChart, type TradedBatch } from '../../../app/book/[id]/chart'

const traded = (prices: number[], volumes: number[] = prices.map(() => 10)): TradedBatch[] =>
  prices.map((price, index) => ({ batchId: index + 1, price, volume: volumes[index]!, final: true }))

describe('layOutChart', () => {
  it('draws one column a batch, higher prices higher up, within the frame', () => {
    const { columns, clippedPrices } = layOutChart(traded([100, 110, 90, 105]))
    expect(columns.map(({ x }) => x)).toEqual([12.5, 37.5, 62.5, 87.5])
    expect(columns[1]!.y).toBeLessThan(columns[0]!.y)
    expect(columns[2]!.y).toBeGreaterThan(columns[3]!.y)
    for (const { y } of columns) expect(y > 0 && y < 100).toBe(true)
    expect(clippedPrices).toEqual([])
  })

  it('cuts one price far off at the edge, and tells which', () => {
    const prices = Array.from({ length: 40 }, (_, index) => 100 + (index % 5))
    const { columns, clippedPrices } = layOutChart(traded([...prices, 5_000, 1]))
    expect(clippedPrices.map(({ price }) => price)).toEqual([5_000, 1])
    expect(columns.at(-2)).toMatchObject({ clip: 'above' })
    expect(columns.at(-1)).toMatchObject({ clip: 'below' })
    // The others still use the height.
    const ys = columns.slice(0, 40).map(({ y }) => y)
    expect(Math.max(...ys) - Math.min(...ys)).toBeGreaterThan(20)
  })

  it('cuts one bar far taller than the rest, and tells which', () => {
    const prices = Array.from({ length: 20 }, () => 100)
    const { columns, topVolume, clippedVolumes } = layOutChart(
      traded(prices, [...prices.map(() => 10).slice(1), 9_000]),
    )
    expect(topVolume).toBe(30)
    expect(clippedVolumes.map(({ volume }) => volume)).toEqual([9_000])
    expect(columns.at(-1)).toMatchObject({ height: 100, volumeClipped: true })
    expect(columns[0]!.height).toBeCloseTo(100 / 3)
  })

  it('stands a single batch in the middle', () => {
    const { columns, grid } = layOutChart(traded([7]))
    expect(columns).toMatchObject([{ x: 50, y: 50, clip: null, height: 100 }])
    expect(grid.map(({ price }) => price)).toContain(7)
  })

  it.each([[[1, 3]], [[1_000, 9_999]], [[3_999_999_990, 4_000_000_000]]])(
    'names a handful of round prices: %j',
    (prices) => {
      const { grid } = layOutChart(traded(prices))
      expect(grid.length).toBeGreaterThanOrEqual(2)
      expect(grid.length).toBeLessThanOrEqual(6)
      for (const { price } of grid) expect(Number.isInteger(price)).toBe(true)
    },
  )
})
