import { privateKeyToAccount } from 'viem/accounts'
import { describe, expect, it } from 'vitest'
import { hexToBytes, toHex } from 'viem/utils'
import {
  parseSignature,
  serializeCompactSignature,
  serializeSignature,
  signatureToCompactSignature,
  type Hex,
} from 'viem'
import { N } from '../../../lib/protocol/commitment/generator'
import { joinSealed, splitSealed } from '../../../lib/protocol/sealing/blob'
import { encodeAad, encodeInfo } from '../../../lib/protocol/sealing/context'
import { deriveKeyPair } from '../../../lib/protocol/sealing/deriveKeyPair'
import { encodePlaintext } from '../../../lib/protocol/sealing/plaintext'
import { signPok } from '../../../lib/protocol/sealing/pok'
import { recoverBid } from '../../../lib/protocol/sealing/recover'
import { bidSecretTypedData, ephemeralKeyMaterial, secretFromSignature } from '../../../lib/protocol/sealing/secret'
import { isSameSignature, normaliseSignature } from '../../../lib/protocol/sealing/signature'
import { alice, context, envelopeOf, mallory, seal, sealingKey, sealRaw, secret } from './sealingFixture'

const wallet = privateKeyToAccount(toHex(5n, { size: 32 }))
const typedData = bidSecretTypedData(context)

describe('recovery from wallet and chain alone (PROTOCOL.md section 4)', () => {
  it('gives a bid back from a fresh signature of the same wallet', async () => {
    const sealedWith = secretFromSignature(await wallet.signTypedData(typedData))
    const bid = await seal({ trader: wallet.address, secret: sealedWith, price: 4_000_000_000 })

    const again = secretFromSignature(await wallet.signTypedData(bidSecretTypedData(context)))
    const recovered = recoverBid({ ...envelopeOf(bid, { trader: wallet.address }), secret: again, sealingKey })
    expect(recovered).toEqual({
      ok: true,
      bid: {
        version: 1,
        kind: 1,
        flags: 0,
        price: 4_000_000_000,
        quantity: 1,
        rho: bid.rho,
        minFill: 0,
        expiryBatch: 0,
      },
    })
  })

  it('gives nothing to another secret, auction, trader or blob', async () => {
    const bid = await seal()
    const other = await seal({ price: 121 })
    const own = { ...envelopeOf(bid), secret, sealingKey }
    expect(recoverBid({ ...own, secret: new Uint8Array(32) })).toEqual({ ok: false, reason: 'other-secret' })
    expect(recoverBid({ ...own, trader: mallory })).toEqual({ ok: false, reason: 'bad-pok' })
    expect(recoverBid({ ...own, sealed: other.sealed })).toEqual({ ok: false, reason: 'bad-pok' })
    expect(recoverBid({ ...own, context: { ...context, closesAt: 1n } })).toEqual({ ok: false, reason: 'bad-pok' })
  })

  it('says so where the blob was spoiled by its own sealer', async () => {
    const bid = await seal()
    const parts = splitSealed(bid.sealed)
    const ciphertext = parts.ciphertext.slice()
    ciphertext[0] = (ciphertext[0] as number) ^ 1
    const { x, y } = bid
    const { privateKey } = deriveKeyPair(ephemeralKeyMaterial(secret, { salt: parts.salt, x, y }))
    const statement = {
      info: encodeInfo(context),
      aad: encodeAad({ trader: alice, x, y, salt: parts.salt }),
      enc: parts.enc,
      ciphertext,
    }
    const sealed = joinSealed({ ...parts, ciphertext, pok: signPok(statement, privateKey) })
    expect(recoverBid({ ...envelopeOf(bid), sealed, secret, sealingKey })).toEqual({
      ok: false,
      reason: 'does-not-open',
    })
  })

  it('says so where the blob holds something else than the commitment, or no bid', async () => {
    const bid = await seal()
    const plaintext = encodePlaintext({
      version: 1,
      kind: 1,
      flags: 0,
      price: 121,
      quantity: 1,
      rho: bid.rho,
      minFill: 0,
      expiryBatch: 0,
    })
    const reasonOf = (bytes: Uint8Array) => recoverBid({ ...envelopeOf(sealRaw(bytes, bid)), secret, sealingKey })
    expect(reasonOf(plaintext)).toEqual({ ok: false, reason: 'commitment-mismatch' })
    expect(reasonOf(plaintext.fill(0, 4, 8))).toEqual({ ok: false, reason: 'commitment-mismatch' })
    expect(reasonOf(plaintext.fill(2, 0, 1))).toEqual({ ok: false, reason: 'wrong-version' })
  })

  it('refuses a secret that is not 32 bytes', async () => {
    const own = { ...envelopeOf(await seal()), sealingKey }
    expect(() => recoverBid({ ...own, secret: new Uint8Array(16) })).toThrow(
      expect.objectContaining({ code: 'INVALID_LENGTH', field: 'secret' }) as Error,
    )
  })
})

