import { hexToBytes } from 'viem/utils'
import { splitSealed } from '../protocol/sealing/blob'
import { encodeAad, encodeInfo, type SealContext } from '../protocol/sealing/context'
import type { Opened } from '../protocol/sealing/open'
import { encodePok } from '../protocol/sealing/pok'
import type { SealedEnvelope } from '../protocol/sealing/publicCheck'
import { SEALED_BID_LENGTH } from '../protocol/constants'
import { decrypt, deriveSealingKeys } from './hpke'
import { ecdhOf, importPublicKey, verifyLowS, type NativePrivateKey } from './p256'

/** What opening takes of a sealing key. */
export type OpeningKey = { publicKey: Uint8Array; privateKey: NativePrivateKey }

/**
 * Opens blobs that were sealed for one context, in native code. Prefix and proof of knowledge come first: a blob that
 * fails either is invalid on public evidence, and no key is ever computed for it. PROTOCOL.md section 4.
 */
export function openerOf(key: OpeningKey, context: SealContext): (envelope: Omit<SealedEnvelope, 'context'>) => Opened {
  const info = encodeInfo(context)
  let ecdh: ReturnType<typeof ecdhOf> | undefined
  return ({ trader, x, y, sealed }) => {
    const bytes = typeof sealed === 'string' ? hexToBytes(sealed) : sealed
    if (bytes.length !== SEALED_BID_LENGTH) return { ok: false, reason: 'bad-length' }
    const { salt, enc, pok, ciphertext } = splitSealed(bytes)
    if (enc[0] !== 0x04) return { ok: false, reason: 'bad-prefix' }
    const aad = encodeAad({ trader, x, y, salt })
    const ephemeral = importPublicKey(enc)
    if (!ephemeral || !verifyLowS(ephemeral, encodePok({ info, aad, enc, ciphertext }), pok)) {
      return { ok: false, reason: 'bad-pok' }
    }
    ecdh ??= ecdhOf(key.privateKey)
    const keys = deriveSealingKeys(ecdh(enc), enc, key.publicKey, info)
    const plaintext = decrypt(keys, aad, ciphertext)
    return plaintext ? { ok: true, plaintext } : { ok: false, reason: 'does-not-open' }
  }
}
