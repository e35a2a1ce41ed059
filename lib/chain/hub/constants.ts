import type { ApiPromise } from '@polkadot/api'
import { requirePart } from './dryRun'
import { hubInteger } from './schemas'

/** What contracts see as their chain's id. */
export function chainIdOf({ consts }: ApiPromise): bigint {
  return hubInteger.parse(requirePart(consts.revive?.chainId, 'revive.chainId').toJSON())
}

/** Wei in a planck. */
export function nativeToEthRatio({ consts }: ApiPromise): bigint {
  return hubInteger.parse(requirePart(consts.revive?.nativeToEthRatio, 'revive.nativeToEthRatio').toJSON())
}
