import { privateKeyToAccount, sign } from 'viem/accounts'
import { describe, expect, it } from 'vitest'
import { p256 } from '@noble/curves/nist.js'
import { bytesToHex } from 'viem/utils'
import { hashSettlement } from '../../../lib/protocol/auction/settlement'
import type { SettlementEvidence } from '../../../lib/protocol/proof/evidence'
import { runHere, verifySettlement } from '../../../lib/protocol/proof/verifySettlement'
import { backend, settleHonestly } from './claim'
import { accumulatorWithout, buildWorld, domain } from './world'

const world = buildWorld({ rule: 'SECOND_PRICE', bids: [{ price: 40 }, { price: 60 }] })
const evidence = await settleHonestly(world)
const run = runHere(backend)

async function caught(changes: Partial<SettlementEvidence>): Promise<string[]> {
  const verdict = await verifySettlement({ ...evidence, ...changes }, { run })
  expect(verdict.ok).toBe(false)
  return verdict.checks.filter(({ ok }) => !ok).map(({ name }) => name)
}

const strangerKey = `0x${'77'.repeat(32)}` as const
const { settlement } = evidence
const signedAs = async (changes: Partial<typeof settlement>, privateKey = strangerKey) => {
  const changed = { ...settlement, ...changes }
  const signature = await sign({ hash: hashSettlement(domain, changed), privateKey, to: 'hex' })
  return { settlement: changed, signature, signer: privateKeyToAccount(privateKey).address }
}

describe('what does not fit the chain', () => {
  it('is none of it in an honest settlement', async () => {
    expect(await verifySettlement(evidence, { run })).toMatchObject({ ok: true })
  })
  it('a bid that the list leaves out', async () => {
    expect(await caught({ leaves: world.leaves.slice(0, 1) })).toEqual(['leaves'])
  })
  it('a bid that the signed accumulator leaves out', async () => {
    const signed = await signedAs({ acc: accumulatorWithout(world, 0), count: 1 })
    expect(await caught(signed)).toEqual(['leaves', 'storage'])
  })
  it('another bid’s blob', async () => {
    const [first, second] = world.leaves as [(typeof world.leaves)[0], (typeof world.leaves)[0]]
    if (first.type !== 'BidPlaced' || second.type !== 'BidPlaced') throw new Error('bids expected')
    expect(await caught({ leaves: [{ ...first, sealed: second.sealed }, second] })).toEqual(['leaves'])
  })
  it('other terms', async () => {
    expect(await caught({ params: { ...world.params, tickSize: 1n } })).toContain('terms')
  })
  it('another reserve', async () => {
    const signed = await signedAs({ reserve: 11 })
    expect(await caught(signed)).toEqual(['terms'])
  })
  it('a public reserve called invalid', async () => {
    expect(await caught(await signedAs({ reserveInvalid: true }))).toEqual(['terms'])
  })
  it('an auction of many lots, whose rows are not known here', async () => {
    expect(await caught({ params: { ...world.params, rule: 2 } })).toContain('terms')
  })
  it.each(['acc', 'paramsHash', 'count', 'round', 'clearingPrice', 'totalFilled', 'marginalSeq'] as const)(
    'another %s in storage',
    async (field) => {
      const other = field === 'acc' || field === 'paramsHash' ? (`0x${'01'.repeat(32)}` as const) : 7
      expect(await caught({ stored: { ...evidence.stored, [field]: other } })).toEqual(['storage'])
    },
  )
  it('an auction that storage says is not settled', async () => {
    expect(await caught({ stored: { ...evidence.stored, isSettled: false } })).toEqual(['storage'])
  })
  it('a signature by somebody else', async () => {
    const { signature } = await signedAs({})
    expect(await caught({ signature })).toEqual(['signature'])
  })
  it('a signature of another settlement', async () => {
    const { signature } = await signedAs({ round: 2 })
    expect(await caught({ signature })).toEqual(['signature'])
  })
  it('a signature that is none', async () => {
    expect(await caught({ signature: '0x1234' })).toEqual(['signature'])
  })
  it('a signer whom the registry did not admit', async () => {
    expect(await caught({ signerAdmitted: false })).toEqual(['signer'])
  })
  it('another sealing key than the pinned one', async () => {
    const other = bytesToHex(p256.getPublicKey(new Uint8Array(32).fill(8), false))
    expect(await caught({ sealingKey: other })).toEqual(['sealing-key'])
  })
  it('a winner who paid less than the price', async () => {
    expect(await caught({ winners: [{ ...evidence.winners[0]!, payment: 1n }] })).toEqual(['payments'])
  })
  it('two lots given where one was for sale', async () => {
    expect(await caught({ winners: [{ ...evidence.winners[0]!, fill: 2 }] })).toContain('winners')
  })
  it('another winner than was signed for', async () => {
    expect(await caught({ winners: [{ ...evidence.winners[0]!, seq: 0 }] })).toContain('winners')
  })
  it('a winner without a bid', async () => {
    expect(await caught({ winners: [{ ...evidence.winners[0]!, seq: 9 }] })).toContain('winners')
  })
  it('another marginal winner', async () => {
    const stored = { ...evidence.stored, marginalSeq: 0 }
    expect(await caught({ marginalSeq: 0, stored })).toEqual(['winners'])
  })
  it('an opening too many', async () => {
    expect(await caught({ openings: [...evidence.openings, ...evidence.openings] })).toEqual(['price'])
  })
  it('a bundle of another settlement', async () => {
    const other = await settleHonestly(buildWorld({ rule: 'SECOND_PRICE', bids: [{ price: 41 }, { price: 61 }] }))
    expect(await caught({ bundle: other.bundle })).toEqual(['bundle-hash'])
  })
  it('says whose word it takes where the signature is not in the transaction', async () => {
    const verdict = await verifySettlement({ ...evidence, signature: null }, { run })
    expect(verdict.checks.find(({ name }) => name === 'signature')?.detail).toContain('the contract says')
  })
})
