import type { Hex } from 'viem'
import type { FoundSettlement } from '../chain/readSettlementEvidence'
import { anchorOf } from '../protocol/anchor'

export type AnchorInput = {
  /** WebSocket RPC of a node of the chain: what it says about that chain is believed. */
  url: string
  /** The block to look in; left out, blocks are searched. */
  at: Hex | bigint | undefined
  /** Whose anchors count (SS58); left out, anyone's. */
  signer: string | undefined
}

/** Blocks between two lines about how far the search got. */
const TOLD_EVERY = 500

/** Whether the settlement's digest stands in the Substrate chain, as one more check of its verdict. */
export async function verifyAnchor(
  { url, at, signer }: AnchorInput,
  { evidence, settled }: FoundSettlement,
  say: (line: string) => void,
): Promise<{ name: string; ok: boolean; detail: string }> {
  // Only who asks for an anchor waits for what speaks to Substrate chains.
  const { checkAnchor } = await import('../chain/substrate/checkAnchor')
  const { name, ok, detail } = await checkAnchor(url, anchorOf(evidence.domain, evidence.settlement), {
    settledAt: settled.challengeUntil - BigInt(evidence.params.challengeWindow),
    ...(at === undefined ? {} : { at }),
    ...(signer === undefined ? {} : { signer }),
    onProgress: (blocks) => {
      if (blocks % TOLD_EVERY === 0) say(`${blocks} blocks searched for the anchor`)
    },
  })
  return { name, ok, detail }
}
