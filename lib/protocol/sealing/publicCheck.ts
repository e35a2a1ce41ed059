import { hexToBytes } from 'viem/utils'
import type { Address, Hex } from 'viem'
import { SEALED_BID_LENGTH } from '../constants'
import { splitSealed, type SealedParts } from './blob'
import { encodeAad, encodeInfo, type SealContext } from './context'
import { verifyPok } from './pok'

/** A blob with the context it was sealed for and the leaf it came with. */
export interface SealedEnvelope {
  context: SealContext
  trader: Address
  x: bigint
  y: bigint
  sealed: Hex | Uint8Array
}

/** Why a blob is invalid on public evidence. PROTOCOL.md section 4. */
export type PublicFault = 'bad-length' | 'bad-prefix' | 'bad-pok'

/** A blob that passed, with what opening it takes. */
export interface CheckedBlob {
  ok: true
  parts: SealedParts
  info: Uint8Array
  aad: Uint8Array
}

export type PublicCheck = CheckedBlob | { ok: false; reason: PublicFault }

/**
 * The checks that come before any key is computed: length, point prefix, proof of knowledge. A blob that fails is
 * invalid, and no ECDH is ever done for it. PROTOCOL.md section 4.
 */
export function checkPublicly({ context, trader, x, y, sealed }: SealedEnvelope): PublicCheck {
  const bytes = typeof sealed === 'string' ? hexToBytes(sealed) : sealed
  if (bytes.length !== SEALED_BID_LENGTH) return { ok: false, reason: 'bad-length' }
  const parts = splitSealed(bytes)
  if (parts.enc[0] !== 0x04) return { ok: false, reason: 'bad-prefix' }
  const info = encodeInfo(context)
  const aad = encodeAad({ trader, x, y, salt: parts.salt })
  const statement = { info, aad, enc: parts.enc, ciphertext: parts.ciphertext }
  if (!verifyPok(statement, parts.pok)) return { ok: false, reason: 'bad-pok' }
  return { ok: true, parts, info, aad }
}
