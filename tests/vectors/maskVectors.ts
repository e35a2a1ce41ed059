import { TD_MASKS } from '../../lib/protocol/attestation/tcb/tdMasks'

/** What Intel's TDX module ABI specification calls the bits of ATTRIBUTES and XFAM that a domain may have. */
const ATTRIBUTES = { SEPT_VE_DISABLE: 28, PKS: 30, KL: 31, PERFMON: 63 }
const MIGRATABLE = 29
const XFAM = {
  ...{ X87: 0, SSE: 1, AVX: 2, AVX512_OPMASK: 5, AVX512_ZMM_HI: 6, AVX512_HI_ZMM: 7, PT: 8, PKRU: 9 },
  ...{ CET_U: 11, CET_S: 12, UINTR: 14, LBR: 15, AMX_CONFIG: 17, AMX_DATA: 18 },
}
const FIXED_FEATURES: number[] = [XFAM.X87, XFAM.SSE]
const MEASUREMENT_BITS = 384

/** What of a report body the table looks at; null where a body of TDX 1.0 has no such field. */
interface MaskCase {
  name: string
  /** 2: TDX 1.0, 584 bytes; 3: TDX 1.5, 648 bytes. */
  bodyType: 2 | 3
  tdAttributes: string
  xfam: string
  mrServiceTd: string | null
  accepted: boolean
  code: string | null
}

const bitsOf = (...bits: number[]) => bits.reduce((sum, bit) => sum | (1n << BigInt(bit)), 0n)
const PLAIN = { tdAttributes: bitsOf(28), xfam: 0x602e7n, mrServiceTd: 0n }

const littleEndian = (value: bigint, bytes: number) =>
  `0x${Array.from({ length: bytes }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn).toString(16))
    .map((byte) => byte.padStart(2, '0'))
    .join('')}`

function caseOf(
  name: string,
  bodyType: 2 | 3,
  { change = {}, code = null }: { change?: Partial<typeof PLAIN>; code?: string | null },
): MaskCase {
  const { tdAttributes, xfam, mrServiceTd } = { ...PLAIN, ...change }
  return {
    ...{ name: `TDX 1.${bodyType === 2 ? 0 : 5}: ${name}`, bodyType },
    tdAttributes: littleEndian(tdAttributes, 8),
    xfam: littleEndian(xfam, 8),
    mrServiceTd: bodyType === 2 ? null : littleEndian(mrServiceTd, 48),
    ...{ accepted: code === null, code },
  }
}

/** Each bit of ATTRIBUTES turned: what may be set, and what then is refused by which code. */
function attributeCases(bodyType: 2 | 3): MaskCase[] {
  return Array.from({ length: 64 }, (_, bit) => {
    const tdAttributes = PLAIN.tdAttributes ^ bitsOf(bit)
    const known = Object.entries(ATTRIBUTES).find(([, at]) => at === bit)?.[0]
    const isRefused = known === undefined || bit === ATTRIBUTES.SEPT_VE_DISABLE
    const code = bit < 8 ? 'DEBUG_ENABLED' : isRefused ? 'TD_ATTRIBUTES_UNACCEPTED' : null
    const name = known ?? (bit === MIGRATABLE ? 'MIGRATABLE' : bit === 0 ? 'DEBUG' : 'a bit that nobody may set')
    return caseOf(`ATTRIBUTES, bit ${bit} turned: ${name}`, bodyType, { change: { tdAttributes }, code })
  })
}

function featureCases(bodyType: 2 | 3): MaskCase[] {
  return Array.from({ length: 64 }, (_, bit) => {
    const known = Object.entries(XFAM).find(([, at]) => at === bit)?.[0]
    const isRefused = known === undefined || FIXED_FEATURES.includes(bit)
    return caseOf(`XFAM, bit ${bit} turned: ${known ?? 'reserved'}`, bodyType, {
      ...{ change: { xfam: PLAIN.xfam ^ bitsOf(bit) }, code: isRefused ? 'TD_ATTRIBUTES_UNACCEPTED' : null },
    })
  })
}

function serviceCases(): MaskCase[] {
  return [0, 1, 7, 8, MEASUREMENT_BITS / 2, MEASUREMENT_BITS - 1].map((bit) =>
    caseOf(`MR_SERVICETD, bit ${bit} set`, 3, {
      ...{ change: { mrServiceTd: bitsOf(bit) }, code: 'TD_ATTRIBUTES_UNACCEPTED' },
    }),
  )
}

/** The table of masks, and reports that it accepts and refuses, as written by hand from Intel's list of bits. */
export function buildMaskVectors() {
  const masks = TD_MASKS.map(({ required, allowed, ...mask }) => ({
    ...{ ...mask, length: required.length / 2, required: `0x${required}`, allowed: `0x${allowed}` },
  }))
  const cases = ([2, 3] as const).flatMap((type) => [
    caseOf('as dstack runs', type, {}),
    caseOf('all that may be set', type, {
      change: { tdAttributes: bitsOf(...Object.values(ATTRIBUTES)), xfam: bitsOf(...Object.values(XFAM)) },
    }),
    caseOf('the least', type, { change: { xfam: bitsOf(...FIXED_FEATURES) } }),
    ...attributeCases(type),
    ...featureCases(type),
  ])
  return { masks, cases: [...cases, ...serviceCases()] }
}

/** The vectors as the committed file has them. */
export function renderMaskVectors(): string {
  return JSON.stringify(buildMaskVectors(), null, 2) + '\n'
}
