import { getAddress, zeroAddress, zeroHash } from 'viem'
import { paramsFromApi } from '../../_bids/auctionParams'
import { formatAmount, type Unit } from '../../_format/amount'
import { formatSpan } from '../../_format/time'
import { lotInWords } from '../../_lot/lotInWords'
import { Hash } from '../../_ui/Hash'
import { Moment } from '../../_ui/Moment'
import { Tag } from '../../_ui/Tag'
import { Term, Terms } from '../../_ui/Terms'
import type { AuctionSummary } from '../../api/v1/_schemas/auction'
import { RULES } from '../rules'
import { SellerTerm } from './SellerTerm'

const LOT_STANDARDS = { ERC721: 'ERC-721', ERC1155: 'ERC-1155', ERC20: 'ERC-20' } as const
const NO_LIMIT = 0xffff_ffff

/** What a seller decides; `id` of zeros while the auction is only a draft. */
type Props = {
  auction: Pick<AuctionSummary, 'id' | 'seller' | 'params' | 'created'>
  unit: Unit
  lotUnit: Unit | null
  simulated: boolean
}

/** What the seller fixed when the auction was opened, in plain words. Nobody can change any of it. */
export function LotTerms({ auction, unit, lotUnit, simulated }: Props) {
  const { params } = auction
  const tick = BigInt(params.tickSize)
  const isDraft = auction.id === zeroHash
  const locks = formatAmount(BigInt(params.collateral), unit)
  return (
    <section aria-labelledby="terms" className="space-y-4">
      <h2 id="terms" className="text-2xl font-semibold">
        Terms
      </h2>
      <p className="text-muted text-sm">Fixed when the auction opened. Nobody can change them, the seller included.</p>
      <Terms>
        <Term name="Lot">
          <p className="wrap-anywhere first-letter:uppercase">
            {lotInWords(paramsFromApi(params), lotUnit ?? undefined)}, of the {LOT_STANDARDS[params.lotKind]} contract{' '}
            <Hash value={getAddress(params.lotToken)} label="lot contract" kind="address" />
          </p>
          <p className="text-muted mt-1">
            Name and picture come from the token itself, and anyone can make a token of any name. Compare the address
            with one you trust before you bid.
          </p>
        </Term>
        <Term name="Who wins">{RULES[params.rule].pays} Equal bids: the earlier one wins.</Term>
        <Term name="Reserve">
          {params.reserve === 0
            ? 'None: any bid can win'
            : `${formatAmount(BigInt(params.reserve) * tick, unit)}; lower bids cannot win`}
        </Term>
        <Term name="Steps">{formatAmount(tick, unit)}</Term>
        <Term name="Every bid locks">
          {params.collateralPolicy === 'UNIFORM'
            ? `${locks}, the same for everyone, so it says nothing. It is also the most anyone can bid`
            : `at least ${locks}; bidders choose how much, others see it and can guess a range from it`}
        </Term>
        <Term name="Closes">
          <Moment at={params.closesAt} />
        </Term>
        <Term name="Must be settled by">
          <Moment at={params.settleBy} />; otherwise everyone is refunded and the lot goes back
        </Term>
        <Term name="Challenge window">
          {formatSpan(params.challengeWindow)} after the settlement. Nothing is paid out before it is over
        </Term>
        {params.maxBids > 0 && params.maxBids < NO_LIMIT ? (
          <Term name="Bids admitted">{params.maxBids} at a time</Term>
        ) : null}
        <Term name="Paid in">
          {unit.symbol}
          {params.paymentToken === zeroAddress ? (
            ', the chain’s own coin'
          ) : (
            <>
              {' '}
              <Hash value={params.paymentToken} label="token" kind="address" />
            </>
          )}
        </Term>
        <SellerTerm seller={auction.seller} />
        <Term name="Sealing key">
          <Hash value={params.keyId} label="sealing key" />{' '}
          {simulated ? <Tag tone="warn">simulated enclave</Tag> : null}
        </Term>
        {isDraft ? null : (
          <>
            <Term name="Opened">
              <Moment at={auction.created.time} />, in transaction{' '}
              <Hash value={auction.created.transactionHash} label="transaction" kind="transaction" />
            </Term>
            <Term name="Auction">
              <Hash value={auction.id} label="auction number" />
            </Term>
          </>
        )}
      </Terms>
    </section>
  )
}
