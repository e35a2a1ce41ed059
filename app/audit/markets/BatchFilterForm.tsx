import { buttonClass } from '../../_ui/Button'
import type { MarketSummary } from '../../api/v1/_schemas/market'
import { shortHex } from '../../_format/hex'
import { marketName, marketViewOf } from '../../book/marketViewOf'
import type { BatchFilters } from './batchFilters'

type Props = { markets: readonly MarketSummary[]; shown: MarketSummary; filters: BatchFilters }

/** A form that the address answers, scripts or not. */
export function BatchFilterForm({ markets, shown, filters: { traded } }: Props) {
  return (
    <form action="/audit/markets" className="grid gap-4 sm:grid-cols-[2fr_auto_auto] sm:items-end">
      <label className="block space-y-1.5 text-sm font-medium">
        <span>Market</span>
        {/* The key has the choice follow the address. */}
        <select key={shown.id} name="market" defaultValue={shown.id} className="input font-normal">
          {markets.map((market) => (
            <option key={market.id} value={market.id}>
              {marketName(marketViewOf(market))}, {shortHex(market.id)}
            </option>
          ))}
        </select>
      </label>
      <label className="flex min-h-11 items-center gap-2 text-sm">
        <input type="checkbox" name="traded" value="1" defaultChecked={traded} className="size-5" />
        Only where something traded
      </label>
      <button type="submit" className={buttonClass('quiet')}>
        Show
      </button>
    </form>
  )
}
