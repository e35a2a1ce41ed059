import { bytesToHex, concatBytes } from 'viem/utils'
import { describe, expect, it } from 'vitest'
import { bigEndian } from '../../../lib/protocol/bytes'
import { BUNDLE_HEADER_LENGTH, decodeBundle, encodeBundle, type BundleEntry } from '../../../lib/protocol/proof/bundle'
import { ROW } from '../../../lib/protocol/proof/rows'
import { runHere, verifySettlement } from '../../../lib/protocol/proof/verifySettlement'
import { backend, bundleOf, honestClaim, proofsOf, publish } from './claim'
import { buildWorld } from './world'

const run = runHere(backend)

/** An invalid bid, the winner, a cancelled bid (2, by leaf 3) and one below the reserve. */
const world = buildWorld({
  rule: 'FIRST_PRICE',
  bids: [{ price: 50, sealedPrice: 60 }, { price: 40 }, { price: 70, cancelled: true }, { price: 30 }, { price: 5 }],
})
const claim = honestClaim(world)
const entries = proofsOf(world, claim)
const bundle = bundleOf(world, entries)

/** The checks that fail with these bytes, which the settlement names and the enclave signs. */
async function caught(bytes: Uint8Array): Promise<string[]> {
  const verdict = await verifySettlement(await publish(world, claim, bytes), { run })
  expect(verdict.ok).toBe(verdict.checks.every(({ ok }) => ok) && verdict.unproven.length === 0)
  return verdict.checks.filter(({ ok }) => !ok).map(({ name }) => name)
}

function flipped(at: number, bit = 0): Uint8Array {
  const bytes = Uint8Array.from(bundle)
  bytes[at]! ^= 1 << bit
  return bytes
}

// Offsets of the proofs: blob (0), blob (1), range of 32 bits (4), range of 64 bits (5).
const BLOB = 5 + 129
const [FIRST, SECOND] = [BUNDLE_HEADER_LENGTH, BUNDLE_HEADER_LENGTH + BLOB]
const RANGE = SECOND + BLOB
const WIDE = RANGE + 5 + 2_564

describe('a bit of the bundle flipped, and everything signed again', () => {
  it('nothing flipped passes', async () => {
    expect(await caught(bundle)).toEqual([])
  })
  it.each<[string, number, string, number?]>([
    ['the magic number', 0, 'bundle-format'],
    ['the version', 4, 'bundle-format'],
    ['the auction', 5, 'bundle-format'],
    ['the round', 40, 'bundle-format'],
    ['the number of proofs', 44, 'bundle-format'],
    ['a seq', SECOND + 3, 'bundle-format'],
    ['a row', FIRST + 4, 'bundle-format', 4],
    ['an ECDH point’s prefix', FIRST + 5, 'bid:0'],
    ['an ECDH point’s x', FIRST + 5 + 7, 'bid:0'],
    ['an ECDH point’s y', FIRST + 5 + 64, 'bid:0'],
    ['a challenge', SECOND + 5 + 65, 'bid:1'],
    ['a response', SECOND + 5 + 128, 'bid:1'],
    ['a range proof’s flags', RANGE + 5, 'bid:4'],
    ['a range proof’s exponent', RANGE + 5, 'bid:4', 1],
    ['a range proof’s mantissa', RANGE + 5 + 1, 'bid:4'],
    ['a range proof’s first sign', RANGE + 5 + 2, 'bid:4'],
    ['a range proof’s spare sign', RANGE + 5 + 3, 'bid:4', 7],
    ['a range proof’s first digit', RANGE + 5 + 4 + 31, 'bid:4'],
    ['a range proof’s last digit', RANGE + 5 + 4 + 479, 'bid:4'],
    ['a range proof’s e0', RANGE + 5 + 484, 'bid:4'],
    ['a range proof’s first response', RANGE + 5 + 516, 'bid:4'],
    ['a range proof’s last byte', RANGE + 5 + 2_563, 'bid:4'],
    ['a wide range proof’s mantissa', WIDE + 5 + 1, 'bid:5'],
    ['a wide range proof’s middle', WIDE + 5 + 2_500, 'bid:5'],
    ['the last byte of all', bundle.length - 1, 'bid:5'],
  ])('%s', async (_, at, name, bit) => {
    expect(await caught(flipped(at, bit))).toEqual([name])
  })
  it('anywhere, under the old hash', async () => {
    const evidence = await publish(world, claim, bundle)
    for (const at of [0, 44, FIRST + 90, RANGE + 1_000, bundle.length - 1]) {
      const verdict = await verifySettlement({ ...evidence, bundle: flipped(at) }, { run })
      expect(verdict.checks.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(['bundle-hash'])
      expect(verdict.unproven).toEqual(['bid:0', 'bid:1', 'bid:4', 'bid:5'])
    }
  })
})

describe('bundles that are not in the one form', () => {
  const raw = (list: BundleEntry[], count = list.length) =>
    concatBytes([
      bundle.slice(0, 41),
      bigEndian(count, 4),
      ...list.flatMap(({ seq, row, proof }) => [bigEndian(seq, 4), bigEndian(row, 1), proof]),
    ])
  const [invalid, won, lost, below] = entries as [BundleEntry, BundleEntry, BundleEntry, BundleEntry]

  it('is what the tests take apart', () => expect(raw(entries)).toEqual(bundle))

  it.each([
    ['a byte too many', concatBytes([bundle, new Uint8Array(1)])],
    ['a byte too few', bundle.slice(0, -1)],
    ['nothing', new Uint8Array(0)],
    ['the header alone', bundle.slice(0, BUNDLE_HEADER_LENGTH)],
    ['fewer proofs than there are bytes', raw(entries, 3)],
    ['more proofs than there are bytes', raw(entries, 5)],
    ['a count beyond all memory', raw(entries, 0xffff_ffff)],
    ['a proof twice', raw([invalid, won, won, lost, below])],
    ['proofs out of order', raw([won, invalid, lost, below])],
  ])('%s', async (_, bytes) => {
    expect(await caught(bytes)).toEqual(['bundle-format'])
  })
  it('a proof about a cancelled bid', async () => {
    expect(await caught(raw([invalid, won, { ...won, seq: 2 }, lost, below]))).toEqual(['bundle-rows'])
  })
  it('a proof about no bid at all', async () => {
    expect(await caught(raw([...entries, { ...won, seq: 99 }]))).toEqual(['bundle-rows'])
  })
  it('two accounts of one bid', async () => {
    const both = [invalid, won, lost, { ...below, seq: 4, row: ROW.belowReserve }, below]
    expect(await caught(raw(both))).toEqual(['bid:4'])
  })
  it('a losing bid’s proof for the winner', async () => {
    expect(await caught(raw([invalid, { ...lost, seq: 1 }, lost, below]))).toEqual(['bid:1'])
  })

  it('what decodes encodes to the same bytes', () => {
    const decoded = decodeBundle(bundle)
    expect(decoded.ok && bytesToHex(encodeBundle(decoded.bundle))).toBe(bytesToHex(bundle))
  })
  it('a prover cannot write what would not be read', () => {
    expect(() => encodeBundle({ auction: world.id, round: 1, entries: [won, invalid] })).toThrow('out of order')
    expect(() => encodeBundle({ auction: world.id, round: 1, entries: [{ ...won, row: ROW.lost }] })).toThrow()
  })
})
