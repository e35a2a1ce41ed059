import { describe, expect, it } from 'vitest'
import { deriveBlinding } from '../../../lib/protocol/commitment/blinding'
import { commit } from '../../../lib/protocol/commitment/commit'
import { KIND, UINT32_MAX } from '../../../lib/protocol/constants'
import { judgeOpened, type InvalidReason, type JudgedLeaf } from '../../../lib/protocol/sealing/judge'
import { encodePlaintext, parsePlaintext, type BidPlaintext } from '../../../lib/protocol/sealing/plaintext'
import { alice, context, mallory } from './sealingFixture'

const rho = `0x${'5a'.repeat(32)}` as const
const good: BidPlaintext = {
  version: 1,
  kind: KIND.auction,
  flags: 0,
  price: 7,
  quantity: 1,
  rho,
  minFill: 0,
  expiryBatch: 0,
}

/** A leaf whose commitment matches the plaintext in every field, whatever the fields are. */
function leafOf(plaintext: BidPlaintext, changes: Partial<JudgedLeaf> = {}): JudgedLeaf {
  const { flags, minFill, expiryBatch } = plaintext
  const { chainId, contract, kind, id } = changes.context ?? context
  const blinding = deriveBlinding({ chainId, contract, kind, id, trader: alice, flags, minFill, expiryBatch, rho })
  const value = (BigInt(plaintext.price) << 32n) | BigInt(plaintext.quantity)
  return { context, trader: alice, oneLot: true, ...commit(value, blinding), ...changes }
}

function judge(plaintext: BidPlaintext, leaf: JudgedLeaf = leafOf(plaintext)) {
  return judgeOpened({ ok: true, plaintext: encodePlaintext(plaintext) }, leaf)
}

describe('judgeOpened (PROTOCOL.md section 6)', () => {
  it('accepts a bid that keeps every rule', () => {
    expect(judge(good)).toEqual({ valid: true, price: 7, quantity: 1, rho })
  })

  const spoiled: [InvalidReason, Partial<BidPlaintext>][] = [
    ['wrong-version', { version: 2 }],
    ['wrong-version', { version: 0 }],
    ['wrong-kind', { kind: KIND.market }],
    ['wrong-kind', { kind: KIND.sealedReserve }],
    ['zero-price', { price: 0 }],
    ['zero-quantity', { quantity: 0 }],
    ['quantity-not-one', { quantity: 2 }],
    ['flags-set', { flags: 1 }],
    ['flags-set', { flags: 0x8000 }],
    ['min-fill-set', { minFill: 1 }],
    ['expiry-batch-set', { expiryBatch: 1 }],
  ]

  it.each(spoiled)('%s: %o, even where the commitment matches', (reason, changes) => {
    expect(judge({ ...good, ...changes })).toEqual({ valid: false, reason })
  })

  it('wants each reserved byte zero', () => {
    for (let at = 52; at < 96; at++) {
      const plaintext = encodePlaintext(good)
      plaintext[at] = 1
      expect(judgeOpened({ ok: true, plaintext }, leafOf(good))).toEqual({ valid: false, reason: 'reserved-bytes' })
    }
  })

  it.each<[string, Partial<JudgedLeaf>]>([
    ['another trader', { trader: mallory }],
    ['another x', { x: 1n }],
    ['another y', { y: 1n }],
  ])('commitment-mismatch under %s', (_, changes) => {
    expect(judge(good, { ...leafOf(good), ...changes })).toEqual({ valid: false, reason: 'commitment-mismatch' })
  })

  it('commitment-mismatch where the plaintext names another price, quantity or rho than the commitment', () => {
    for (const changes of [{ price: 8 }, { rho: `0x${'5b'.repeat(32)}` as const }]) {
      expect(judge({ ...good, ...changes }, leafOf(good))).toEqual({ valid: false, reason: 'commitment-mismatch' })
    }
    expect(judge({ ...good, quantity: 2 }, leafOf(good, { oneLot: false }))).toMatchObject({
      reason: 'commitment-mismatch',
    })
  })

  it('lets many-lot auctions take any quantity, and reserves only one', () => {
    const many = { ...good, quantity: UINT32_MAX, price: UINT32_MAX }
    expect(judge(many, leafOf(many, { oneLot: false }))).toMatchObject({ valid: true, quantity: UINT32_MAX })
    const reserve = { ...many, kind: KIND.sealedReserve }
    const reserveContext = { ...context, kind: KIND.sealedReserve }
    expect(judge(reserve, leafOf(reserve, { oneLot: false, context: reserveContext }))).toEqual({
      valid: false,
      reason: 'quantity-not-one',
    })
  })

  it('passes on why a blob did not open', () => {
    expect(judgeOpened({ ok: false, reason: 'bad-pok' }, leafOf(good))).toEqual({ valid: false, reason: 'bad-pok' })
  })

  it('judges a plaintext of another length', () => {
    expect(judgeOpened({ ok: true, plaintext: new Uint8Array(95) }, leafOf(good))).toEqual({
      valid: false,
      reason: 'wrong-length',
    })
  })
})

describe('plaintext', () => {
  it('is big-endian with fields at their places', () => {
    const full = {
      version: 1,
      kind: 2,
      flags: 0x0304,
      price: 0x05060708,
      quantity: 0x090a0b0c,
      rho,
      minFill: 0x0d0e0f10,
      expiryBatch: 0x11121314,
    }
    const bytes = encodePlaintext(full)
    expect(Buffer.from(bytes).toString('hex')).toBe(
      '01020304'.concat('05060708', '090a0b0c', '5a'.repeat(32), '0d0e0f10', '11121314', '00'.repeat(44)),
    )
    expect(parsePlaintext(bytes)).toEqual({ ok: true, value: full })
  })

  it('refuses numbers that do not fit', () => {
    expect(() => encodePlaintext({ ...good, price: UINT32_MAX + 1 })).toThrow(
      expect.objectContaining({ code: 'VALUE_OUT_OF_RANGE' }) as Error,
    )
  })
})
