import { describe, expect, it } from 'vitest'
import { toExtrinsic } from '../../../../lib/chain/hub/batchCalls'
import type { ContractCall } from '../../../../lib/chain/connection'
import { RECORDED, recordedApi, type FakeExtrinsic } from './recorded'

const account = new Uint8Array(32)
const call = (method: string, value = 0n): ContractCall => ({
  ...{ to: `0x${'c0'.repeat(20)}`, data: '0x01020304', value, method },
})
const APPROVAL = { weight: { refTime: 151101591n, proofSize: 4410n }, storageDeposit: 0n }
const MOST = { refTime: 1_399_875_000_000n, proofSize: 7_340_032n }

async function make(behaviour: Parameters<typeof recordedApi>[0], ...calls: ContractCall[]) {
  const { api, tried } = recordedApi(behaviour)
  const made = (await toExtrinsic(api, account, calls)) as unknown as FakeExtrinsic
  return { made, tried }
}
/** The limits of a `revive.call`. */
const limits = ({ args }: FakeExtrinsic) => ({ weight: args[2], storageDeposit: args[3] })

describe('messages to contracts, as one transaction', () => {
  it('of one message, with a fifth more than its dry run took, its value in plancks', async () => {
    const { made, tried } = await make({ calls: [RECORDED.bid] }, call('depositAndBid', 10n ** 19n))
    expect(made).toMatchObject({ name: 'revive.call', args: [call('').to, 10n ** 11n, {}, 50_400_000n, '0x01020304'] })
    expect(limits(made).weight).toEqual({ refTime: 1305655410n, proofSize: 173277n })
    expect(tried).toEqual([])
  })

  it('of messages that stand alone, needs no trial of the whole', async () => {
    const { made, tried } = await make({ calls: [RECORDED.approval, RECORDED.bid] }, call('claim'), call('claim'))
    expect(made.name).toBe('utility.batchAll')
    expect((made.args[0] as FakeExtrinsic[]).map(limits)).toEqual([
      APPROVAL,
      { weight: { refTime: 1305655410n, proofSize: 173277n }, storageDeposit: 50_400_000n },
    ])
    expect(tried).toEqual([])
  })

  it('of one that builds on another, is tried as a whole, and allowed what that took', async () => {
    const calls = [RECORDED.approval, RECORDED.bidWithoutApproval]
    const { made, tried } = await make({ calls, whole: RECORDED.whole }, call('approve'), call('depositAndBid'))
    const [first, second] = (tried[0]!.args[0] as FakeExtrinsic[]).map(limits)
    expect([first, second]).toEqual([APPROVAL, { weight: MOST, storageDeposit: 2_024_000_000n }])
    expect((made.args[0] as FakeExtrinsic[]).map(limits)).toEqual([
      APPROVAL,
      { weight: { refTime: 900205593n, proofSize: 27381n }, storageDeposit: 2_428_800_000n },
    ])
  })

  it('is refused where the whole reverts, in the pallet’s word', async () => {
    const calls = [RECORDED.approval, RECORDED.bidWithoutApproval]
    const whole = RECORDED.wholeReverted
    await expect(make({ calls, whole }, call('approve'), call('depositAndBid'))).rejects.toMatchObject({
      code: 'TRANSACTION_REVERTED',
      details: 'the batch is refused: revive.ContractReverted',
    })
  })

  it('is refused with the contract’s own error where the first message reverts', async () => {
    await expect(make({ calls: [RECORDED.secondBid] }, call('depositAndBid'))).rejects.toMatchObject({
      code: 'BID_EXISTS',
      errorName: 'BidExists',
    })
  })

  it('is refused where the account has not that much', async () => {
    await expect(make({ calls: [RECORDED.tooMuch] }, call('depositAndBid'))).rejects.toMatchObject({
      code: 'INSUFFICIENT_BALANCE',
    })
  })

  it('is refused where a value is no whole number of plancks', async () => {
    await expect(make({ calls: [] }, call('depositAndBid', 1n))).rejects.toMatchObject({ field: 'value' })
  })

  it('is none of no messages', async () => {
    await expect(make({ calls: [] })).rejects.toMatchObject({ field: 'calls' })
  })
})
