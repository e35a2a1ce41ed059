import { privateKeyToAccount } from 'viem/accounts'
import { describe, expect, it } from 'vitest'
import { toHex } from 'viem/utils'
import { judgeOrder, type InvalidOrderReason } from '../../../lib/protocol/book/judgeOrder'
import { orderSecretTypedData } from '../../../lib/protocol/book/orderSecret'
import { recoverOrder } from '../../../lib/protocol/book/recoverOrder'
import { assertOrderTerms, orderContext, sealOrder } from '../../../lib/protocol/book/sealOrder'
import { ORDER_FLAG } from '../../../lib/protocol/clearing/orders'
import { deriveBlinding } from '../../../lib/protocol/commitment/blinding'
import { commit } from '../../../lib/protocol/commitment/commit'
import { KIND, UINT32_MAX } from '../../../lib/protocol/constants'
import { keyIdOf } from '../../../lib/protocol/sealing/context'
import { encodePlaintext, type BidPlaintext } from '../../../lib/protocol/sealing/plaintext'
import { secretFromSignature } from '../../../lib/protocol/sealing/secret'
import { alice, context as auction, mallory, openAsEnclave, sealingKey, secret } from './sealingFixture'

const domain = { chainId: auction.chainId, contract: auction.contract }
const marketId = auction.id
const context = orderContext(domain, marketId, keyIdOf(sealingKey))
const salt = new Uint8Array(16).fill(4)
const rho = `0x${'5a'.repeat(32)}` as const
const MIN_LOTS = 5
const terms = { flags: ORDER_FLAG.sell | ORDER_FLAG.stays, price: 120, quantity: 9, minFill: 3, expiryBatch: 77 }
const good: BidPlaintext = { version: 1, kind: KIND.market, rho, ...terms }

/** A leaf whose commitment matches the plaintext in every field, whatever they are. */
function leafOf(plaintext: BidPlaintext) {
  const { flags, minFill, expiryBatch, price, quantity } = plaintext
  const binding = { ...domain, kind: KIND.market, id: marketId, trader: alice, flags, minFill, expiryBatch, rho }
  return { context, trader: alice, ...commit((BigInt(price) << 32n) | BigInt(quantity), deriveBlinding(binding)) }
}

const judge = (plaintext: BidPlaintext, leaf = leafOf(plaintext)) =>
  judgeOrder({ ok: true, plaintext: encodePlaintext(plaintext) }, leaf, MIN_LOTS)

describe('sealing an order (PROTOCOL.md sections 4 and 11)', () => {
  it('comes back to the enclave and to its trader, and to nobody else', async () => {
    const sealed = await sealOrder({
      domain,
      marketId,
      sealingKey,
      trader: alice,
      terms,
      minLots: MIN_LOTS,
      secret,
      salt,
    })
    const envelope = { context, trader: alice, ...sealed }
    expect(judgeOrder(openAsEnclave(envelope), envelope, MIN_LOTS)).toEqual({ valid: true, ...terms })
    expect(recoverOrder({ ...envelope, secret, sealingKey, minLots: MIN_LOTS })).toEqual({ ok: true, order: terms })
    const other = recoverOrder({ ...envelope, secret: new Uint8Array(32), sealingKey, minLots: MIN_LOTS })
    expect(other).toEqual({ ok: false, reason: 'other-secret' })
    const copied = { ...envelope, trader: mallory }
    expect(judgeOrder(openAsEnclave(copied), copied, MIN_LOTS)).toEqual({ valid: false, reason: 'bad-pok' })
    const moved = { ...envelope, context: { ...context, kind: KIND.auction } }
    expect(judgeOrder(openAsEnclave(moved), moved, MIN_LOTS)).toEqual({ valid: false, reason: 'bad-pok' })
  })

  it.each([
    ['PRICE_OUT_OF_RANGE', { price: 0 }],
    ['QUANTITY_OUT_OF_RANGE', { quantity: 0 }],
    ['QUANTITY_OUT_OF_RANGE', { quantity: MIN_LOTS - 1, minFill: 0 }],
    ['MIN_FILL_OUT_OF_RANGE', { minFill: 10 }],
    ['MIN_FILL_OUT_OF_RANGE', { minFill: 0.5 }],
    ['EXPIRY_OUT_OF_RANGE', { expiryBatch: UINT32_MAX + 1 }],
    ['VALUE_OUT_OF_RANGE', { flags: 16 }],
  ])('refuses with %s: %o', (code, changes) => {
    expect(() => assertOrderTerms({ ...terms, ...changes }, MIN_LOTS)).toThrow(
      expect.objectContaining({ code }) as Error,
    )
  })
})

describe('judging an order (PROTOCOL.md section 11, step 1)', () => {
  it.each<[InvalidOrderReason, Partial<BidPlaintext>]>([
    ['wrong-version', { version: 2 }],
    ['wrong-kind', { kind: KIND.auction }],
    ['zero-price', { price: 0 }],
    ['zero-quantity', { quantity: 0, minFill: 0 }],
    ['unknown-flags', { flags: 16 }],
    ['unknown-flags', { flags: 0x8001 }],
    ['min-fill-above-quantity', { minFill: 10 }],
  ])('%s: %o, even where the commitment matches', (reason, changes) => {
    expect(judge({ ...good, ...changes })).toEqual({ valid: false, reason })
  })

  it('commitment-mismatch where any field is another than was committed to', () => {
    const changed = [{ price: 121 }, { quantity: 8 }, { flags: 4 }, { minFill: 2 }, { expiryBatch: 78 }]
    for (const changes of changed) {
      expect(judge({ ...good, ...changes }, leafOf(good))).toEqual({ valid: false, reason: 'commitment-mismatch' })
    }
  })

  it('takes every combination of flags, and each bound', () => {
    for (let flags = 0; flags < 16; flags++) expect(judge({ ...good, flags })).toMatchObject({ valid: true, flags })
    const most = { ...good, price: UINT32_MAX, quantity: UINT32_MAX, minFill: UINT32_MAX, expiryBatch: UINT32_MAX }
    expect(judge(most)).toMatchObject({ valid: true, quantity: UINT32_MAX })
  })

  it('passes on why a blob did not open', () => {
    expect(judgeOrder({ ok: false, reason: 'does-not-open' }, leafOf(good), MIN_LOTS)).toEqual({
      valid: false,
      reason: 'does-not-open',
    })
  })
})

describe('orderSecretTypedData', () => {
  const wallet = privateKeyToAccount(toHex(5n, { size: 32 }))
  const typedData = orderSecretTypedData({ ...domain, id: marketId })

  it('names chain, contract and market, and says what the signature gives away', () => {
    expect(typedData.domain).toMatchObject({ chainId: 31337n, verifyingContract: domain.contract })
    expect(typedData.message).toMatchObject({ chainId: 31337n, book: domain.contract, market: marketId })
    expect(typedData.message.warning).toContain('can read')
  })

  it('has not changed: the secret of a known wallet', async () => {
    // Earlier orders could not be recovered if this value moved.
    expect(toHex(secretFromSignature(await wallet.signTypedData(typedData)))).toBe(
      '0x511f2ffa104533d23234c74366b480ae877beeb220390c52bde756d7b593be00',
    )
  })
})
