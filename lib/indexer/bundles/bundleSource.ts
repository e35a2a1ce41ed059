import { keccak256 } from 'viem/utils'
import { countBundles, findDueBundles, publishKeptBundles, recordBundle, type DueBundle } from '../../db/bundles'
import type { FileSource } from './fileSource'

/** The proofs of auctions. PROTOCOL.md section 8. */
export const BUNDLES: FileSource<DueBundle> = {
  name: 'bundle',
  // A slow server must not keep everyone else's proofs away.
  atOnce: 4,
  accept: 'application/octet-stream',
  pathOf: ({ hash }) => `/bundles/${hash}`,
  check: (served, { hash }) => {
    const found = keccak256(served)
    return found === hash ? { ok: true, content: served } : { ok: false, reason: `what was served hashes to ${found}` }
  },
  about: ({ auctionId }) => ({ auction: auctionId }),
  findDue: findDueBundles,
  record: recordBundle,
  publishKept: publishKeptBundles,
  count: countBundles,
  metricsOf: ({ bundles }) => bundles,
}
