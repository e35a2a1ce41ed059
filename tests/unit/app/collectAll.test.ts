import { describe, expect, it } from 'vitest'
import type { ContractCall } from '../../../lib/chain/connection'
import { SubrosaError, type ErrorCode } from '../../../lib/protocol/errors'
import { collectAll, type Claim } from '../../../app/portfolio/collectAll'

const ME = '0x00000000000000000000000000000000000000aa'
const claim = (method: string): Claim => ({
  call: { to: '0x00000000000000000000000000000000000000bb', data: '0x', value: 0n, method },
  what: `What ${method} gives`,
})
const CLAIMS = ['a', 'b', 'c'].map(claim)

/** What was sent, a line a confirmation, where the contract refuses some of the calls. */
async function collect(batches: boolean, refusals: Record<string, ErrorCode> = {}, claims = CLAIMS): Promise<string[]> {
  const sent: string[] = []
  const included = { hash: '0x', block: 1n } as const
  await collectAll(claims, {
    account: ME,
    batches,
    chain: {
      call: ({ method }) => {
        const code = refusals[method ?? '']
        return code ? Promise.reject(new SubrosaError(code)) : Promise.resolve('0x')
      },
    },
    flow: {
      send: ({ method }: ContractCall, step) => {
        sent.push(`${method}: ${step}`)
        return Promise.resolve(included)
      },
      sendTogether: (calls, step) => {
        sent.push(`${calls.map(({ method }) => method).join('+')}: ${step}`)
        return Promise.resolve(included)
      },
    },
  })
  return sent
}

describe('collectAll', () => {
  it('sends one after the other where the wallet cannot do them at once', async () => {
    const each = ['a: What a gives (1 of 3)', 'b: What b gives (2 of 3)', 'c: What c gives (3 of 3)']
    expect(await collect(false)).toEqual(each)
    expect(await collect(false, {}, [claim('a')])).toEqual(['a: What a gives'])
  })

  it('asks for one confirmation where it can', async () => {
    expect(await collect(true)).toEqual(['a+b+c: Collect 3 things at once'])
    expect(await collect(true, {}, [claim('a')])).toEqual(['a: What a gives'])
  })

  it.each([true, false])('leaves out what a keeper has sent meanwhile (at once: %s)', async (batches) => {
    const left = await collect(batches, { a: 'NOT_LIVE_BID', c: 'NOTHING_TO_CLAIM' })
    expect(left).toEqual([batches ? 'b: What b gives' : 'b: What b gives (2 of 3)'])
    const gone = { a: 'NOT_LIVE_BID', b: 'NOTHING_TO_CLAIM', c: 'NOTHING_TO_CLAIM' } as const
    await expect(collect(batches, gone)).rejects.toMatchObject({ code: 'NOTHING_TO_CLAIM' })
  })

  it('leaves out nothing for another refusal: sending it says why', async () => {
    expect(await collect(true, { a: 'RPC_UNAVAILABLE' })).toEqual(['a+b+c: Collect 3 things at once'])
    expect(await collect(false, { b: 'AUCTION_NOT_FINAL' })).toHaveLength(3)
  })
})
