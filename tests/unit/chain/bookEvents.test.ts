import { encodeAbiParameters, encodeEventTopics, getAddress, type Hex } from 'viem'
import { describe, expect, it } from 'vitest'
import { hiddenBookAbi } from '../../../lib/abi/hiddenBook'
import { BOOK_TOPICS } from '../../../lib/chain/book/topics'
import { decodeBookLog } from '../../../lib/chain/book/decodeBookLog'
import { decodeContractLog } from '../../../lib/chain/contractEvent'
import { revertCodeOf } from '../../../lib/chain/revertCodes'
import { EVENT_TOPICS } from '../../../lib/chain/topics'

const addressOf = (byte: number) => getAddress(`0x${byte.toString(16).padStart(2, '0').repeat(20)}`)
const wordOf = (byte: number): Hex => `0x${byte.toString(16).padStart(2, '0').repeat(32)}`

const contracts = { auctions: addressOf(1), book: addressOf(2), registry: addressOf(3), verifier: addressOf(4) }
const position = { blockNumber: 7n, blockHash: wordOf(8), transactionHash: wordOf(9), logIndex: 10 }
const id = wordOf(0xab)
const trader = addressOf(0xcd)
const fill = { leaf: wordOf(0xe1), trader, sell: true, lots: 3 }
const settlement = {
  ...{ marketId: id, batchId: 4n, acc: wordOf(0xac), count: 2, round: 1, price: 90 },
  ...{ fillsHash: wordOf(0xf1), carriedHash: wordOf(0xca), proofHash: wordOf(0) },
}
const params = {
  ...{ base: addressOf(5), quote: addressOf(6), tickSize: 10n, lotSize: 20n, batchLength: 30 },
  ...{ feeBps: 40, bandBps: 50, batchSettleBy: 60, challengeWindow: 70 },
  ...{ operator: addressOf(7), minLots: 80, maxOrderAge: 90 },
}

type Name = keyof typeof BOOK_TOPICS

/** Each event with arguments of its own, as Solidity names them. */
const ARGUMENTS: Record<Name, Record<string, unknown>> = {
  MarketCreated: { id, creator: trader, nonce: 1n, params, startsAt: 1_700n },
  MarginDeposited: { id, trader, batchId: 2n, token: addressOf(5), amount: 3n },
  WithdrawalRequested: { id, trader, batchId: 2n, base: 4n, quote: 5n },
  MarginWithdrawn: { id, trader, base: 4n, quote: 5n },
  OrderPlaced: { id, trader, batchId: 2n, seq: 6, keyId: wordOf(0x4e), x: 7n, y: 8n, sealedOrder: '0x1234' },
  OrderCancelled: { id, trader, batchId: 2n, seq: 6, leaf: wordOf(0xe1) },
  AllCancelled: { id, trader, batchId: 2n, seq: 7 },
  BatchSettled: { id, batchId: 4n, signer: addressOf(9), challengeUntil: 1_800n, settlement, fills: [fill] },
  BatchVoided: { id, batchId: 4n },
  BatchFinalized: { id, batchId: 4n, fees: 11n },
  BatchStruck: { id, batchId: 4n, signer: addressOf(9), strikes: 2, movedUntil: 1_900n },
  Deposited: { token: addressOf(5), account: trader, amount: 3n },
  Withdrawn: { token: addressOf(5), account: trader, to: addressOf(6), amount: 3n },
}

function logOf(name: Name, address = contracts.book) {
  const event = hiddenBookAbi.find((item) => item.type === 'event' && item.name === name)!
  const args = ARGUMENTS[name]
  const inputs = (event as { inputs: readonly { name: string; type: string; indexed: boolean }[] }).inputs
  const plain = inputs.filter(({ indexed }) => !indexed)
  const data = encodeAbiParameters(plain, plain.map((input) => args[input.name]) as never)
  const topics = encodeEventTopics({ abi: hiddenBookAbi, eventName: name, args: args }) as Hex[]
  return { address, topics, data, ...position }
}

describe('events of the order book (PROTOCOL.md section 11)', () => {
  it.each(Object.keys(ARGUMENTS) as Name[])('%s comes out with every field, typed, and its position', (name) => {
    const { sealedOrder, ...rest } = ARGUMENTS[name]
    const expected = sealedOrder === undefined ? rest : { ...rest, sealed: sealedOrder }
    expect(decodeBookLog(logOf(name))).toEqual({ type: name, ...expected, ...position })
  })

  it('covers every event that the contract declares, but the one that only proxies emit', () => {
    const declared = hiddenBookAbi.flatMap((item) => (item.type === 'event' ? [item.name as string] : []))
    expect(Object.keys(BOOK_TOPICS).sort()).toEqual(declared.filter((name) => name !== 'EIP712DomainChanged').sort())
  })

  it('leaves logs of unknown kinds out, and refuses what only looks like one of ours', () => {
    const log = logOf('OrderPlaced')
    expect(decodeBookLog({ ...log, topics: [wordOf(1)] })).toBeNull()
    expect(decodeBookLog({ ...log, topics: [] })).toBeNull()
    expect(() => decodeBookLog({ ...log, data: '0x' })).toThrow()
  })

  it('tells the rooms apart by the address alone: their vaults say the same words', () => {
    expect(BOOK_TOPICS.Deposited).toBe(EVENT_TOPICS.Deposited)
    expect(decodeContractLog({ contracts }, logOf('Deposited'))).toMatchObject({ type: 'Deposited', amount: 3n })
    expect(decodeContractLog({ contracts }, logOf('BatchVoided'))).toMatchObject({ type: 'BatchVoided' })
    expect(decodeContractLog({ contracts }, logOf('BatchVoided', contracts.auctions))).toBeNull()
    expect(decodeContractLog({ contracts }, logOf('BatchVoided', addressOf(0x77)))).toBeNull()
  })
})

/** Of the libraries that the contract is built with, and of its call to itself: none means anything to a person. */
const INTERNAL_ERRORS = ['OnlySelf', 'InvalidShortString', 'StringTooLong', 'ReentrancyGuardReentrantCall']

it('every error that the order book declares has a code of its own', () => {
  const names = hiddenBookAbi.flatMap((item) => (item.type === 'error' ? [item.name as string] : []))
  const unnamed = names.filter((name) => revertCodeOf(name) === 'TRANSACTION_REVERTED')
  expect(unnamed.filter((name) => !INTERNAL_ERRORS.includes(name))).toEqual([])
})
