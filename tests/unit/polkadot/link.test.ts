import { Keyring } from '@polkadot/keyring'
import { u8aWrapBytes } from '@polkadot/util'
import { toHex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { describe, expect, it } from 'vitest'
import { verifyLink } from '../../../lib/chain/substrate/verifyLink'
import {
  encodeLinkDigest,
  linkStatement,
  parseLink,
  serializeLink,
  type AccountLink,
} from '../../../lib/protocol/polkadot/link'
import { encodeSs58, decodeSs58 } from '../../../lib/protocol/polkadot/ss58'

const NOW = 1_800_000_000
const ethereum = privateKeyToAccount(`0x${'11'.repeat(32)}`)
const other = privateKeyToAccount(`0x${'22'.repeat(32)}`)
type Kind = 'sr25519' | 'ed25519' | 'ecdsa'
const pairOf = (kind: Kind) => new Keyring({ type: kind }).addFromUri('//Alice')

/** A link as the app makes it: what wallets sign of a text is wrapped. */
async function link(kind: Kind = 'sr25519', change: Partial<AccountLink> = {}): Promise<AccountLink> {
  const pair = pairOf(kind)
  const claim = { ethereum: ethereum.address, polkadot: pair.address, issuedAt: NOW }
  const text = linkStatement(claim)
  return {
    version: 1,
    ...claim,
    ethereumSignature: await ethereum.signMessage({ message: text }),
    polkadotSignature: toHex(pair.sign(u8aWrapBytes(text))),
    ...change,
  }
}

const failing = async (bad: AccountLink, now = NOW) => {
  const { ok, checks } = await verifyLink(bad, { now })
  expect(ok).toBe(false)
  return checks.filter((check) => !check.ok).map(({ name }) => name)
}

describe('a link between two accounts', () => {
  it('says what it is, in words that stay as they are', () => {
    const text = linkStatement({ ethereum: ethereum.address, polkadot: pairOf('sr25519').address, issuedAt: NOW })
    expect(text).toMatchInlineSnapshot(`
      "Subrosa account link, version 1

      One person holds both of these accounts:
      Ethereum: 0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A
      Polkadot: 5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY
      Polkadot account id: 0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d
      Issued: 2027-01-15T08:00:00.000Z

      Whoever has both signatures of this text can show that these accounts belong together.
      Signing it moves no money and permits nothing else."
    `)
  })

  it.each<Kind>(['sr25519', 'ed25519', 'ecdsa'])('holds with an %s account', async (kind) => {
    const verdict = await verifyLink(await link(kind), { now: NOW })
    expect(verdict.ok, JSON.stringify(verdict)).toBe(true)
    expect(verdict.checks.find(({ name }) => name === 'polkadot')?.detail).toContain(kind)
  })

  it('is the same for every way to write the account', async () => {
    const good = await link()
    const { accountId } = decodeSs58(good.polkadot)!
    for (const prefix of [0, 2, 42]) {
      expect((await verifyLink({ ...good, polkadot: encodeSs58(accountId, prefix) }, { now: NOW })).ok).toBe(true)
    }
  })

  it('does not hold where one account did not sign, or signed something else', async () => {
    const good = await link()
    const text = linkStatement(good)
    const bob = new Keyring({ type: 'sr25519' }).addFromUri('//Bob')
    expect(await failing({ ...good, polkadot: bob.address })).toEqual(['ethereum', 'polkadot'])
    expect(await failing({ ...good, polkadotSignature: toHex(bob.sign(u8aWrapBytes(text))) })).toEqual(['polkadot'])
    expect(await failing({ ...good, ethereum: other.address })).toEqual(['ethereum', 'polkadot'])
    expect(await failing({ ...good, ethereumSignature: await other.signMessage({ message: text }) })).toEqual([
      'ethereum',
    ])
    expect(await failing({ ...good, issuedAt: NOW - 1 })).toEqual(['ethereum', 'polkadot'])
    expect(
      await failing({ ...good, ethereumSignature: good.polkadotSignature, polkadotSignature: good.ethereumSignature }),
    ).toEqual(['ethereum', 'polkadot'])
    expect(await failing({ ...good, polkadotSignature: '0x1234' })).toEqual(['polkadot'])
    expect(await failing({ ...good, polkadot: 'nobody' })).toEqual(['statement'])
  })

  it('does not hold before it was issued', async () => {
    const good = await link()
    expect(await failing(good, NOW - 3_600)).toEqual(['date'])
    expect((await verifyLink(good, { now: NOW - 60 })).ok).toBe(true)
  })

  it('of a contract account holds where the contract says so', async () => {
    const good = await link()
    const contract = { ...good, ethereumSignature: `0x${'ab'.repeat(80)}` } as const
    expect(await failing(contract)).toEqual(['ethereum'])
    const asked: unknown[] = []
    const verifyContract = (...question: unknown[]) => {
      asked.push(question)
      return Promise.resolve(true)
    }
    expect((await verifyLink(contract, { now: NOW, verifyContract })).ok).toBe(true)
    expect(asked).toEqual([[good.ethereum, linkStatement(good), contract.ethereumSignature]])
    const refuses = () => Promise.reject(new Error('reverted'))
    expect((await verifyLink(contract, { now: NOW, verifyContract: refuses })).ok).toBe(false)
  })

  it('reads back from its file', async () => {
    const good = await link()
    expect(parseLink(serializeLink(good))).toEqual(good)
  })

  it.each<[string, string]>([
    ['link', 'not JSON'],
    ['version', '{"version":2}'],
    ['link', '[]'],
  ])('is refused from a file with another %s', (_what, text) => {
    expect(() => parseLink(text)).toThrow(expect.objectContaining({ code: 'INVALID_LINK' }))
  })

  it.each(['ethereum', 'polkadot', 'issuedAt', 'ethereumSignature', 'polkadotSignature'] as const)(
    'is refused without its %s, which is named',
    async (field) => {
      const text = JSON.stringify({ ...(await link()), [field]: 'x' })
      expect(() => parseLink(text)).toThrow(expect.objectContaining({ code: 'INVALID_LINK', field }))
    },
  )

  it('is dated on a chain by a digest that names nobody', async () => {
    const good = await link()
    const digest = encodeLinkDigest(good)
    expect(digest).toHaveLength(2 + 128)
    expect(digest).not.toContain(good.ethereum.slice(2).toLowerCase())
    expect(encodeLinkDigest({ ...good, issuedAt: NOW + 1 })).not.toBe(digest)
  })
})
