import type { SettlementAnchor } from '../../protocol/anchor'
import { SubrosaError } from '../../protocol/errors'
import { connectSubstrate } from './connect'
import { findAnchor, type AnchorSearch, type FoundAnchor } from './findAnchor'

/** One more check of a settlement: whether its digest stands in another chain. `found` says where. */
export type AnchorCheck = { name: 'anchor'; ok: boolean; detail: string; found: FoundAnchor | null }

/**
 * Looks for a settlement's anchor through a node of the chain that it is said to be in. What an anchor shows: this
 * outcome existed when that block was made, and nobody can put another in its place unseen. Whether it is right, the
 * other checks say.
 *
 * Anyone may write anchors, so those that say something else count for nothing; they are told of.
 */
export async function checkAnchor(url: string, anchor: SettlementAnchor, search: AnchorSearch): Promise<AnchorCheck> {
  try {
    const api = await connectSubstrate(url)
    try {
      const { found, conflicts, searched } = await findAnchor(api, anchor, search)
      const others = conflicts.map((each) => `; ${placeOf(each)} says something else of this auction`).join('')
      const chain = api.runtimeChain.toString()
      if (!found) return failed(`no anchor of this outcome in ${searched} blocks of ${chain}${others}`)
      const unseen = found.succeeded === null ? '; the node has forgotten that block’s events' : ''
      return { name: 'anchor', ok: true, detail: `${chain}, ${placeOf(found)}${unseen}${others}`, found }
    } finally {
      await api.disconnect()
    }
  } catch (error) {
    if (error instanceof SubrosaError) return failed(`${error.code}: ${error.message}`)
    throw error
  }
}

function failed(detail: string): AnchorCheck {
  return { name: 'anchor', ok: false, detail, found: null }
}

function placeOf({ number, hash, index, signer }: FoundAnchor): string {
  return `block ${number} (${hash}), transaction ${index}, by ${signer}`
}
