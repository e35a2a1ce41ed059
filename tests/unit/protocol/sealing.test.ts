import { createDecipheriv, createECDH } from 'node:crypto'
import { p256 } from '@noble/curves/nist.js'
import { Chacha20Poly1305 } from '@hpke/chacha20poly1305'
import { CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'
import { bytesToHex, hexToBytes, keccak256, stringToHex } from 'viem/utils'
import { describe, expect, it } from 'vitest'
import { KIND, SEALED_BID_LENGTH } from '../../../lib/protocol/constants'
import { deriveKeyPair } from '../../../lib/protocol/sealing/deriveKeyPair'
import { ephemeralKeyMaterial } from '../../../lib/protocol/sealing/secret'
import { joinSealed, splitSealed } from '../../../lib/protocol/sealing/blob'
import { encodeAad, encodeInfo, type SealContext } from '../../../lib/protocol/sealing/context'
import { ecdhX } from '../../../lib/protocol/sealing/ecdh'
import { openWithSharedX } from '../../../lib/protocol/sealing/open'
import { judgeOpened } from '../../../lib/protocol/sealing/judge'
import { deriveSealingKeys } from '../../../lib/protocol/sealing/keySchedule'
import { parsePlaintext } from '../../../lib/protocol/sealing/plaintext'
import { signPok } from '../../../lib/protocol/sealing/pok'
import { checkPublicly } from '../../../lib/protocol/sealing/publicCheck'
import {
  alice,
  context,
  enclaveKey,
  envelopeOf,
  mallory,
  openAsEnclave,
  seal,
  sealingKeyBytes,
  secret,
} from './sealingFixture'

const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

describe('sealBid (PROTOCOL.md section 4)', () => {
  it('gives 257 bytes that the enclave opens to the bid', async () => {
    const bid = await seal()
    expect(hexToBytes(bid.sealed)).toHaveLength(SEALED_BID_LENGTH)
    const opened = openAsEnclave(envelopeOf(bid))
    expect(judgeOpened(opened, { context, trader: alice, x: bid.x, y: bid.y, oneLot: true })).toEqual({
      valid: true,
      price: 120,
      quantity: 1,
      rho: bid.rho,
    })
  })

  it('is deterministic, and every secret, salt, price and quantity gives another rho, commitment and key', async () => {
    expect(await seal()).toEqual(await seal())
    const bids = await Promise.all([
      seal(),
      seal({ secret: new Uint8Array(32).fill(10) }),
      seal({ salt: new Uint8Array(16).fill(4) }),
      seal({ price: 121 }),
      seal({ quantity: 2 }),
    ])
    for (const part of [
      bids.map((bid) => bid.rho),
      bids.map((bid) => bid.x),
      bids.map((bid) => bytesToHex(splitSealed(bid.sealed).enc)),
    ]) {
      expect(new Set<unknown>(part).size).toBe(bids.length)
    }
  })

  it('is opened by a recipient of @hpke/core', async () => {
    const bid = await seal()
    const { enc, ciphertext, salt } = splitSealed(bid.sealed)
    const suite = new CipherSuite({
      kem: new DhkemP256HkdfSha256(),
      kdf: new HkdfSha256(),
      aead: new Chacha20Poly1305(),
    })
    const recipientKey = await suite.kem.deserializePrivateKey(Uint8Array.from(enclaveKey).buffer)
    const aad = encodeAad({ trader: alice, x: bid.x, y: bid.y, salt })
    const opened = await suite.open(
      { recipientKey, enc: Uint8Array.from(enc).buffer, info: Uint8Array.from(encodeInfo(context)).buffer },
      Uint8Array.from(ciphertext).buffer,
      Uint8Array.from(aad).buffer,
    )
    const parsed = parsePlaintext(new Uint8Array(opened))
    expect(parsed).toEqual({
      ok: true,
      value: {
        version: 1,
        kind: KIND.auction,
        flags: 0,
        price: 120,
        quantity: 1,
        rho: bid.rho,
        minFill: 0,
        expiryBatch: 0,
      },
    })
  })

  it('is opened by the ECDH and the cipher of node:crypto', async () => {
    const bid = await seal()
    const { enc, ciphertext, salt } = splitSealed(bid.sealed)
    const ecdh = createECDH('prime256v1')
    ecdh.setPrivateKey(enclaveKey)
    const { key, nonce } = deriveSealingKeys(ecdh.computeSecret(enc), enc, sealingKeyBytes, encodeInfo(context))
    const decipher = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 })
    decipher.setAAD(encodeAad({ trader: alice, x: bid.x, y: bid.y, salt }), { plaintextLength: 96 })
    decipher.setAuthTag(ciphertext.subarray(96))
    const plaintext = Buffer.concat([decipher.update(ciphertext.subarray(0, 96)), decipher.final()])
    expect(openAsEnclave(envelopeOf(bid))).toEqual({ ok: true, plaintext: new Uint8Array(plaintext) })
  })

  it.each([
    ['a price of 0', { price: 0 }, 'PRICE_OUT_OF_RANGE'],
    ['a quantity of 0', { quantity: 0 }, 'QUANTITY_OUT_OF_RANGE'],
    ['a short secret', { secret: new Uint8Array(31) }, 'INVALID_LENGTH'],
    ['a long salt', { salt: new Uint8Array(17) }, 'INVALID_LENGTH'],
    ['a key off the curve', { sealingKey: `0x04${'11'.repeat(64)}` as const }, 'INVALID_SEALING_KEY'],
    ['a compressed key', { sealingKey: bytesToHex(p256.getPublicKey(enclaveKey, true)) }, 'INVALID_SEALING_KEY'],
  ])('refuses %s', async (_, changes, code) => {
    await expect(seal(changes)).rejects.toMatchObject({ code })
  })
})

