import { p256 } from '@noble/curves/nist.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, hexToBytes } from '@noble/hashes/utils.js'
import { SIMULATED_QE } from '../../../../lib/enclave/simulator/collateral'
import { pki, toPem } from './simulated'

const u16 = (value: number) => Uint8Array.of(value & 0xff, value >> 8)
const u32 = (value: number) => concatBytes(u16(value & 0xffff), u16(value >>> 16))

/** An SGX report body: measurement 0xaa…, signer 0xbb…, in production mode unless `attributes` says otherwise. */
function report(fields: {
  attributes: string
  mrSigner: string
  product: number
  svn: number
  data: Uint8Array
}): Uint8Array {
  const bytes = new Uint8Array(384)
  bytes.set(hexToBytes(fields.attributes), 48)
  bytes.fill(0xaa, 64, 96)
  bytes.set(hexToBytes(fields.mrSigner), 128)
  bytes.set(u16(fields.product), 256)
  bytes.set(u16(fields.svn), 258)
  bytes.set(fields.data, 320)
  return bytes
}

/** A version 3 quote of an SGX enclave on the simulated platform. */
export function makeSgxQuote(attributes = `05${'00'.repeat(15)}`): Uint8Array {
  const { attestation, pck } = pki.keys
  const enclave = report({
    attributes,
    mrSigner: 'bb'.repeat(32),
    product: 1,
    svn: 1,
    data: new Uint8Array(64).fill(5),
  })
  const header = concatBytes(
    u16(3),
    u16(2),
    u32(0),
    hexToBytes('0a000f00'),
    hexToBytes('939a7233f79c4ca9940a0db3957f0607'),
    new Uint8Array(20),
  )
  const statement = concatBytes(header, enclave)
  const binding = new Uint8Array(64)
  binding.set(sha256(attestation.publicKey))
  const { mrSigner, isvProdId: product, isvSvn: svn } = SIMULATED_QE
  const voucher = report({ attributes: SIMULATED_QE.attributes, mrSigner, product, svn, data: binding })
  const { certificates } = pki
  const chain = new TextEncoder().encode(toPem(certificates.pck, certificates.intermediate, certificates.root))
  const auth = concatBytes(
    p256.sign(statement, attestation.secret, { lowS: false }),
    attestation.publicKey,
    voucher,
    p256.sign(voucher, pck.secret, { lowS: false }),
    u16(0),
    u16(5),
    u32(chain.length),
    chain,
  )
  return concatBytes(statement, u32(auth.length), auth)
}
