import { isAddress, zeroAddress, zeroHash, type Address, type Hex } from 'viem'
import type { AuctionFloors } from '../../../lib/protocol/auction/floors'
import type { AuctionParams } from '../../../lib/protocol/auction/params'
import { formatAmount, type Unit } from '../../_format/amount'
import { parseAmount, type Bounds, type FieldUnit } from '../../_format/parseAmount'
import { MOST_TICKS } from '../../_format/parsePrice'
import { parseSpan, SPANS } from './auctionSpans'

/** The form as typed. Amounts in whole units of their token, times in the unit beside them. */
export type AuctionForm = {
  lotKind: 'ERC721' | 'ERC1155' | 'ERC20'
  lotToken: string
  lotTokenId: string
  lotAmount: string
  rule: 'FIRST_PRICE' | 'SECOND_PRICE'
  paymentToken: string
  tick: string
  reserve: string
  policy: 'UNIFORM' | 'CHOSEN'
  collateral: string
  /** Empty: as many as come. */
  maxBids: string
  closesIn: string
  closesUnit: string
  settleIn: string
  settleUnit: string
  challenge: string
  challengeUnit: string
}

export type FieldErrors = Partial<Record<keyof AuctionForm, string>>
export type AuctionDraft = { ok: true; params: AuctionParams } | { ok: false; errors: FieldErrors }

/** The form after a change. Amounts do not outlive the money they were meant in: 1000 of one token is not of another. */
export function changeForm(before: AuctionForm, change: Partial<AuctionForm>): AuctionForm {
  const after = { ...before, ...change }
  const sameMoney = after.paymentToken.trim().toLowerCase() === before.paymentToken.trim().toLowerCase()
  return sameMoney ? after : { ...after, tick: '', reserve: '', collateral: '' }
}

type Context = {
  keyId: Hex
  unit: Unit
  /** Of the lot token, where it is an ERC-20. */
  lotUnit: Unit | undefined
  /** Chain time now, Unix seconds. */
  now: number
  /** The least times that the contract admits. */
  floors: AuctionFloors
}

/** Copies of an edition. */
export const COPIES: FieldUnit = { symbol: '', decimals: 0, words: ['copies', 'copy'] }
export const BIDS: FieldUnit = { symbol: '', decimals: 0, words: ['bids', 'bid'] }
/** Which of a collection's pieces or editions. */
export const NUMBER: FieldUnit = { symbol: '', decimals: 0, words: [] }

const UINT256 = { amount: 2n ** 256n - 1n, reason: 'That is more than a contract can count: at most 2²⁵⁶ − 1.' }
const FEWEST_BIDS = 'Enter a whole number from 1 to 999,999,999, or nothing: no limit.'

/** Turns the form into parameters that the contract admits, or says field by field what is wrong. PROTOCOL.md section 5. */
export function draftAuction(form: AuctionForm, { keyId, unit, lotUnit, now, floors }: Context): AuctionDraft {
  const errors: FieldErrors = {}
  const read = readerOf(form, errors)
  const lot = draftLot(form, lotUnit, errors)
  const paymentToken = address(form.paymentToken, 'paymentToken', errors)
  const money = draftMoney(form, unit, errors)
  const span = (field: 'closesIn' | 'settleIn' | 'challenge', name: string, least: number, mostDays: number) => {
    const parsed = parseSpan(form[field], name, least, mostDays)
    if (parsed.ok) return Number(parsed.amount)
    errors[field] = parsed.reason
    return 0
  }
  const closesIn = span('closesIn', form.closesUnit, SPANS.minutes, 365)
  const settleIn = span('settleIn', form.settleUnit, Math.max(SPANS.minutes, floors.settlePeriod), 365)
  const challengeWindow = span('challenge', form.challengeUnit, floors.challengeWindow, 30)
  const least = { amount: 1n, reason: FEWEST_BIDS }
  const most = { amount: 999_999_999n, reason: FEWEST_BIDS }
  const maxBids = form.maxBids.trim() === '' ? 0 : Number(read('maxBids', { unit: BIDS, least, most }))
  if (Object.keys(errors).length > 0) return { ok: false, errors }
  return {
    ok: true,
    params: {
      ...lot,
      ...money,
      rule: form.rule === 'FIRST_PRICE' ? 0 : 1,
      supply: 1,
      paymentToken,
      sealedReserve: zeroHash,
      collateralPolicy: form.policy === 'UNIFORM' ? 0 : 1,
      maxBids,
      bidsPerAddress: 1,
      allowListRoot: zeroHash,
      keyId,
      closesAt: BigInt(now + closesIn),
      settleBy: BigInt(now + closesIn + settleIn),
      challengeWindow,
      noSettlement: 0,
      revealWindow: 0,
    },
  }
}

