import { AsnConvert } from '@peculiar/asn1-schema'
import type { AlgorithmIdentifier, Extension, Name } from '@peculiar/asn1-x509'
import { demand, Rejection } from '../rejection'
import { readDer, TAG, type DerNode } from './der'

const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2'

/** FALSE is the default of every boolean in the schemas read here, so that DER leaves it out (X.690 section 11.5). */
function hasExplicitFalse({ tag, contents, children }: DerNode): boolean {
  return (tag === TAG.boolean && contents[0] === 0x00) || children.some(hasExplicitFalse)
}

/**
 * Parses DER by the library's schema, which also reads BER: so the encoding is held against DER's rules first.
 * @throws Rejection
 */
export function parseCanonical<T>(der: Uint8Array, type: new () => T, subject: string): { value: T; node: DerNode } {
  try {
    const node = readDer(der)
    demand(!hasExplicitFalse(node), 'not DER: a default is spelled out')
    return { value: AsnConvert.parse(der, type), node }
  } catch (error) {
    throw new Rejection(`${subject}: ${error instanceof Rejection ? error.message : 'not of the expected structure'}`)
  }
}

/** A certificate or CRL, and its signed part as encoded. @throws Rejection unless it is that, an algorithm and a signature. */
export function parseSigned<T>(der: Uint8Array, type: new () => T, subject: string): { value: T; signed: Uint8Array } {
  const { value, node } = parseCanonical(der, type, subject)
  const [signed, , , more] = node.children
  demand(signed !== undefined && more === undefined, `${subject}: not a signed structure of three parts`)
  return { value, signed: signed.bytes }
}

/** @throws Rejection unless both the signed and the outer algorithm are ECDSA with SHA-256, without parameters. */
export function demandEcdsaSha256(inner: AlgorithmIdentifier, outer: AlgorithmIdentifier, subject: string): void {
  for (const { algorithm, parameters } of [inner, outer])
    demand(algorithm === ECDSA_WITH_SHA256 && parameters === undefined, `${subject}: not signed with ECDSA and SHA-256`)
}

/** The extensions by object identifier. @throws Rejection for one that is twice there, or critical and not `known`. */
export function indexExtensions(
  extensions: Iterable<Extension>,
  known: string[],
  subject: string,
): Map<string, Extension> {
  const index = new Map<string, Extension>()
  for (const extension of extensions) {
    const { extnID, critical } = extension
    demand(!index.has(extnID), `${subject}: extension ${extnID} is there twice`)
    demand(!critical || known.includes(extnID), `${subject}: critical extension ${extnID} is not known`)
    index.set(extnID, extension)
  }
  return index
}

/** A name's encoding, for comparison, and its common name. */
export function readName(name: Name, subject: string): { der: Uint8Array; commonName: string } {
  const commonNames = name.flatMap((part) => part.filter(({ type }) => type === '2.5.4.3'))
  demand(commonNames.length === 1, `${subject}: a name without one common name`)
  return { der: new Uint8Array(AsnConvert.serialize(name)), commonName: commonNames[0]?.value.toString() ?? '' }
}