describe('bidSecretTypedData', () => {
  it('names chain, contract and auction, and says what the signature gives away', () => {
    expect(typedData.domain).toEqual({
      name: 'Subrosa',
      version: '1',
      chainId: 31337n,
      verifyingContract: context.contract,
    })
    expect(typedData.message).toMatchObject({ chainId: 31337n, auctions: context.contract, auction: context.id })
    expect(typedData.message.warning).toContain('can read')
  })

  it('has not changed: the secret of a known wallet', async () => {
    // Earlier bids could not be recovered if this value moved.
    expect(toHex(secretFromSignature(await wallet.signTypedData(typedData)))).toBe(
      '0x28fda8a50f3ec73aba28421bbdc8efcacba65d29a4f229c78137044f886030b5',
    )
  })
})

describe('normaliseSignature', () => {
  it('reads every equivalent encoding as one', async () => {
    const signature = await wallet.signTypedData(typedData)
    const { r, s, yParity } = parseSignature(signature)
    const twin = toHex(N - BigInt(s), { size: 32 })
    const parity = yParity === 0 ? 1 : 0
    const encodings: Hex[] = [
      signature,
      serializeSignature({ r, s: twin, yParity: parity }),
      serializeCompactSignature(signatureToCompactSignature({ r, s, yParity })),
      `${signature.slice(0, -2)}0${yParity}` as Hex,
    ]
    for (const encoding of encodings) {
      expect(normaliseSignature(encoding)).toEqual({ r: BigInt(r), s: BigInt(s) })
      expect(secretFromSignature(encoding)).toEqual(secretFromSignature(signature))
    }
    expect(isSameSignature(signature, encodings[1] as Hex)).toBe(true)
    expect(isSameSignature(signature, await wallet.signMessage({ message: 'another' }))).toBe(false)
  })

  it.each<[string, Hex]>([
    ['nothing', '0x'],
    ['a contract wallet’s bytes', `0x${'11'.repeat(96)}`],
    ['an r of 0', `0x${'00'.repeat(32)}${'01'.repeat(32)}1b`],
    ['an s of 0', `0x${'01'.repeat(32)}${'00'.repeat(32)}1b`],
    ['an r of n', `0x${N.toString(16)}${'01'.repeat(32)}1b`],
    ['an s of n', `0x${'01'.repeat(32)}${N.toString(16)}1b`],
    ['no hex', 'signature' as Hex],
  ])('refuses %s', (_, signature) => {
    expect(() => normaliseSignature(signature)).toThrow(expect.objectContaining({ code: 'INVALID_SIGNATURE' }) as Error)
  })

  it('gives 32 bytes that differ by auction', async () => {
    const other = bidSecretTypedData({ ...context, id: `0x${'22'.repeat(32)}` })
    const [a, b] = await Promise.all([wallet.signTypedData(typedData), wallet.signTypedData(other)])
    expect(secretFromSignature(a)).toHaveLength(32)
    expect(secretFromSignature(a)).not.toEqual(secretFromSignature(b))
    expect(hexToBytes(a)).toHaveLength(65)
  })
})
