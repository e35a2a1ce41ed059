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
  challenge: '0',
  challengeUnit: 'minutes',
}
const context = { keyId: zeroHash, unit: { symbol: 'T', decimals: 2 }, lotUnit: undefined, now: 1_000 }
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
        challengeWindow: 0,
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
    ['closesIn', { closesIn: '1.5' }],
    ['settleIn', { settleIn: '', settleUnit: 'days' }],
    ['closesIn', { closesIn: '400', closesUnit: 'days' }],
    ['challenge', { challenge: '31', challengeUnit: 'days' }],
  ])('finds the fault in %s: %o', (field, change) => {
    expect(errorsOf(change)).toEqual([field])
  })

  it('lets bidders choose any collateral, even none, where the policy says so', () => {
    expect(errorsOf({ policy: 'CHOSEN', collateral: '0', reserve: '200' })).toEqual([])
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
