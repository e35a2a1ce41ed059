import { encodeAbiParameters, encodeEventTopics, getAddress, pad, type Address } from 'viem'
import { describe, expect, it } from 'vitest'
import { hiddenBookAbi } from '../../../../lib/abi/hiddenBook'
import { sealedAuctionsAbi } from '../../../../lib/abi/sealedAuctions'
import { toHubReceipt } from '../../../../lib/chain/hub/receipt'

const AUCTIONS = getAddress(pad('0x0a', { size: 20 }))
const BOOK = getAddress(pad('0x0b', { size: 20 }))
const OTHER = getAddress(pad('0x0c', { size: 20 }))
const ID = pad('0x01')
const HASH = pad('0xee')

const voided = encodeEventTopics({ abi: sealedAuctionsAbi, eventName: 'AuctionVoided', args: { id: ID } })
const final = encodeEventTopics({ abi: hiddenBookAbi, eventName: 'BatchFinalized', args: { id: ID, batchId: 3n } })
const fees = encodeAbiParameters([{ type: 'uint256' }], [5n])

const emitted = (index: number, address: Address, topics: readonly unknown[], data = '0x') => ({
  ...{ index, transaction: 2, section: 'revive', method: 'ContractEmitted' },
  data: [address, data, topics],
})

function receiptOf(events: Parameters<typeof toHubReceipt>[0]['events'], known = true) {
  const inclusion = {
    ...{ block: { number: 9n, hash: pad('0xcc') }, position: 2, events, succeeded: true, refusal: null },
    ...{ fee: 30n, weight: { refTime: 1n, proofSize: 2n } },
  }
  const contracts = { auctions: AUCTIONS, book: BOOK } as never
  const deployment = known ? { contracts } : undefined
  return toHubReceipt(inclusion, HASH, { ratio: 100n, gasPrice: 1_000n }, { storageDeposit: 7n, deployment })
}

describe('a receipt', () => {
  it('has the events of both rooms, in order, and nobody else’s', () => {
    const { events, logs } = receiptOf([
      emitted(4, BOOK, final, fees),
      emitted(5, OTHER, final, fees),
      emitted(7, AUCTIONS, voided),
    ])
    expect(logs.map(({ logIndex }) => logIndex)).toEqual([4, 5, 7])
    expect(events).toEqual([
      expect.objectContaining({ type: 'BatchFinalized', id: ID, batchId: 3n, fees: 5n, logIndex: 4 }),
      expect.objectContaining({ type: 'AuctionVoided', id: ID, logIndex: 7 }),
    ])
  })

  it('has none where no deployment is known', () => {
    expect(receiptOf([emitted(4, BOOK, final, fees)], false).events).toEqual([])
  })

  it('counts gas so that it comes to the fee at the runtime’s price', () => {
    const { gasUsed, gasPrice, fee } = receiptOf([])
    expect(gasUsed * gasPrice).toBe(fee * 100n)
  })
})
