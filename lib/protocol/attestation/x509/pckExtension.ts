import { bytesToHex } from '@noble/hashes/utils.js'
import { demand } from '../rejection'
import type { Certificate } from './certificate'
import { readDer, TAG, type DerNode } from './der'

/** Intel SGX PCK certificate and CRL profile, section 1.3.5. */
const SGX_EXTENSION = '1.2.840.113741.1.13.1'
/** DER contents of that object identifier; the fields' own append to it. */
const SGX_ARC = '2a864886f84d010d01'
const FIELD = { ppid: '01', tcb: '02', pceId: '03', fmspc: '04' } as const
const COMPONENTS = 16
const PCESVN = 17

/** What Intel certified of a platform. */
export interface PlatformTcb {
  /** Family, model and so on of the platform: 6 bytes, hex. */
  fmspc: string
  /** 2 bytes, hex. */
  pceId: string
  /** Security version of each of the 16 components. */
  sgxComponents: number[]
  pceSvn: number
}

/** A sequence of (object identifier, value) pairs, by identifier. */
function readPairs({ tag, children }: DerNode): Map<string, DerNode> {
  demand(tag === TAG.sequence, 'the SGX extension is no sequence')
  const pairs = new Map<string, DerNode>()
  for (const pair of children) {
    const [id, value, more] = pair.children
    demand(id?.tag === TAG.oid && value !== undefined && more === undefined, 'an SGX extension field is no pair')
    const key = bytesToHex(id.contents)
    demand(!pairs.has(key), `SGX extension field ${key} is there twice`)
    pairs.set(key, value)
  }
  return pairs
}

function octets(pairs: Map<string, DerNode>, field: string, length: number): string {
  const node = pairs.get(SGX_ARC + field)
  demand(
    node?.tag === TAG.octetString && node.contents.length === length,
    `SGX extension field ${field} is missing or wrong`,
  )
  return bytesToHex(node.contents)
}

function svn(tcb: Map<string, DerNode>, index: number, maximum: number): number {
  const node = tcb.get(SGX_ARC + FIELD.tcb + index.toString(16).padStart(2, '0'))
  demand(node?.tag === TAG.integer, `SGX extension: TCB component ${index} is missing`)
  const value = node.contents.reduce((sum, byte) => sum * 256 + byte, 0)
  const isInRange = (node.contents[0] ?? 0x80) < 0x80 && value <= maximum
  demand(isInRange, `SGX extension: TCB component ${index} is out of range`)
  return value
}

/** The platform that a PCK certificate is about. @throws Rejection where it does not say. */
export function readPlatformTcb(pck: Certificate): PlatformTcb {
  const extension = pck.extensions.get(SGX_EXTENSION)
  demand(extension !== undefined, 'the PCK certificate has no SGX extension')
  const fields = readPairs(readDer(new Uint8Array(extension.extnValue.buffer)))
  octets(fields, FIELD.ppid, 16)
  const tcbNode = fields.get(SGX_ARC + FIELD.tcb)
  demand(tcbNode !== undefined, 'the SGX extension has no TCB')
  const tcb = readPairs(tcbNode)
  return {
    fmspc: octets(fields, FIELD.fmspc, 6),
    pceId: octets(fields, FIELD.pceId, 2),
    sgxComponents: Array.from({ length: COMPONENTS }, (_, i) => svn(tcb, i + 1, 0xff)),
    pceSvn: svn(tcb, PCESVN, 0xffff),
  }
}
