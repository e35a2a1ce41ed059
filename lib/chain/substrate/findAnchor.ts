import type { ApiPromise } from '@polkadot/api'
import type { Hash, Hex } from 'viem'
import type { AnchorBlock, RemarkInclusion } from '../anchorNode'
import { decodeAnchor, encodeAnchor, type SettlementAnchor } from '../../protocol/anchor'
import { SubrosaError } from '../../protocol/errors'
import { decodeExtrinsic, readBlockHash, readExtrinsics, readFinalized, readSuccess } from './blocks'
import { blockAtTime } from './blockAtTime'
import { asked } from './connect'

/** An anchor where it stands. `signer` in the chain's own SS58. */
export type FoundAnchor = RemarkInclusion & { signer: string; anchor: SettlementAnchor }

export type AnchorSearch = {
  /** Looks in this block alone: its hash, or its number. */
  at?: Hash | bigint
  /** Unix seconds of the settlement: where blocks are searched from on. */
  settledAt: bigint
  /** Blocks to look into, at most, from that time on, and as many from the newest back. */
  depth?: bigint
  /** Only anchors of this account count: an address in any SS58 prefix. */
  signer?: string
  onProgress?: (blocks: number) => void
}

/** `conflicts`: anchors of the same auction that say something else, of whomever. `searched`: blocks. */
export type AnchorSearchResult = { found: FoundAnchor | null; conflicts: FoundAnchor[]; searched: number }

export const USUAL_DEPTH = 5_000n
/** Blocks that are asked for at once. */
const AT_ONCE = 16n
/** Seconds by which two chains' clocks may differ. */
const CLOCK_SLACK = 600n

/**
 * Looks for a settlement's anchor in final blocks, by its exact bytes, and believes nobody but the node.
 *
 * Without a block to look in, it begins at the first block of the settlement's time and goes on from there. A chain whose
 * clock tells nothing, such as a local one, is searched from its newest block back.
 *
 * @throws SubrosaError RPC_UNAVAILABLE; INVALID_REQUEST where `signer` is no address
 */
export async function findAnchor(
  api: ApiPromise,
  anchor: SettlementAnchor,
  { at, settledAt, depth = USUAL_DEPTH, signer, onProgress }: AnchorSearch,
): Promise<AnchorSearchResult> {
  const by = signer === undefined ? null : accountId(api, signer)
  const final = await readFinalized(api)
  const state: AnchorSearchResult = { found: null, conflicts: [], searched: 0 }
  const wanted = encodeAnchor(anchor)

  async function look(number: bigint): Promise<void> {
    const hash = await readBlockHash(api, number)
    for (const found of await anchorsIn(api, { number, hash }, anchor, by)) {
      if (encodeAnchor(found.anchor) !== wanted) state.conflicts.push(found)
      else if (found.succeeded !== false) state.found ??= found
    }
    onProgress?.(++state.searched)
  }

  async function lookFrom(first: bigint, last: bigint, step: 1n | -1n): Promise<void> {
    for (let next = first; !state.found && (step > 0n ? next <= last : next >= last); next += step * AT_ONCE) {
      const batch = Array.from({ length: Number(AT_ONCE) }, (_, index) => next + step * BigInt(index))
      await Promise.all(batch.filter((number) => (step > 0n ? number <= last : number >= last)).map(look))
    }
  }

  if (at !== undefined) {
    const number = typeof at === 'bigint' ? at : (await asked(() => api.rpc.chain.getHeader(at))).number.toBigInt()
    // A block of that hash counts only where it is the chain's own of that number, and final.
    if (number <= final.number && (typeof at === 'bigint' || (await readBlockHash(api, number)) === at))
      await look(number)
    return state
  }
  const from = await blockAtTime(api, settledAt - CLOCK_SLACK, final.number)
  if (from !== null) await lookFrom(from, least(final.number, from + depth - 1n), 1n)
  if (!state.found) await lookFrom(final.number, most(1n, final.number - depth + 1n), -1n)
  return state
}

/** The anchors of an auction in one block. */
async function anchorsIn(
  api: ApiPromise,
  block: AnchorBlock,
  { chainId, contract, id }: SettlementAnchor,
  signer: Hex | null,
): Promise<FoundAnchor[]> {
  const found: FoundAnchor[] = []
  for (const [index, raw] of (await readExtrinsics(api, block.hash)).entries()) {
    // Most blocks hold none, and need not be decoded.
    if (!raw.includes(id.slice(2).toLowerCase())) continue
    const extrinsic = await decodeExtrinsic(api, block.hash, raw)
    const { section, method, args } = extrinsic.method
    if (section !== 'system' || method !== 'remarkWithEvent' || !extrinsic.isSigned) continue
    const anchor = decodeAnchor(args[0]?.toHex() ?? '0x')
    if (!anchor || anchor.id !== id.toLowerCase() || anchor.chainId !== chainId) continue
    if (anchor.contract.toLowerCase() !== contract.toLowerCase()) continue
    const by = extrinsic.signer.toString()
    if (signer !== null && accountId(api, by) !== signer) continue
    const succeeded = await readSuccess(api, block.hash, index)
    found.push({ ...block, index, succeeded, signer: by, anchor })
  }
  return found
}

/** The account behind an address, whatever chain's prefix it has. */
function accountId(api: ApiPromise, address: string): Hex {
  try {
    return api.registry.createType('AccountId', address).toHex()
  } catch (cause) {
    throw new SubrosaError('INVALID_REQUEST', { field: 'signer', details: `${address} is no SS58 address`, cause })
  }
}

const least = (a: bigint, b: bigint) => (a < b ? a : b)
const most = (a: bigint, b: bigint) => (a > b ? a : b)
