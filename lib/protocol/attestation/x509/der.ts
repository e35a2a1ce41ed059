import { Rejection } from '../rejection'

/** One element of DER: its tag byte and contents; `children` where it is constructed. */
export interface DerNode {
  tag: number
  contents: Uint8Array
  /** Tag, length and contents. */
  bytes: Uint8Array
  children: DerNode[]
}

/** Universal tags, with the bit that marks a constructed element. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const

const CONSTRUCTED = 0x20
const UNIVERSAL_CLASS = 0x00
const MAX_DEPTH = 24

function fail(reason: string): never {
  throw new Rejection(`not DER: ${reason}`)
}

function readLength(bytes: Uint8Array, at: number): { length: number; start: number } {
  const first = bytes[at] ?? fail('ends in a length')
  if (first < 0x80) return { length: first, start: at + 1 }
  const count = first & 0x7f
  if (count === 0) fail('indefinite length')
  if (count > 3) fail('a length of more than three bytes')
  let length = 0
  for (let i = 1; i <= count; i++) length = length * 256 + (bytes[at + i] ?? fail('ends in a length'))
  if (length < 0x80 || length < 256 ** (count - 1)) fail('a length longer than needed')
  return { length, start: at + 1 + count }
}

function isMinimalInteger(contents: Uint8Array): boolean {
  const [first, second = 0] = contents
  if (first === undefined) return false
  if (contents.length === 1) return true
  return !(first === 0x00 && second < 0x80) && !(first === 0xff && second >= 0x80)
}

function isCanonicalOid(contents: Uint8Array): boolean {
  const last = contents.at(-1)
  if (last === undefined || last >= 0x80) return false
  return contents.every((byte, i) => byte !== 0x80 || (contents[i - 1] ?? 0) >= 0x80)
}

function isCanonicalBitString(contents: Uint8Array): boolean {
  const unused = contents[0]
  if (unused === undefined || unused > 7) return false
  if (contents.length === 1) return unused === 0
  return ((contents.at(-1) ?? 0) & ((1 << unused) - 1)) === 0
}

function isTime(contents: Uint8Array, digits: number): boolean {
  const isDigits = contents.subarray(0, digits).every((byte) => byte >= 0x30 && byte <= 0x39)
  return contents.length === digits + 1 && isDigits && contents[digits] === 0x5a
}

const PRIMITIVE_RULES: Record<number, (contents: Uint8Array) => boolean> = {
  [TAG.boolean]: (contents) => contents.length === 1 && (contents[0] === 0x00 || contents[0] === 0xff),
  [TAG.integer]: isMinimalInteger,
  [TAG.enumerated]: isMinimalInteger,
  [TAG.bitString]: isCanonicalBitString,
  [TAG.null]: (contents) => contents.length === 0,
  [TAG.oid]: isCanonicalOid,
  [TAG.utcTime]: (contents) => isTime(contents, 12),
  [TAG.generalizedTime]: (contents) => isTime(contents, 14),
}

function checkContents({ tag, contents, children }: DerNode): void {
  if (tag >> 6 !== UNIVERSAL_CLASS) return
  const number = tag & 0x1f
  const mustNest = number === (TAG.sequence & 0x1f) || number === (TAG.set & 0x1f)
  if (mustNest !== ((tag & CONSTRUCTED) !== 0)) fail(`tag ${tag} is of the wrong form`)
  if (PRIMITIVE_RULES[tag]?.(contents) === false) fail(`contents of tag ${tag} are not canonical`)
  if (tag === TAG.set && !children.every((child, i) => i === 0 || isAscending(children[i - 1]?.bytes, child.bytes)))
    fail('a set out of order')
}

function isAscending(before: Uint8Array | undefined, after: Uint8Array): boolean {
  if (!before) return true
  const at = before.findIndex((byte, i) => byte !== after[i])
  return at === -1 || (before[at] ?? 0) < (after[at] ?? -1)
}

function readNode(bytes: Uint8Array, at: number, depth: number): DerNode {
  if (depth > MAX_DEPTH) fail('nested too deeply')
  const tag = bytes[at] ?? fail('ends before a tag')
  if ((tag & 0x1f) === 0x1f) fail('a tag of several bytes')
  const { length, start } = readLength(bytes, at + 1)
  const end = start + length
  if (end > bytes.length) fail('ends before its contents do')
  const contents = bytes.subarray(start, end)
  const children = (tag & CONSTRUCTED) === 0 ? [] : readNodes(contents, depth + 1)
  const node = { tag, contents, bytes: bytes.subarray(at, end), children }
  checkContents(node)
  return node
}

function readNodes(bytes: Uint8Array, depth: number): DerNode[] {
  const nodes: DerNode[] = []
  for (let at = 0; at < bytes.length;) {
    const node = readNode(bytes, at, depth)
    nodes.push(node)
    at += node.bytes.length
  }
  return nodes
}

/**
 * Reads one DER element and everything in it, refusing what BER would let pass: indefinite or padded lengths, padded integers,
 * other booleans than 00 and FF, bytes after the end (X.690 sections 8, 10 and 11).
 * @throws Rejection
 */
export function readDer(bytes: Uint8Array): DerNode {
  const node = readNode(bytes, 0, 0)
  if (node.bytes.length !== bytes.length) fail('bytes after the end')
  return node
}
