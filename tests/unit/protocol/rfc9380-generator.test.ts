import { secp256k1, secp256k1_hasher } from '@noble/curves/secp256k1.js'
import { stringToBytes } from 'viem/utils'
import { expect, it } from 'vitest'
import { H, N } from '../../../lib/protocol/commitment/generator'

it('H is hash_to_curve of subrosa/v1/H, suite secp256k1_XMD:SHA-256_SSWU_RO_ (PROTOCOL.md section 3)', () => {
  const point = secp256k1_hasher.hashToCurve(stringToBytes('subrosa/v1/H'), {
    DST: 'SUBROSA-V1-secp256k1_XMD:SHA-256_SSWU_RO_',
  })
  expect(point.toHex(true)).toBe('02a59360590c9db5fc794c17a8e7e52454e4b93aa90202ff89ef22fb8d83e21d75')
  expect(secp256k1.Point.fromAffine(point.toAffine()).equals(H)).toBe(true)
})

it('H has an x that ecrecover can carry as r, as the opening check needs', () => {
  expect(H.toAffine().x).toBeLessThan(N)
})
