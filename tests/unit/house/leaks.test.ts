import { describe, expect, it } from 'vitest'
import { amountsIn, leaksIn, numbersIn } from '../../e2e/support/leaks'

const opening = { price: 310, secret: `0x${'5a'.repeat(31)}0f` }
/** As a journal has them: ids, hashes and counters that happen to hold the digits of the price, and one that is it. */
const entry = {
  ...{ version: 2, id: '31000310-3100-4310-8310-310310310310', chainId: 31337, account: `0x${'310f'.repeat(10)}` },
  ...{ title: 'Seal and place your bid', stage: 'submitted', hash: `0x${'3a10'.repeat(15)}0310`, updatedAt: 310 },
  sealed: { id: `0x${'0310'.repeat(16)}`, fromBlock: '310', x: '31010310310', y: '9310' },
}
const kept = (more: object) => JSON.stringify([JSON.stringify({ ...entry, ...more })])

describe('what a browser keeps of a bid', () => {
  it('tells nothing by random digits that hold those of the price', () => {
    expect(leaksIn(JSON.stringify([entry]), opening)).toEqual([])
    expect(leaksIn(kept({}), opening)).toEqual([])
    expect(leaksIn('', opening)).toEqual([])
  })

  it.each([
    ['a price, under its name', { price: 7 }, '[0].price is there'],
    ['a secret, under its name', { secret: null }, '[0].secret is there'],
    ['the price, under another name', { note: 310 }, '[0].note says 310'],
    ['the price as text', { note: '310' }, '[0].note says 310'],
    ['the price within a sentence', { title: 'Bid 310 DUSD' }, '[0].title says 310'],
    ['the price deep inside', { sealed: { of: [{ was: 310 }] } }, '[0].sealed.of[0].was says 310'],
  ])('tells by %s', (_what, more, line) => {
    expect(leaksIn(JSON.stringify([{ ...entry, ...more }]), opening)).toEqual([line])
    expect(leaksIn(kept(more), opening)).toEqual([line])
  })

  it.each([
    ['as it is', opening.secret],
    ['in capitals, without 0x', opening.secret.slice(2).toUpperCase()],
    ['as a number', BigInt(opening.secret).toString()],
    ['within a longer text', `0x04${opening.secret.slice(2)}ff`],
  ])('tells by the secret %s, under whatever name', (_how, secret) => {
    expect(leaksIn(kept({ salt: secret }), opening)).toEqual(['the text holds the secret'])
  })

  it('tells in prose as well', () => {
    expect(leaksIn('on: 310 DUSD', opening)).toEqual(['the text says 310'])
    expect(leaksIn('{"on": 310', opening)).toEqual(['the text says 310'])
  })
})

describe('numbers in a text', () => {
  it.each([
    ['at most 1,300 DUSD', ['1300']],
    ['300 DUSD, 98.7%', ['300', '98.7']],
    ['198.7 and 98.75', ['198.7', '98.75']],
    ['0x98f7 a300 300b v3.98.7 0310-4310-300', []],
    ['19:08', ['19', '08']],
  ])('%s', (text, numbers) => {
    expect(numbersIn(text)).toEqual(numbers)
  })

  it('that are amounts of a unit', () => {
    const text = 'Block 300, 1,300 DUSD, 300\u00a0DUSD, 300 DUSDC, 0x300 DUSD'
    expect(amountsIn(text, 'DUSD')).toEqual(['1300', '300'])
  })
})
