import { isAddress, zeroAddress, zeroHash, type Address, type Hex } from 'viem'
import type { AuctionParams } from '../../../lib/protocol/auction/params'
import { parseAmount, type Unit } from '../../_format/amount'

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

/** Seconds in the units that the form offers. */
export const SPANS = { minutes: 60, hours: 3_600, days: 86_400 } as const

const MOST_TICKS = 2n ** 32n - 2n

type Context = {
  keyId: Hex
  unit: Unit
  /** Of the lot token, where it is an ERC-20. */
  lotUnit: Unit | undefined
  /** Chain time now, Unix seconds. */
  now: number
}

/** Turns the form into parameters that the contract admits, or says field by field what is wrong. PROTOCOL.md section 5. */
export function draftAuction(form: AuctionForm, { keyId, unit, lotUnit, now }: Context): AuctionDraft {
  const errors: FieldErrors = {}
  const money = (field: 'tick' | 'reserve' | 'collateral') => {
    const parsed = parseAmount(form[field] || (field === 'reserve' ? '0' : ''), unit)
    if (parsed.ok) return parsed.amount
    errors[field] = parsed.reason
    return 0n
  }
  const lot = draftLot(form, lotUnit, errors)
  const paymentToken = address(form.paymentToken, 'paymentToken', errors)
  const tickSize = money('tick')
  const reserve = money('reserve')
  const collateral = money('collateral')
  checkMoney(form, { tickSize, reserve, collateral }, errors)
  const closesIn = span(form.closesIn, form.closesUnit, 'closesIn', 1, errors)
  const settleIn = span(form.settleIn, form.settleUnit, 'settleIn', 1, errors)
  const challengeWindow = span(form.challenge, form.challengeUnit, 'challenge', 0, errors)
  const maxBids = form.maxBids.trim() === '' ? 0 : count(form.maxBids, errors)
  if (challengeWindow > 30 * SPANS.days) errors.challenge = 'At most 30 days.'
  if (Object.keys(errors).length > 0) return { ok: false, errors }
  return {
    ok: true,
    params: {
      ...lot,
      rule: form.rule === 'FIRST_PRICE' ? 0 : 1,
      supply: 1,
      paymentToken,
      tickSize,
      reserve: Number(reserve / tickSize),
      sealedReserve: zeroHash,
      collateralPolicy: form.policy === 'UNIFORM' ? 0 : 1,
      collateral,
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

function draftLot(form: AuctionForm, lotUnit: Unit | undefined, errors: FieldErrors) {
  const lotToken = address(form.lotToken, 'lotToken', errors)
  if (lotToken === zeroAddress && !errors.lotToken) errors.lotToken = 'The chain’s own coin cannot be a lot.'
  if (form.lotKind === 'ERC20') {
    const parsed = lotUnit ? parseAmount(form.lotAmount, lotUnit) : undefined
    if (!parsed) errors.lotToken ??= 'This is not a token.'
    else if (!parsed.ok) errors.lotAmount = parsed.reason
    else if (parsed.amount === 0n) errors.lotAmount = 'Offer more than nothing.'
    return { lotKind: 2, lotToken, lotTokenId: 0n, lotSize: parsed?.ok ? parsed.amount : 0n }
  }
  const lotTokenId = whole(form.lotTokenId, 'lotTokenId', errors)
  if (form.lotKind === 'ERC721') return { lotKind: 0, lotToken, lotTokenId, lotSize: 1n }
  const lotSize = whole(form.lotAmount, 'lotAmount', errors)
  if (lotSize === 0n && !errors.lotAmount) errors.lotAmount = 'Offer at least one copy.'
  return { lotKind: 1, lotToken, lotTokenId, lotSize }
}

type Money = { tickSize: bigint; reserve: bigint; collateral: bigint }

function checkMoney(form: AuctionForm, { tickSize, reserve, collateral }: Money, errors: FieldErrors): void {
  if (errors.tick) return
  if (tickSize === 0n || tickSize >= 2n ** 96n) {
    errors.tick = 'The step must be more than nothing, and below 2⁹⁶ base units.'
    return
  }
  if (reserve % tickSize !== 0n) errors.reserve ??= 'The reserve must be a whole number of steps.'
  if (reserve / tickSize > MOST_TICKS) errors.reserve ??= 'That is more steps than a price can have.'
  const lowest = reserve > 0n ? reserve : tickSize
  if (form.policy === 'UNIFORM' && collateral < lowest) {
    errors.collateral ??= 'Nobody can bid more than he locks: ask for at least the reserve, or one step.'
  }
  if (collateral >= 2n ** 128n) errors.collateral ??= 'That is more than the contract can count.'
}

function address(text: string, field: 'lotToken' | 'paymentToken', errors: FieldErrors): Address {
  const value = text.trim()
  if (isAddress(value)) return value
  errors[field] = 'Enter an address: 0x and 40 digits.'
  return zeroAddress
}

function whole(text: string, field: 'lotTokenId' | 'lotAmount', errors: FieldErrors): bigint {
  const value = text.trim()
  if (/^\d{1,77}$/.test(value)) return BigInt(value)
  errors[field] = 'Enter a whole number.'
  return 0n
}

function count(text: string, errors: FieldErrors): number {
  const value = /^\d{1,9}$/.test(text.trim()) ? Number(text) : 0
  if (value < 1) errors.maxBids = 'Enter a whole number from 1 to 999,999,999, or nothing: no limit.'
  return value
}

function span(
  text: string,
  unit: string,
  field: 'closesIn' | 'settleIn' | 'challenge',
  least: number,
  errors: FieldErrors,
) {
  const count = /^\d{1,6}$/.test(text.trim()) ? Number(text) : Number.NaN
  const seconds = count * (isSpan(unit) ? SPANS[unit] : Number.NaN)
  if (Number.isNaN(seconds) || count < least) errors[field] = `Enter a whole number from ${least} up.`
  else if (seconds > 365 * SPANS.days) errors[field] = 'At most 365 days.'
  return Number.isNaN(seconds) ? 0 : seconds
}

function isSpan(unit: string): unit is keyof typeof SPANS {
  return unit in SPANS
}
