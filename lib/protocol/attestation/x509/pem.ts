import { demand, Rejection } from '../rejection'

const BLOCK = /-----BEGIN CERTIFICATE-----\r?\n([A-Za-z0-9+/=\r\n]+)-----END CERTIFICATE-----/y
const NEWLINES = /[\r\n]*/y

function decodeBase64(text: string, subject: string): Uint8Array {
  const joined = text.replace(/[\r\n]/g, '')
  try {
    const binary = atob(joined)
    // Base64 with stray bits at its end has a second spelling of the same bytes.
    demand(btoa(binary) === joined, `${subject}: base64 is not canonical`)
    return Uint8Array.from(binary, (character) => character.charCodeAt(0))
  } catch (error) {
    throw error instanceof Rejection ? error : new Rejection(`${subject}: not base64`)
  }
}

/**
 * The DER of each certificate in a PEM text that holds nothing else.
 * @throws Rejection where anything stands between, before or after the blocks.
 */
export function decodePemChain(pem: string, subject: string): Uint8Array[] {
  const certificates: Uint8Array[] = []
  let at = 0
  while (at < pem.length) {
    BLOCK.lastIndex = at
    const block = BLOCK.exec(pem)
    demand(block !== null, `${subject}: not a PEM certificate at character ${at + 1}`)
    certificates.push(decodeBase64(block[1] ?? '', subject))
    NEWLINES.lastIndex = BLOCK.lastIndex
    NEWLINES.exec(pem)
    at = NEWLINES.lastIndex
  }
  return certificates
}
