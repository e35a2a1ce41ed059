'use client'

import { useEffect, useState } from 'react'
import type { Address, Hex } from 'viem'

/**
 * Whether an account has a standing bid here, as the index has it; undefined before the answer. Good enough for words:
 * what moves money is read from the chain.
 *
 * @param change Anything that differs when bids have changed.
 */
export function useOwnPart(id: Hex, account: Address | undefined, change: number): boolean | undefined {
  const place = `${id} ${account}`
  const [answer, setAnswer] = useState<{ place: string; bids: boolean }>()
  useEffect(() => {
    if (!account) return
    const control = new AbortController()
    fetch(`/api/v1/auctions/${id}/bids?bidder=${account}`, { signal: control.signal })
      .then((response) => response.json())
      .then((body: { leaves?: { state?: string }[] } | null) =>
        setAnswer({ place, bids: body?.leaves?.some(({ state }) => state === 'live') ?? false }),
      )
      // Then the words for visitors stand.
      .catch(() => undefined)
    return () => control.abort()
  }, [id, account, place, change])
  return answer?.place === place ? answer.bids : undefined
}
