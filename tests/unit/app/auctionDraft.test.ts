import { describe, expect, it } from 'vitest'
import { zeroHash } from 'viem'
import { changeForm, draftAuction, type AuctionForm } from '../../../app/auctions/new/auctionDraft'

const TOKEN = '0x00000000000000000000000000000000000000aa'
const form: AuctionForm = {
  lotKind: 'ERC721',
  lotToken: TOKEN,
  lotTokenId: '7',
  lotAmount: '',
  rule: 'SECOND_PRICE',
  paymentToken: TOKEN,
  tick: '0.5',
  reserve: '',
  policy: 'UNIFORM',
  collateral: '100',
  maxBids: '',
  closesIn: '2',
  closesUnit: 'hours',
  settleIn: '1',
  settleUnit: 'days',
  challenge: '30',
  challengeUnit: 'minutes',
}
const floors = { settlePeriod: 3_600, challengeWindow: 1_800 }
const context = { keyId: zeroHash, unit: { symbol: 'T', decimals: 2 }, lotUnit: undefined, now: 1_000, floors }
const errorsOf = (change: Partial<AuctionForm>, more = {}) => {
  const draft = draftAuction({ ...form, ...change }, { ...context, ...more })
  return draft.ok ? [] : Object.keys(draft.errors)
}

describe('draftAuction', () => {
  it('turns amounts into base units and ticks, spans into chain time', () => {
    const draft = draftAuction({ ...form, reserve: '10' }, context)
    expect(draft).toMatchObject({
      ok: true,
      params: {
        rule: 1,
        tickSize: 50n,
        reserve: 20,
        collateral: 10_000n,
        lotTokenId: 7n,
        lotSize: 1n,
        closesAt: 8_200n,
        settleBy: 94_600n,
        challengeWindow: 1_800,
        supply: 1,
        bidsPerAddress: 1,
      },
    })
  })

  it('sells copies and amounts', () => {
    expect(draftAuction({ ...form, lotKind: 'ERC1155', lotAmount: '3' }, context)).toMatchObject({
      params: { lotKind: 1, lotSize: 3n },
    })
    const lotUnit = { symbol: 'G', decimals: 3 }
    expect(draftAuction({ ...form, lotKind: 'ERC20', lotAmount: '1.5' }, { ...context, lotUnit })).toMatchObject({
      params: { lotKind: 2, lotSize: 1_500n, lotTokenId: 0n },
    })
  })

  it.each<[string, Partial<AuctionForm>]>([
    ['lotToken', { lotToken: '0x12' }],
    ['lotTokenId', { lotTokenId: '' }],
    ['lotAmount', { lotKind: 'ERC1155', lotAmount: '0' }],
    ['paymentToken', { paymentToken: 'ETH' }],
    ['tick', { tick: '0' }],
    ['tick', { tick: '0.001' }],
    ['reserve', { reserve: '10.25' }],
    ['collateral', { reserve: '200' }],
    ['collateral', { collateral: '0.4' }],
    ['closesIn', { closesIn: '0' }],
    ['closesIn', { closesIn: '1.234567' }],
    ['closesIn', { closesIn: '0,5', closesUnit: 'minutes' }],
    ['closesIn', { closesIn: '5', closesUnit: 'toString' }],
    ['maxBids', { maxBids: '1,5' }],
    ['maxBids', { maxBids: '0' }],
    ['lotTokenId', { lotTokenId: '1,5' }],
    ['lotTokenId', { lotTokenId: `${2n ** 256n}` }],
    ['tick', { tick: '1,500' }],
    ['settleIn', { settleIn: '', settleUnit: 'days' }],
    ['closesIn', { closesIn: '400', closesUnit: 'days' }],
    ['challenge', { challenge: '31', challengeUnit: 'days' }],
    ['challenge', { challenge: '0' }],
    ['challenge', { challenge: '29' }],
    ['settleIn', { settleIn: '59', settleUnit: 'minutes' }],
  ])('finds the fault in %s: %o', (field, change) => {
    expect(errorsOf(change)).toEqual([field])
  })

  it('has chosen collateral begin at the lowest price', () => {
    expect(errorsOf({ policy: 'CHOSEN', collateral: '0.49' })).toEqual(['collateral'])
    expect(errorsOf({ policy: 'CHOSEN', collateral: '199.99', reserve: '200' })).toEqual(['collateral'])
    expect(errorsOf({ policy: 'CHOSEN', collateral: '200', reserve: '200' })).toEqual([])
  })
})

