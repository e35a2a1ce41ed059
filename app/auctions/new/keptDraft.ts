import type { AuctionForm } from './auctionDraft'

type Storage = {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

/** The form under which one seller's unfinished auction is kept in this browser: a reload loses nothing. */
export type DraftStore = { read(first: AuctionForm): AuctionForm; keep(form: AuctionForm): void; forget(): void }

/**
 * @param place Chain and seller: a draft belongs to both.
 * @param open Gives the browser's storage, and throws where that is forbidden; then nothing is kept.
 */
export function draftStore(place: { chainId: number; account: string }, open: () => Storage): DraftStore {
  const key = `subrosa.auctionDraft.${place.chainId}.${place.account.toLowerCase()}`
  const tried = <Value>(attempt: () => Value, otherwise: Value): Value => {
    try {
      return attempt()
    } catch {
      return otherwise
    }
  }
  return {
    read: (first) =>
      tried(() => {
        const kept: unknown = JSON.parse(open().getItem(key) ?? 'null')
        if (typeof kept !== 'object' || kept === null) return first
        // Field by field: a draft of an older form, or one that was tampered with, fills what it can.
        const known = Object.entries(kept).filter(([name, value]) => name in first && typeof value === 'string')
        return { ...first, ...Object.fromEntries(known) }
      }, first),
    keep: (form) => tried(() => open().setItem(key, JSON.stringify(form)), undefined),
    forget: () => tried(() => open().removeItem(key), undefined),
  }
}
