import { getAddress, pad, zeroAddress } from 'viem'
import { describe, expect, it } from 'vitest'
import type { BookEvent } from '../../../lib/chain/book/events'
import type { ChainConnection } from '../../../lib/chain/connection'
import { CallRefused, ContractRevert } from '../../../lib/chain/errors'
import { readTokens } from '../../../lib/indexer/book/readTokens'
import { SubrosaError } from '../../../lib/protocol/errors'

const BASE = getAddress(pad('0x0b', { size: 20 }))
const created = { type: 'MarketCreated', params: { base: BASE, quote: zeroAddress } } as unknown as BookEvent

const factsWhere = async (error: SubrosaError) => {
  const connection = { call: () => Promise.reject(error) } as unknown as ChainConnection
  return (await readTokens(connection, [created])).get(BASE.toLowerCase())
}

describe('what a token says of itself', () => {
  it.each<[string, SubrosaError]>([
    ['it reverts', new ContractRevert('NoReason', [], {})],
    ['the node gives up on it', new CallRefused(new SubrosaError('RPC_UNAVAILABLE'))],
    ['the runtime stops it', new CallRefused(new SubrosaError('TRANSACTION_REVERTED'))],
  ])('is nothing where %s', async (_why, error) => {
    expect(await factsWhere(error)).toEqual({ symbol: null, decimals: null })
  })

  it('is not known while the node is away', async () => {
    await expect(factsWhere(new SubrosaError('RPC_UNAVAILABLE'))).rejects.toMatchObject({ code: 'RPC_UNAVAILABLE' })
  })
})
