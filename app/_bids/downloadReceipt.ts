import { serializeReceipt, type Receipt } from '../../lib/protocol/receipt'

/** Hands the receipt to the person as a file. */
export function downloadReceipt(receipt: Receipt): void {
  const file = new Blob([serializeReceipt(receipt)], { type: 'application/json' })
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = `subrosa-bid-${receipt.id.slice(2, 10)}-${receipt.bidder.slice(2, 8)}.json`
  link.click()
  URL.revokeObjectURL(link.href)
}
