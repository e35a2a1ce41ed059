import { ownerOf, serializeReceipt, type Receipt } from '../../lib/protocol/receipt'

/** Hands the receipt to the person as a file. */
export function downloadReceipt(receipt: Receipt): void {
  const file = new Blob([serializeReceipt(receipt)], { type: 'application/json' })
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  const thing = 'kind' in receipt ? receipt.kind : 'bid'
  link.download = `subrosa-${thing}-${receipt.id.slice(2, 10)}-${ownerOf(receipt).slice(2, 8)}.json`
  link.click()
  URL.revokeObjectURL(link.href)
}