describe('numbers as people write them', () => {
  const reasonOf = (change: Partial<AuctionForm>, field: keyof AuctionForm) => {
    const draft = draftAuction({ ...form, ...change }, context)
    return draft.ok ? 'read' : draft.errors[field]
  }

  it('are read in every field', () => {
    const typed = { tick: '0,5', reserve: '1.500,00', collateral: "2'000", closesIn: '1,5', settleIn: '0,25 days' }
    const soon = { ...context, floors: { settlePeriod: 1, challengeWindow: 1 } }
    expect(draftAuction({ ...form, ...typed, challenge: '1,5' }, soon)).toMatchObject({
      params: {
        ...{ tickSize: 50n, reserve: 3_000, collateral: 200_000n },
        ...{ closesAt: 6_400n, settleBy: 28_000n, challengeWindow: 90 },
      },
    })
  })

  it.each<[Partial<AuctionForm>, keyof AuctionForm, string]>([
    [{ collateral: '1,500' }, 'collateral', 'Do you mean 1.5 or 1,500?'],
    [{ reserve: '10,25' }, 'reserve', 'Reserves go in steps of 0.5 T: try 10 T or 10.5 T.'],
    [{ tick: '0' }, 'tick', 'The least step is 0.01 T.'],
    [{ reserve: '200' }, 'collateral', 'It is at least 200 T, the reserve: nobody can bid more than they lock.'],
    [{ collateral: '0,4' }, 'collateral', 'It is at least 0.5 T, one step: nobody can bid more than they lock.'],
    [{ maxBids: '1,5' }, 'maxBids', 'Whole numbers only: try 1 or 2.'],
    [{ closesIn: '8761' }, 'closesIn', 'It is at most 8,760 hours.'],
    [{ closesIn: '1,555' }, 'closesIn', 'Do you mean 1.555 or 1,555?'],
    [
      { closesIn: '1,33', closesUnit: 'minutes' },
      'closesIn',
      'Spans go in steps of 0.05 minutes: try 1.3 minutes or 1.35 minutes.',
    ],
    [{ closesIn: '0,3', closesUnit: 'minutes' }, 'closesIn', 'It is at least 1 minute.'],
    [{ settleIn: '59', settleUnit: 'minutes' }, 'settleIn', 'It is at least 60 minutes.'],
    [{ settleIn: '0,5', settleUnit: 'hours' }, 'settleIn', 'It is at least 1 hour.'],
    [{ challenge: '0' }, 'challenge', 'It is at least 30 minutes.'],
    [{ closesIn: '2 days' }, 'closesIn', '“days” does not belong here: this is in hours.'],
  ])('where they do not fit, name what does: %o', (change, field, reason) => {
    expect(reasonOf(change, field)).toBe(reason)
  })
})

describe('changeForm', () => {
  const filled = { ...form, reserve: '10' }

  it('asks for the amounts again where the money changes', () => {
    const changed = changeForm(filled, { paymentToken: '0x00000000000000000000000000000000000000bb' })
    expect(changed).toMatchObject({ tick: '', reserve: '', collateral: '', lotTokenId: '7' })
    expect(errorsOf(changed)).toEqual(['tick', 'collateral'])
  })

  it('keeps them where it stays the same, however it is written', () => {
    const same = changeForm(filled, { paymentToken: ` ${TOKEN.toUpperCase().replace('X', 'x')} `, reserve: '20' })
    expect(same).toMatchObject({ tick: '0.5', reserve: '20', collateral: '100' })
    expect(changeForm(filled, { lotTokenId: '8' })).toEqual({ ...filled, lotTokenId: '8' })
  })
})
