import fc from 'fast-check'
import { concatHex, getAddress, keccak256, pad, toHex, type Hex } from 'viem'
import { describe, expect, it } from 'vitest'
import { ANCHOR_LENGTH, decodeAnchor, encodeAnchor, type SettlementAnchor } from '../../../lib/protocol/anchor'

const word = (byte: string): Hex => `0x${byte.repeat(32)}`
const anchor: SettlementAnchor = {
  chainId: 31_337n,
  contract: getAddress('0x5fbdb2315678afecb367f032d93f642f64180aa3'),
  id: word('11'),
  acc: word('22'),
  winnersHash: word('33'),
  proofHash: word('44'),
}

describe('the anchor of a settlement', () => {
  it('is seven words, written here by hand', () => {
    const tag = keccak256(toHex('subrosa/v1/anchor'))
    const words = [tag, pad(toHex(31_337)), pad(anchor.contract), word('11'), word('22'), word('33'), word('44')]
    expect(encodeAnchor(anchor)).toBe(concatHex(words).toLowerCase())
    expect((encodeAnchor(anchor).length - 2) / 2).toBe(ANCHOR_LENGTH)
  })

  it('reads back as what was written', () => {
    const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => toHex(bytes))
    const address = fc.uint8Array({ minLength: 20, maxLength: 20 }).map((bytes) => getAddress(toHex(bytes)))
    fc.assert(
      fc.property(
        fc.record({
          chainId: fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }),
          ...{ contract: address, id: bytes32, acc: bytes32, winnersHash: bytes32, proofHash: bytes32 },
        }),
        (any) => {
          expect(decodeAnchor(encodeAnchor(any))).toEqual(any)
        },
      ),
    )
  })

  it.each<[string, (bytes: Hex) => Hex]>([
    ['another tag', (bytes) => `0x00${bytes.slice(4)}`],
    ['a byte less', (bytes) => bytes.slice(0, -2) as Hex],
    ['a byte more', (bytes) => `${bytes}00`],
    ['dirt before the address', (bytes) => `${bytes.slice(0, 2 + 128)}01${bytes.slice(2 + 130)}` as Hex],
    ['nothing', () => '0x'],
  ])('is refused with %s', (_what, spoil) => {
    expect(decodeAnchor(spoil(encodeAnchor(anchor)))).toBeNull()
  })
})
