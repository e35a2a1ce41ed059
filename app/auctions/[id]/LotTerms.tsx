'use client'

import type { ReactNode } from 'react'
import { getAddress, zeroAddress } from 'viem'
import { paramsFromApi } from '../../_bids/auctionParams'
import { useBacking, type Backing } from '../../_data/useBacking'
import { useUnit } from '../../_data/useUnit'
import { formatAmount } from '../../_format/amount'
import { formatSpan, formatTime } from '../../_format/time'
import { lotInWords } from '../../_lot/lotInWords'
import { Hash } from '../../_ui/Hash'
import { Tag } from '../../_ui/Tag'
import { Term, Terms } from '../../_ui/Terms'
import type { AuctionDetail } from '../../api/v1/_schemas/auction'
import { RULES } from '../rules'

const LOT_STANDARDS = { ERC721: 'ERC-721', ERC1155: 'ERC-1155', ERC20: 'ERC-20' } as const

const BACKING: Record<Backing, ReactNode> = {
  simulated: <Tag tone="warn">simulated enclave</Tag>,
  unknown: <Tag tone="warn">not verified</Tag>,
  hardware: null,
}

/** What the seller fixed when the auction was opened, in plain words. Nobody can change any of it. */
export function LotTerms({ auction }: { auction: AuctionDetail }) {
  const { params } = auction
  const unit = useUnit(params.paymentToken)
  const backing = useBacking()
  const lotUnit = useUnit(params.lotKind === 'ERC20' ? params.lotToken : zeroAddress)
  const tick = BigInt(params.tickSize)
  if (!unit) return null
  return (
    <section aria-labelledby="terms" className="space-y-4">
      <h2 id="terms" className="text-2xl font-semibold">
        Terms
      </h2>
      <Terms>
        <Term name="Lot">
          <p className="wrap-anywhere first-letter:uppercase">
            {lotInWords(paramsFromApi(params), lotUnit)}, of the {LOT_STANDARDS[params.lotKind]} contract{' '}
            <Hash value={getAddress(params.lotToken)} label="lot contract" />
          </p>
          <p className="text-muted mt-1">
            Name and picture come from the token itself, and anyone can make a token of any name. Compare the address
            with one you trust before you bid.
          </p>
        </Term>
        <Term name="Who wins">{RULES[params.rule].pays} Equal bids: the earlier one wins.</Term>
        <Term name="Reserve">
          {params.reserve === 0
            ? 'None'
            : `${formatAmount(BigInt(params.reserve) * tick, unit)}; lower bids cannot win`}
        </Term>
        <Term name="Steps">{formatAmount(tick, unit)}</Term>
        <Term name="Every bid locks">
          {params.collateralPolicy === 'UNIFORM'
            ? `${formatAmount(BigInt(params.collateral), unit)}, the same for everyone, so it says nothing`
            : `at least ${formatAmount(BigInt(params.collateral), unit)}; bidders choose how much, and others see it`}
        </Term>
        <Term name="Closes">{formatTime(params.closesAt)}</Term>
        <Term name="Must be settled by">
          {formatTime(params.settleBy)}; otherwise everyone is refunded and the lot goes back
        </Term>
        <Term name="Challenge window">
          {formatSpan(params.challengeWindow)} after the settlement. Nothing is paid out before it is over
        </Term>
        {params.maxBids > 0 && params.maxBids < 0xffff_ffff ? <Term name="Bids admitted">{params.maxBids}</Term> : null}
        <Term name="Paid in">
          {unit.symbol}
          {params.paymentToken === zeroAddress ? (
            ', the chain’s own coin'
          ) : (
            <>
              {' '}
              <Hash value={params.paymentToken} label="token" />
            </>
          )}
        </Term>
        <Term name="Seller">
          <Hash value={auction.seller} label="seller" />
        </Term>
        <Term name="Sealing key">
          <Hash value={params.keyId} label="sealing key" /> {BACKING[backing]}
        </Term>
        <Term name="Auction">
          <Hash value={auction.id} label="auction number" />
        </Term>
      </Terms>
    </section>
  )
}
