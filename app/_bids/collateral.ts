import type { AuctionParams } from '../../lib/protocol/auction/params'

const STEPS = [1n, 2n, 5n]

/**
 * Public amounts that a bid of `needed` base units may lock where bidders choose: 1, 2 or 5 times a power of ten, so
 * that the amount locked says little about the price. PROTOCOL.md section 5, CHOSEN.
 * @returns the least that covers the bid and the auction's minimum, and the two above it.
 */
export function collateralTiers(needed: bigint, minimum: bigint): bigint[] {
  const least = needed > minimum ? needed : minimum
  const tiers: bigint[] = []
  for (let power = 1n; tiers.length < 3; power *= 10n) {
    for (const step of STEPS) if (step * power >= least && tiers.length < 3) tiers.push(step * power)
  }
  return tiers
}

/**
 * What observers take a bid to be above, who assume that its bidder locked the least amount on offer that covers it.
 * @returns base units; null where a smaller amount was not on offer, so that nothing follows.
 */
export function inferredFloor(collateral: bigint, minimum: bigint): bigint | null {
  let below = 0n
  for (let power = 1n; power < collateral; power *= 10n) {
    for (const step of STEPS) if (step * power < collateral) below = step * power
  }
  return below > 0n && below >= minimum ? below : null
}

/** Whether everyone locks the same. */
export function isUniform(params: Pick<AuctionParams, 'collateralPolicy'>): boolean {
  return params.collateralPolicy === 0
}

/** What must come from the wallet: the collateral less the balance in the contract and the bid that is given up. */
export function depositFor(collateral: bigint, vault: bigint, replaced: bigint): bigint {
  const missing = collateral - vault - replaced
  return missing > 0n ? missing : 0n
}
