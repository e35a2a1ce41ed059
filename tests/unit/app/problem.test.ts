import { BaseError, RawContractError, UnknownRpcError, UserRejectedRequestError, encodeErrorResult } from 'viem'
import { describe, expect, it } from 'vitest'
import { explain } from '../../../app/_transaction/problem'
import { sealedAuctionsAbi } from '../../../lib/abi/sealedAuctions'
import { SubrosaError } from '../../../lib/protocol/errors'

describe('explain', () => {
  it('finds the contract’s own error under what the node made of it', () => {
    const id = `0x${'11'.repeat(32)}` as const
    const data = encodeErrorResult({ abi: sealedAuctionsAbi, errorName: 'AuctionClosed', args: [id, 5n] })
    const problem = explain(new BaseError('call failed', { cause: new RawContractError({ data }) }))
    expect(problem).toMatchObject({ code: 'AUCTION_CLOSED', money: 'No money moved.' })
    expect(problem.detail).toContain('AuctionClosed')
  })

  it('knows a declined request, from viem and from a bare wallet', () => {
    expect(explain(new BaseError('no', { cause: new UserRejectedRequestError(new Error('no')) })).code).toBe(
      'USER_REJECTED',
    )
    expect(explain({ code: 4001, message: 'User rejected' }).code).toBe('USER_REJECTED')
  })

  it('finds our own error under what viem wrapped around it', () => {
    const cause = new UnknownRpcError(new SubrosaError('ACCOUNT_NOT_MAPPED', { details: 'why' }))
    expect(explain(new BaseError('sending failed', { cause }))).toMatchObject({
      code: 'ACCOUNT_NOT_MAPPED',
      detail: 'why',
    })
  })

  it('keeps our own codes and calls the rest internal', () => {
    expect(explain(new SubrosaError('WRONG_ACCOUNT')).code).toBe('WRONG_ACCOUNT')
    expect(explain(new Error('boom'))).toMatchObject({ code: 'INTERNAL', detail: 'boom' })
  })

  it('says for every problem what it means for the money, and what to do', () => {
    const { what, money, next } = explain(new SubrosaError('RPC_UNAVAILABLE'))
    for (const text of [what, money, next]) expect(text.length).toBeGreaterThan(10)
  })
})
