/** Every kind of transaction in an auction's life. */
export const GAS_KINDS = [
  'create',
  'firstBid',
  'bid',
  'replace',
  'settle',
  'claimWinner',
  'claimLoser',
  'claimLot',
  'claimProceeds',
] as const
export type GasKind = (typeof GAS_KINDS)[number]

export type GasFigures = { count: number; mean: number; max: number }

/** Collects what transactions of each kind used. */
export type GasMeter = {
  add: (kind: GasKind, used: bigint) => void
  /** Kinds that occurred, in the order of an auction's life. */
  figures: () => Partial<Record<GasKind, GasFigures>>
}

export function createGasMeter(): GasMeter {
  const used = new Map<GasKind, number[]>()
  return {
    add: (kind, amount) => void used.set(kind, [...(used.get(kind) ?? []), Number(amount)]),
    figures: () =>
      Object.fromEntries(
        GAS_KINDS.flatMap((kind) => {
          const amounts = used.get(kind)
          if (!amounts) return []
          const sum = amounts.reduce((total, amount) => total + amount, 0)
          return [[kind, { count: amounts.length, mean: Math.round(sum / amounts.length), max: Math.max(...amounts) }]]
        }),
      ),
  }
}