/** Reads one field's amount; one that cannot be read is nothing, and its error is kept. */
function readerOf(form: AuctionForm, errors: FieldErrors) {
  return (
    field: 'lotTokenId' | 'lotAmount' | 'tick' | 'reserve' | 'collateral' | 'maxBids',
    bounds: Bounds,
  ): bigint => {
    const parsed = parseAmount(form[field], bounds)
    if (parsed.ok) return parsed.amount
    errors[field] = parsed.reason
    return 0n
  }
}

function draftLot(form: AuctionForm, lotUnit: Unit | undefined, errors: FieldErrors) {
  const read = readerOf(form, errors)
  const lotToken = address(form.lotToken, 'lotToken', errors)
  if (lotToken === zeroAddress && !errors.lotToken) errors.lotToken = 'The chain’s own coin cannot be a lot.'
  if (form.lotKind === 'ERC20') {
    if (!lotUnit) errors.lotToken ??= 'This is not a token.'
    const least = { amount: 1n, reason: 'Offer more than nothing.' }
    const lotSize = lotUnit ? read('lotAmount', { unit: lotUnit, least, most: UINT256 }) : 0n
    return { lotKind: 2, lotToken, lotTokenId: 0n, lotSize }
  }
  const lotTokenId = read('lotTokenId', { unit: NUMBER, most: UINT256 })
  if (form.lotKind === 'ERC721') return { lotKind: 0, lotToken, lotTokenId, lotSize: 1n }
  const least = { amount: 1n, reason: 'Offer at least one copy.' }
  return { lotKind: 1, lotToken, lotTokenId, lotSize: read('lotAmount', { unit: COPIES, least, most: UINT256 }) }
}

function draftMoney(form: AuctionForm, unit: Unit, errors: FieldErrors) {
  const read = readerOf(form, errors)
  const words = (amount: bigint) => formatAmount(amount, unit)
  const upTo = (amount: bigint) => ({ amount, reason: `It can be at most ${words(amount)}.` })
  const tickSize = read('tick', {
    unit,
    least: { amount: 1n, reason: `The least step is ${words(1n)}.` },
    most: upTo(2n ** 96n - 1n),
  })
  // Without a step there is nothing yet to measure the reserve by.
  const steps = errors.tick ? {} : { step: tickSize, things: 'Reserves', most: upTo(MOST_TICKS * tickSize) }
  const reserve = form.reserve.trim() === '' ? 0n : read('reserve', { unit, ...steps })
  const least = reserve > 0n ? reserve : tickSize
  const why = `${reserve > 0n ? 'the reserve' : 'one step'}: nobody can bid more than they lock.`
  const collateral = read('collateral', {
    unit,
    least: { amount: least, reason: `It is at least ${words(least)}, ${why}` },
    most: upTo(2n ** 128n - 1n),
  })
  return { tickSize, reserve: errors.tick ? 0 : Number(reserve / tickSize), collateral }
}

function address(text: string, field: 'lotToken' | 'paymentToken', errors: FieldErrors): Address {
  const value = text.trim()
  if (isAddress(value)) return value
  errors[field] = 'Enter an address: 0x and 40 digits.'
  return zeroAddress
}
