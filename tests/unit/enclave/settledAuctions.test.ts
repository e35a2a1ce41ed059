import { describe, expect, it } from 'vitest'
import { encodeAbiParameters, encodeEventTopics, getAbiItem, pad, toHex, zeroAddress, zeroHash, type Hex } from 'viem'
import { sealedAuctionsAbi } from '../../../lib/abi/sealedAuctions'
import type { ChainConnection, RawLog } from '../../../lib/chain/connection'
import type { Deployment } from '../../../lib/chain/deployment'
import { SettledAuctions } from '../../../lib/enclave/bids/settledAuctions'

const ADDRESS = `0x${'aa'.repeat(20)}` as const
const DEPLOYMENT = { startBlock: '1', contracts: { auctions: ADDRESS } } as Deployment
const event = getAbiItem({ abi: sealedAuctionsAbi, name: 'AuctionSettled' })

const hash = (value: number) => pad(toHex(value))

/** An event that says: this auction's settlement names these proofs. */
function settled(block: number, id: Hex, proofHash: Hex): RawLog {
  const settlement = {
    ...{ id, paramsHash: zeroHash, acc: zeroHash, count: 0, round: 0, reserve: 0, reserveInvalid: false },
    ...{ clearingPrice: 1, totalFilled: 1, winnersHash: zeroHash, proofHash },
  }
  const inputs = event.inputs.filter((input) => !('indexed' in input && input.indexed))
  const values: Record<string, unknown> = { settlement, marginalSeq: 0, challengeUntil: 0n }
  return {
    address: ADDRESS,
    topics: encodeEventTopics({ abi: [event], args: { id, signer: zeroAddress } }) as Hex[],
    data: encodeAbiParameters(
      inputs,
      inputs.map(({ name }) => values[name]),
    ),
    ...{ blockNumber: BigInt(block), blockHash: hash(block), transactionHash: hash(block), logIndex: 0 },
  } as RawLog
}

/** A node that has these logs, and counts what it is asked. */
function node(logs: () => RawLog[]) {
  const asked: bigint[] = []
  const connection: Pick<ChainConnection, 'readLogs'> = {
    readLogs: ({ fromBlock, toBlock }) => {
      asked.push(fromBlock)
      return Promise.resolve(logs().filter(({ blockNumber }) => blockNumber >= fromBlock && blockNumber <= toBlock))
    },
  }
  return { connection, asked }
}

const [ID, OTHER, PROOF] = [hash(7), hash(8), hash(99)]

describe('which auction’s settlement names which proofs', () => {
  it('is found by an honest node, though another said that there is none', async () => {
    const auctions = new SettledAuctions(DEPLOYMENT)
    const liar = node(() => [])
    const honest = node(() => [settled(5, ID, PROOF)])
    expect(await auctions.find(liar.connection, PROOF, 10n)).toBeNull()
    expect(await auctions.find(honest.connection, PROOF, 10n)).toBe(ID)
  })

  it('is not what another node made up', async () => {
    const auctions = new SettledAuctions(DEPLOYMENT)
    const honest = node(() => [settled(5, ID, PROOF)])
    const liar = node(() => [settled(5, OTHER, PROOF)])
    expect(await auctions.find(honest.connection, PROOF, 10n)).toBe(ID)
    expect(await auctions.find(liar.connection, PROOF, 10n)).toBe(OTHER)
    expect(await auctions.find(honest.connection, PROOF, 10n)).toBe(ID)
  })

  it('is found later by a node that had not come so far', async () => {
    const auctions = new SettledAuctions(DEPLOYMENT)
    const logs: RawLog[] = []
    const { connection } = node(() => logs)
    expect(await auctions.find(connection, PROOF, 10n)).toBeNull()
    logs.push(settled(9, ID, PROOF))
    expect(await auctions.find(connection, PROOF, 11n)).toBe(ID)
  })

  it('is read once, but for the newest blocks', async () => {
    const auctions = new SettledAuctions(DEPLOYMENT)
    const { connection, asked } = node(() => [settled(5, ID, PROOF)])
    await auctions.find(connection, hash(1), 10_000n)
    await auctions.find(connection, hash(1), 10_001n)
    expect(asked.at(-1)).toBeGreaterThan(9_000n)
    expect(await auctions.find(connection, PROOF, 10_002n)).toBe(ID)
  })
})
