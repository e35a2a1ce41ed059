import fc from 'fast-check'
import { bytesToHex } from 'viem/utils'
import { describe, expect, it } from 'vitest'
import { isOpening } from '../../lib/protocol/commitment/opening'
import { deriveBlinding } from '../../lib/protocol/commitment/blinding'
import { judgeOpened } from '../../lib/protocol/sealing/judge'
import { encodePlaintext, parsePlaintext } from '../../lib/protocol/sealing/plaintext'
import { recoverBid } from '../../lib/protocol/sealing/recover'
import { decodeValue, encodeValue } from '../../lib/protocol/values'
import { alice, context, envelopeOf, openAsEnclave, seal, sealingKey } from '../unit/protocol/sealingFixture'

const uint32 = fc.oneof(fc.constantFrom(1, 2, 0xffff_fffe, 0xffff_ffff), fc.integer({ min: 1, max: 0xffff_ffff }))
const bytesOf = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })

describe('sealing round trips (PROTOCOL.md section 4)', () => {
  it('whatever is sealed, the enclave reads it, its sealer recovers it and the commitment opens to it', async () => {
    await fc.assert(
      fc.asyncProperty(uint32, uint32, bytesOf(32), bytesOf(16), async (price, quantity, secret, salt) => {
        const bid = await seal({ price, quantity, secret, salt })
        const { x, y, rho } = bid
        const verdict = judgeOpened(openAsEnclave(envelopeOf(bid)), { context, trader: alice, x, y, oneLot: false })
        expect(verdict).toEqual({ valid: true, price, quantity, rho })
        const recovered = recoverBid({ ...envelopeOf(bid), secret, sealingKey })
        expect(recovered).toMatchObject({ ok: true, bid: { price, quantity, rho } })
        const blinding = deriveBlinding({ ...context, trader: alice, flags: 0, minFill: 0, expiryBatch: 0, rho })
        expect(isOpening({ x, y }, encodeValue(price, quantity), blinding)).toBe(true)
        expect(isOpening({ x, y }, encodeValue(price, quantity) ^ 1n, blinding)).toBe(false)
      }),
      { numRuns: 60 },
    )
  })

  it('any bytes flipped anywhere in the blob make it fail', async () => {
    const bid = await seal()
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 256 }), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const sealed = Buffer.from(bid.sealed.slice(2), 'hex')
        sealed[at] = (sealed[at] as number) ^ mask
        expect(openAsEnclave(envelopeOf(bid, { sealed: new Uint8Array(sealed) })).ok).toBe(false)
      }),
      { numRuns: 150 },
    )
  })

  it('plaintexts and values come back as they went in', () => {
    const uint16 = fc.integer({ min: 0, max: 0xffff })
    fc.assert(
      fc.property(uint32, uint32, uint16, fc.nat(255), bytesOf(32), (price, quantity, flags, kind, rho) => {
        const plaintext = {
          version: 1,
          kind,
          flags,
          price,
          quantity,
          rho: bytesToHex(rho),
          minFill: quantity,
          expiryBatch: price,
        }
        expect(parsePlaintext(encodePlaintext(plaintext))).toEqual({ ok: true, value: plaintext })
        expect(decodeValue(encodeValue(price, quantity))).toEqual({ price, quantity })
      }),
    )
  })

  it('no bytes make the parser throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
        expect(typeof parsePlaintext(bytes).ok).toBe('boolean')
      }),
    )
  })
})
