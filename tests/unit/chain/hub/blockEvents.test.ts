import { bytesToHex, getAddress, hexToBytes, pad, toHex } from 'viem'
import { describe, expect, it } from 'vitest'
import { toHubEvents, toRawLogs } from '../../../../lib/chain/hub/blockEvents'

const CONTRACT = '0x49f65486eb64219d1fbb1ab718333e1f209a478a'
const TOPICS = [pad('0x01'), pad('0x02')]
const HASHES = [pad('0xaa'), pad('0xbb')]
const BLOCK = { number: 7n, hash: pad('0xcc') }

const record = (phase: object, section: string, method: string, data: unknown[]) => ({
  phase: { toJSON: () => phase },
  event: { section, method, data: { toJSON: () => data } },
})
const emitted = (transaction: number, data: string) =>
  record({ applyExtrinsic: transaction }, 'revive', 'ContractEmitted', [CONTRACT, data, TOPICS])
const logsOf = (...records: ReturnType<typeof record>[]) => toRawLogs(toHubEvents(records), HASHES, BLOCK)

describe('a block’s events as logs', () => {
  it('takes the contracts’ own, in order, each with its transaction and its place among all events', () => {
    const logs = logsOf(
      record({ applyExtrinsic: 0 }, 'system', 'ExtrinsicSuccess', [{}]),
      emitted(1, '0x0102'),
      record({ applyExtrinsic: 1 }, 'balances', 'Transfer', ['x', 'y', 1]),
      emitted(1, '0x'),
    )
    const where = { address: getAddress(CONTRACT), topics: TOPICS, blockNumber: 7n, blockHash: BLOCK.hash }
    expect(logs).toEqual([
      { ...where, data: '0x0102', transactionHash: HASHES[1], logIndex: 1 },
      { ...where, data: '0x', transactionHash: HASHES[1], logIndex: 3 },
    ])
  })

  it('leaves out what no transaction emitted', () => {
    expect(logsOf(record({ initialization: null }, 'revive', 'ContractEmitted', [CONTRACT, '0x', TOPICS]))).toEqual([])
  })

  it('fails rather than skip an event that does not decode, or whose transaction is not in the block', () => {
    const bad = record({ applyExtrinsic: 0 }, 'revive', 'ContractEmitted', [CONTRACT, 'bytes', TOPICS])
    expect(() => logsOf(bad)).toThrow()
    expect(() => logsOf(emitted(2, '0x'))).toThrow(/no transaction/)
  })

  it('keeps every byte of the data', () => {
    const bytes = toHex(Uint8Array.from({ length: 256 }, (_, index) => index))
    const [log] = logsOf(emitted(0, bytes))
    expect(bytesToHex(hexToBytes(log!.data))).toBe(bytes)
  })
})
