import { formatSize } from '../_format/quotation'
import type { MarketView } from './marketView'
import { filledLots } from './ownOrders'
import type { BookOrder } from './useOwnBook'

/**
 * What a cancellation does, and what it cannot: settled fills stand, and earlier batches may still fill. PROTOCOL.md
 * section 11.
 *
 * @param current The batch that takes it, if it is sent now.
 */
export function describeCancel({ order, terms, fate }: BookOrder, market: MarketView, current: number): string[] {
  const lines: string[] = []
  const filled = filledLots(order)
  if (filled > 0) {
    const rest = terms ? ` What is left of it, ${formatSize(terms.quantity - filled, market)}, ends.` : ''
    lines.push(`${formatSize(filled, market)} of it traded already, and stays traded.${rest}`)
  }
  lines.push(
    `From the batch of the block that takes this on, the order does not trade: that is batch ${current}, if it is taken before the batch ends.`,
  )
  if (fate.at === 'sealed' && order.batchId >= current) {
    lines.push(
      'The order is in that same batch, so it would never trade; if the batch ends first, it may be filled there.',
    )
  } else {
    lines.push(
      'A batch before that which is not settled yet may still fill it: nobody can tell, not even the enclave’s host.',
    )
  }
  lines.push('Margin that it drew on is free for other orders from then on.')
  return lines
}
