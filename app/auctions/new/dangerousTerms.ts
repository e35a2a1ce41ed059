import type { AuctionParams } from '../../../lib/protocol/auction/params'
import { formatAmount, type Unit } from '../../_format/amount'
import { formatSpan } from '../../_format/time'

/** `danger`: money or lot can be lost by it. `care`: it may keep bidders or their money away. `note`: good to know. */
export type Severity = 'danger' | 'care' | 'note'

export type Check = { severity: Severity; title: string; why: string }

export type CheckContext = {
  unit: Unit
  /** Chain time now, and until when the sealing key is valid; Unix seconds. */
  now: number
  keyUntil: number
  /** Whether the payment token is one that this deployment knows. */
  knownPayment: boolean
  /** Likewise the lot's contract. */
  knownLot: boolean
  /** The hour at which it closes where the seller lives, 0 to 23. */
  closingHour: number
}

const MINUTE = 60
const HOUR = 3_600
const DAY = 86_400
const FIRST_PRICE = 0
const CHOSEN = 1
const ERC1155 = 1
const FEW_BIDS = 20
/** Collateral is the highest possible bid: less than this many times the reserve leaves little room above it. */
const ROOM_ABOVE_RESERVE = 3n
const RANK: Record<Severity, number> = { danger: 0, care: 1, note: 2 }

/** What a seller may come to regret about these terms, the worst first. None of it is forbidden. */
export function dangerousTerms(params: AuctionParams, context: CheckContext): Check[] {
  return [...aboutPrice(params, context), ...aboutTimes(params, context), ...aboutTokens(params, context)].sort(
    (a, b) => RANK[a.severity] - RANK[b.severity],
  )
}

function aboutPrice(params: AuctionParams, { unit }: CheckContext): Check[] {
  const { rule, reserve, tickSize, collateral, collateralPolicy, maxBids } = params
  const found: Check[] = []
  const floor = BigInt(reserve) * tickSize
  const write = (amount: bigint) => formatAmount(amount, unit)
  if (reserve === 0) {
    found.push(
      rule === FIRST_PRICE
        ? {
            severity: 'care',
            title: 'No reserve',
            why: `A single bid of ${write(tickSize)} wins if nobody else bids.`,
          }
        : {
            severity: 'danger',
            title: 'No reserve at the second price',
            why: 'A single bidder wins and pays nothing, whatever he bid. Set the least that you would accept.',
          },
    )
  }
  if (collateralPolicy === CHOSEN) {
    found.push({
      severity: 'care',
      title: 'Chosen collateral leaks',
      why: 'What each bidder locks is public, and tells others between what limits his bid lies. The same for all tells nothing.',
    })
  } else if (reserve > 0 && collateral < floor * ROOM_ABOVE_RESERVE) {
    found.push({
      severity: 'care',
      title: 'Collateral near the reserve',
      why: `Nobody can bid more than he locks, so no price above ${write(collateral)} is possible. Ask for more than the best price you hope for.`,
    })
  } else {
    found.push({
      severity: 'note',
      title: 'The highest possible price',
      why: `Nobody can bid more than ${write(collateral)}: what every bid locks is also its limit.`,
    })
  }
  if (maxBids > 0) {
    found.push({
      severity: maxBids < FEW_BIDS ? 'danger' : 'care',
      title: `Room for ${maxBids} ${maxBids === 1 ? 'bid' : 'bids'} only`,
      why: 'Someone can take every place with bids that cannot win, and keep the others out. Settling costs the same however many bids there are.',
    })
  }
  return found
}

function aboutTimes(params: AuctionParams, { now, keyUntil, closingHour }: CheckContext): Check[] {
  const found: Check[] = []
  const opensFor = Number(params.closesAt) - now
  const settlesIn = Number(params.settleBy - params.closesAt)
  const { challengeWindow } = params
  if (Number(params.closesAt) >= keyUntil) {
    found.push({
      severity: 'danger',
      title: 'Closes after the key expires',
      why: 'The contract refuses an auction that ends when its sealing key is no longer valid. Let it close earlier.',
    })
  }
  if (opensFor < HOUR) {
    found.push({
      severity: opensFor < 10 * MINUTE ? 'danger' : 'care',
      title: `Open for ${formatSpan(opensFor)} only`,
      why: 'Few will see it in time, and a slow chain or wallet can keep a bid out.',
    })
  } else if (opensFor > 30 * DAY) {
    found.push({
      severity: 'care',
      title: 'Open for more than a month',
      why: 'Bidders have their money locked all that time, and few will.',
    })
  }
  if (closingHour < 6) {
    found.push({
      severity: 'note',
      title: 'Closes at night',
      why: `It closes at ${String(closingHour).padStart(2, '0')} o’clock where you are. Sealed bids need nobody awake, but late bidders may be asleep.`,
    })
  }
  if (settlesIn < HOUR) {
    found.push({
      severity: settlesIn < 15 * MINUTE ? 'danger' : 'care',
      title: `Only ${formatSpan(settlesIn)} to settle`,
      why: 'If the enclave or the chain is late for longer, the auction fails: everyone is refunded and the lot comes back.',
    })
  }
  if (challengeWindow < 10 * MINUTE) {
    found.push({
      severity: challengeWindow < MINUTE ? 'danger' : 'care',
      title: `${formatSpan(challengeWindow)} to challenge`,
      why: 'A bidder who does not look in that time cannot object to a wrong outcome.',
    })
  } else if (challengeWindow > 7 * DAY) {
    found.push({
      severity: 'care',
      title: 'A long challenge window',
      why: 'Losers stay locked through it, and you wait for your money.',
    })
  }
  return found
}

function aboutTokens(params: AuctionParams, { knownPayment, knownLot }: CheckContext): Check[] {
  const found: Check[] = []
  if (!knownPayment) {
    found.push({
      severity: 'danger',
      title: 'Unknown payment token',
      why: 'Anyone can make a token of any name. One that takes a fee on transfers is refused with every bid; one whose maker can freeze it can lock everybody’s money. Compare its address with one you trust.',
    })
  }
  if (!knownLot) {
    found.push({
      severity: 'note',
      title: 'Bidders do not know your token’s contract',
      why: 'They are told to compare its address with one they trust. Publish it where they would look.',
    })
  }
  if (params.lotKind === ERC1155) {
    found.push({
      severity: 'note',
      title: 'Approval for all copies',
      why: 'This standard knows no smaller permission: the contract may then take any of your tokens of this collection. It takes only what you put up.',
    })
  }
  return found
}