describe('a tampered blob', () => {
  it('fails at every single byte: publicly, without any key being computed', async () => {
    const bid = await seal()
    const bytes = hexToBytes(bid.sealed)
    for (let at = 0; at < bytes.length; at++) {
      const sealed = bytes.slice()
      sealed[at] = (sealed[at] as number) ^ 0x01
      expect(checkPublicly(envelopeOf(bid, { sealed })), `byte ${at}`).toEqual({
        ok: false,
        reason: at === 16 ? 'bad-prefix' : 'bad-pok',
      })
    }
  })

  it.each([
    ['trader', { trader: mallory }],
    ['x', { x: 5n }],
    ['y', { y: 5n }],
  ])('fails under another %s (aad)', async (_, changes) => {
    expect(openAsEnclave(envelopeOf(await seal(), changes))).toEqual({ ok: false, reason: 'bad-pok' })
  })

  const otherContexts: [keyof SealContext, Partial<SealContext>][] = [
    ['keyId', { keyId: keccak256('0x01') }],
    ['chainId', { chainId: 1n }],
    ['contract', { contract: mallory }],
    ['kind', { kind: KIND.sealedReserve }],
    ['id', { id: keccak256(stringToHex('another auction')) }],
    ['closesAt', { closesAt: context.closesAt + 1n }],
  ]

  it.each(otherContexts)('fails under another %s (info)', async (_, changes) => {
    const envelope = envelopeOf(await seal(), { context: { ...context, ...changes } })
    expect(openAsEnclave(envelope)).toEqual({ ok: false, reason: 'bad-pok' })
  })

  it.each([
    ['an aad', { trader: mallory }],
    ['an info', { context: { ...context, closesAt: 1n } }],
  ])('does not open where its key’s owner signed for %s that he did not seal with', async (_, changes) => {
    const bid = await seal()
    const { salt, enc, ciphertext } = splitSealed(bid.sealed)
    const envelope = envelopeOf(bid, changes)
    const { trader, x, y } = envelope
    const info = encodeInfo(envelope.context)

    const { privateKey } = deriveKeyPair(ephemeralKeyMaterial(secret, { salt, x, y }))
    const pok = signPok({ info, aad: encodeAad({ trader, x, y, salt }), enc, ciphertext }, privateKey)
    const sealed = joinSealed({ salt, enc, pok, ciphertext })
    expect(openAsEnclave({ ...envelope, sealed })).toEqual({ ok: false, reason: 'does-not-open' })
  })

  it.each([256, 258, 0])('of %s bytes is of bad length', async (length) => {
    const bid = await seal()
    expect(checkPublicly(envelopeOf(bid, { sealed: new Uint8Array(length) }))).toEqual({
      ok: false,
      reason: 'bad-length',
    })
  })

  it('with the high twin of s has a bad pok, though the equation holds', async () => {
    const bid = await seal()
    const parts = splitSealed(bid.sealed)
    const s = BigInt(bytesToHex(parts.pok.slice(32)))
    const high = hexToBytes(`0x${(P256_ORDER - s).toString(16).padStart(64, '0')}`)
    const sealed = joinSealed({ ...parts, pok: new Uint8Array([...parts.pok.slice(0, 32), ...high]) })
    expect(checkPublicly(envelopeOf(bid, { sealed }))).toEqual({ ok: false, reason: 'bad-pok' })
  })
})

it('openWithSharedX opens with the x-coordinate alone, and only with the right one', async () => {
  const bid = await seal()
  const sharedX = ecdhX(enclaveKey, splitSealed(bid.sealed).enc)
  const input = { ...envelopeOf(bid), sealingKey: sealingKeyBytes }
  expect(openWithSharedX({ ...input, sharedX })).toEqual(openAsEnclave(envelopeOf(bid)))
  expect(openWithSharedX({ ...input, sharedX: new Uint8Array(32) })).toEqual({ ok: false, reason: 'does-not-open' })
  expect(openWithSharedX({ ...input, sharedX, trader: mallory })).toEqual({ ok: false, reason: 'bad-pok' })
})

describe('attacks on other bidders', () => {
  it('another bidder’s enc in a spoiled bid is refused on public evidence, so his key is never published', async () => {
    const victim = splitSealed((await seal()).sealed)
    const own = await seal({ trader: mallory, secret: new Uint8Array(32).fill(66) })
    const parts = splitSealed(own.sealed)
    const statement = {
      info: encodeInfo(context),
      aad: encodeAad({ trader: mallory, x: own.x, y: own.y, salt: parts.salt }),
      enc: victim.enc,
      ciphertext: parts.ciphertext,
    }
    const forged = signPok(statement, new Uint8Array(32).fill(66))
    for (const pok of [victim.pok, parts.pok, forged]) {
      const sealed = joinSealed({ ...parts, enc: victim.enc, pok })
      expect(checkPublicly(envelopeOf(own, { trader: mallory, sealed }))).toEqual({ ok: false, reason: 'bad-pok' })
    }
  })

  it('a copied commitment cannot be sealed with a working opening under another trader', async () => {
    const victim = await seal()
    const opened = openAsEnclave(envelopeOf(victim))
    const stolen = { context, trader: mallory, x: victim.x, y: victim.y, oneLot: true }
    expect(judgeOpened(opened, stolen)).toEqual({ valid: false, reason: 'commitment-mismatch' })
  })

  it('a whole copied bid does not open under another trader', async () => {
    expect(openAsEnclave(envelopeOf(await seal(), { trader: mallory })).ok).toBe(false)
  })
})
