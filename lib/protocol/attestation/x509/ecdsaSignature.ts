import { demand } from '../rejection'
import { readDer, TAG } from './der'

function scalar(contents: Uint8Array): Uint8Array {
  const magnitude = contents[0] === 0 ? contents.subarray(1) : contents
  demand((contents[0] ?? 0) < 0x80 && magnitude.length <= 32, 'a signature’s scalar is out of range')
  const padded = new Uint8Array(32)
  padded.set(magnitude, 32 - magnitude.length)
  return padded
}

/** An ECDSA-Sig-Value (RFC 3279 section 2.2.3) as r | s, 64 bytes. @throws Rejection unless it is canonical DER. */
export function decodeEcdsaSignature(der: Uint8Array): Uint8Array {
  const { tag, children } = readDer(der)
  const [r, s, more] = children
  const isPair = tag === TAG.sequence && r?.tag === TAG.integer && s?.tag === TAG.integer && more === undefined
  demand(isPair, 'a signature is not a pair of integers')
  return Uint8Array.of(...scalar(r.contents), ...scalar(s.contents))
}
