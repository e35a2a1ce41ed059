import { readFileSync } from 'node:fs'
import { chacha20poly1305 } from '@noble/ciphers/chacha.js'
import { Chacha20Poly1305 } from '@hpke/chacha20poly1305'
import { CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'
import { bytesToHex, hexToBytes } from 'viem/utils'
import { describe, expect, it } from 'vitest'
import { deriveKeyPair } from '../../../lib/protocol/sealing/deriveKeyPair'
import { ecdhX } from '../../../lib/protocol/sealing/ecdh'
import { deriveSealingKeys, kemSharedSecret } from '../../../lib/protocol/sealing/keySchedule'
import { decrypt } from '../../../lib/protocol/sealing/open'

interface A5 extends Record<string, unknown> {
  info: string
  ikmE: string
  pkEm: string
  skEm: string
  ikmR: string
  pkRm: string
  skRm: string
  enc: string
  shared_secret: string
  key: string
  base_nonce: string
  encryptions: { aad: string; pt: string; ct: string }[]
}

const a5 = JSON.parse(
  readFileSync(new URL('../../vectors/rfc9180-a5-p256-chacha20poly1305.json', import.meta.url), 'utf8'),
) as A5
const bytes = (hex: string) => hexToBytes(`0x${hex}`)
const hex = (value: Uint8Array) => bytesToHex(value).slice(2)
const first = a5.encryptions[0] as A5['encryptions'][0]

describe('RFC 9180 A.5.1: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, ChaCha20Poly1305', () => {
  it('derives both key pairs (7.1.3)', () => {
    const sender = deriveKeyPair(bytes(a5.ikmE))
    expect([hex(sender.privateKey), hex(sender.publicKey)]).toEqual([a5.skEm, a5.pkEm])
    const recipient = deriveKeyPair(bytes(a5.ikmR))
    expect([hex(recipient.privateKey), hex(recipient.publicKey)]).toEqual([a5.skRm, a5.pkRm])
  })

  it('agrees on one ECDH point from both sides', () => {
    expect(hex(ecdhX(bytes(a5.skEm), bytes(a5.pkRm)))).toBe(hex(ecdhX(bytes(a5.skRm), bytes(a5.pkEm))))
  })

  it('reaches the shared secret, key and base nonce', () => {
    const sharedX = ecdhX(bytes(a5.skRm), bytes(a5.enc))
    expect(hex(kemSharedSecret(sharedX, bytes(a5.enc), bytes(a5.pkRm)))).toBe(a5.shared_secret)
    const { key, nonce } = deriveSealingKeys(sharedX, bytes(a5.enc), bytes(a5.pkRm), bytes(a5.info))
    expect([hex(key), hex(nonce)]).toEqual([a5.key, a5.base_nonce])
  })

  it('encrypts and decrypts the first message', () => {
    const keys = { key: bytes(a5.key), nonce: bytes(a5.base_nonce) }
    expect(hex(chacha20poly1305(keys.key, keys.nonce, bytes(first.aad)).encrypt(bytes(first.pt)))).toBe(first.ct)
    expect(decrypt(keys, bytes(first.aad), bytes(first.ct))).toEqual(bytes(first.pt))
    expect(decrypt(keys, bytes(`${first.aad}00`), bytes(first.ct))).toBeNull()
  })

  it('gives the same bytes through @hpke/core with ikmE as ekm', async () => {
    const suite = new CipherSuite({
      kem: new DhkemP256HkdfSha256(),
      kdf: new HkdfSha256(),
      aead: new Chacha20Poly1305(),
    })
    const own = (value: string) => Uint8Array.from(bytes(value)).buffer
    const sender = await suite.createSenderContext({
      recipientPublicKey: await suite.kem.deserializePublicKey(own(a5.pkRm)),
      info: own(a5.info),
      ekm: own(a5.ikmE),
    })
    expect(hex(new Uint8Array(sender.enc))).toBe(a5.enc)
    expect(hex(new Uint8Array(await sender.seal(own(first.pt), own(first.aad))))).toBe(first.ct)
  })
})
