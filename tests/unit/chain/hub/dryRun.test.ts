import { encodeErrorResult } from 'viem'
import { describe, expect, it } from 'vitest'
import { sealedAuctionsAbi } from '../../../../lib/abi/sealedAuctions'
import { limitsOf, requireExecuted } from '../../../../lib/chain/hub/dryRun'
import { hubCallResult, hubInteger } from '../../../../lib/chain/hub/schemas'

const weight = { refTime: '0x10000000000000001', proofSize: 10 }
const answer = (result: object, storageDeposit: object = { charge: 100 }) =>
  hubCallResult.parse({ gasRequired: weight, storageDeposit, result })
const executed = (flags: unknown, data: string) => answer({ ok: { flags, data } })
const api = undefined as never
const run = ({ result }: ReturnType<typeof answer>) =>
  requireExecuted(api, result, (ok) => ok, { method: 'placeBid' }).data

describe('a dry run', () => {
  it('gives what the contract answered', () => {
    expect(run(executed({ bits: 0 }, '0x1234'))).toBe('0x1234')
    expect(run(executed(0, '0x'))).toBe('0x')
  })

  it('throws the contract’s own error where it reverted', () => {
    const id = `0x${'11'.repeat(32)}` as const
    const data = encodeErrorResult({ abi: sealedAuctionsAbi, errorName: 'AuctionClosed', args: [id, 5n] })
    expect(() => run(executed({ bits: 1 }, data))).toThrow(
      expect.objectContaining({ errorName: 'AuctionClosed', code: 'AUCTION_CLOSED' }),
    )
  })

  it('tells what is charged from what is paid back', () => {
    expect(answer({ err: {} }, { charge: '0xffffffffffffffffff' }).storageDeposit).toBe(2n ** 72n - 1n)
    expect(answer({ err: {} }, { refund: 7 }).storageDeposit).toBe(-7n)
  })

  it('is sent with a fifth more, in integers, and a deposit of no less than nothing', () => {
    const { gasRequired, storageDeposit } = answer({ err: {} })
    expect(limitsOf({ weight: gasRequired, storageDeposit })).toEqual({
      weight: { refTime: ((2n ** 64n + 1n) * 120n) / 100n, proofSize: 12n },
      storageDeposit: 120n,
    })
    expect(limitsOf({ weight: gasRequired, storageDeposit: -50n }).storageDeposit).toBe(0n)
  })
})

describe('integers, as the api writes them', () => {
  it.each([
    [5, 5n],
    ['0x0fffffffffffffffff', 0xfffffffffffffffffn],
    ['123', 123n],
  ])('%s', (written, value) => {
    expect(hubInteger.parse(written)).toBe(value)
  })

  it.each([-1, 1.5, '0x', 'ten', null])('%s is none', (written) => {
    expect(hubInteger.safeParse(written).success).toBe(false)
  })
})
