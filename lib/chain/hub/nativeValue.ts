import { SubrosaError } from '../../protocol/errors'

/**
 * The native coin in the two units that pallet-revive knows. Accounts, fees and the arguments of `revive.*` count in
 * the chain's own plancks; contracts, and everything of ours above this line, see `ratio` (`nativeToEthRatio`) times as
 * much: wei, 18 decimals. Only an Ethereum-signed transaction can carry wei that are no whole plancks.
 */

/** @throws SubrosaError INVALID_FIELD where `wei` are no whole plancks: a Polkadot account cannot send them. */
export function toPlancks(wei: bigint, ratio: bigint): bigint {
  if (wei < 0n || wei % ratio !== 0n) {
    throw new SubrosaError('INVALID_FIELD', { field: 'value', details: `${wei} wei are no multiple of ${ratio}` })
  }
  return wei / ratio
}

export function toWei(plancks: bigint, ratio: bigint): bigint {
  return plancks * ratio
}
