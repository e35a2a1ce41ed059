const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const

/**
 * Whether `signature` (r | s, 64 bytes) by `publicKey` (x | y, 64 bytes) is over the SHA-256 of `message`. False for a point that
 * is not on P-256. Either s is accepted: Intel's signers do not choose the low one.
 */
export async function verifyP256(publicKey: Uint8Array, signature: Uint8Array, message: Uint8Array): Promise<boolean> {
  if (publicKey.length !== 64 || signature.length !== 64) return false
  const point = Uint8Array.of(4, ...publicKey)
  const key = await crypto.subtle.importKey('raw', point, ALGORITHM, false, ['verify']).catch(() => null)
  if (!key) return false
  const [input, proof] = [new Uint8Array(message), new Uint8Array(signature)]
  return crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, proof, input)
}
