import { hkdfSync } from 'node:crypto'
import { mapHashToField } from '@noble/curves/abstract/modular.js'
import { secp256k1 } from '@noble/curves/secp256k1.js'

/** A secp256k1 private key, 32 bytes, from secret bytes: 48 bytes reduced, so that no bias is left (FIPS 186-5 A.2.1). */
export function scalarOf(secret: Uint8Array, label: string): Uint8Array {
  const wide = new Uint8Array(hkdfSync('sha256', secret, '', `subrosa/v1/secp256k1/${label}`, 48))
  return mapHashToField(wide, secp256k1.Point.Fn.ORDER)
}
