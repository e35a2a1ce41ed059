'use client'

import type { Address } from 'viem'
import type { AuctionDetail } from '../../api/v1/_schemas/auction'
import { useChainClock } from '../../_data/useChainClock'
import { sameHex } from '../../_format/hex'
import { nextSteps, type Role } from './nextSteps'
import { StepsInWords } from './StepsInWords'
import { stepsFacts } from './stepsFacts'
import { useOwnPart } from './useOwnPart'

type Props = { auction: AuctionDetail; madeAt: number; account: Address }

/** The next steps of somebody with an account: as bidder, winner, loser or seller. */
export function OwnNextSteps({ auction, madeAt, account }: Props) {
  const clock = useChainClock(madeAt)
  const bids = useOwnPart(auction.id, account, auction.counts.leaves)
  const role = roleOf(auction, account, bids ?? false)
  return <StepsInWords steps={nextSteps({ role, ...stepsFacts(auction, clock) })} />
}

function roleOf(auction: AuctionDetail, account: Address, bids: boolean): Role {
  if (auction.winners.some(({ bidder }) => sameHex(bidder, account))) return 'winner'
  if (bids) return auction.settlement ? 'loser' : 'bidder'
  return sameHex(auction.seller, account) ? 'seller' : 'visitor'
}
