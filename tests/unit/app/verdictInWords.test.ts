import { describe, expect, it } from 'vitest'
import { checkInWords } from '../../../app/audit/[id]/checkInWords'
import { verdictInWords } from '../../../app/audit/[id]/verdictInWords'
import { auditQuery, parseAuditFilters } from '../../../app/audit/auditFilters'
import { backend, honestClaim, publish, settleHonestly } from '../proof/claim'
import { buildWorld } from '../proof/world'
import { runHere, verifySettlement } from '../../../lib/protocol/proof/verifySettlement'

const world = buildWorld({
  rule: 'SECOND_PRICE',
  bids: [{ price: 50 }, { price: 40 }, { price: 5 }, { price: 60, spoil: 'pok' }, { price: 2_000 }],
})
const verify = async (evidence: Parameters<typeof verifySettlement>[0]) =>
  verifySettlement(evidence, { run: runHere(backend) })

describe('a verdict in words', () => {
  it('is good only of a settlement that is proven, and warns of invalid bids', async () => {
    const verdict = await verify(await settleHonestly(world))
    const words = verdictInWords(verdict)
    expect(words).toMatchObject({ tone: 'good', title: 'This auction was settled by its rules.' })
    expect(words.lines.join(' ')).toMatch('1 standing bid was invalid')
    expect(verdict.checks.filter(({ name }) => name.startsWith('bid:')).map(checkInWords)).toEqual([
      'Bid 1 won, and outranks every other bid.',
      'Bid 2 was counted, and does not beat the winner.',
      'Bid 3 was counted, and is below the reserve.',
      'Bid 4 is not a valid bid, and was left out for that.',
      'Bid 5 was counted, and is above what it had locked.',
    ])
    for (const { name } of verdict.checks.filter((check) => !check.name.startsWith('bid:')))
      expect(checkInWords({ name, ok: true, detail: '' }), name).toMatch(/\?$/)
  })

  it('is neither without proofs, and names what is unproven', async () => {
    const words = verdictInWords(await verify(await publish(world, honestClaim(world), null)))
    expect(words.tone).toBe('plain')
    expect(words.lines.join(' ')).toMatch('what became of bids 1, 2, 3, 5.')
  })

  it('is bad of other bytes than those signed for, which say nothing of the settlement', async () => {
    const evidence = await settleHonestly(world)
    const bundle = evidence.bundle!.slice()
    bundle[100]! ^= 1
    const words = verdictInWords(await verify({ ...evidence, bundle }))
    expect(words).toMatchObject({ tone: 'bad', title: 'These are not the proofs that the settlement named.' })
  })

  it('is bad of a settlement whose chain part fails, proofs or not', async () => {
    const evidence = await settleHonestly(world)
    for (const bundle of [evidence.bundle, null]) {
      const words = verdictInWords(await verify({ ...evidence, signerAdmitted: false, bundle }))
      expect(words).toMatchObject({ tone: 'bad', title: 'This settlement does not check out.' })
      expect(words.lines[0]).toMatch(/failed: signer\./)
    }
  })
})

describe('the address of the list', () => {
  it('is read as it is written, and takes what it does not know for nothing', () => {
    const filters = { proof: 'missing', rule: 'FIRST_PRICE', q: '0xab', after: 'next' } as const
    const query = auditQuery(filters)
    expect(parseAuditFilters(Object.fromEntries(new URLSearchParams(query)))).toEqual(filters)
    expect(parseAuditFilters({ proof: 'yes', rule: ['FIRST_PRICE'], q: ' ' })).toEqual({
      ...{ proof: null, rule: null, q: '', after: null },
    })
    expect(auditQuery({ proof: null, q: '' })).toBe('')
  })
})
