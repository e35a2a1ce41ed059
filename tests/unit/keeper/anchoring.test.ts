import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeAbiParameters, encodeEventTopics, getAbiItem, getAddress, keccak256, type Hex } from 'viem'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sealedAuctionsAbi } from '../../../lib/abi/sealedAuctions'
import type { AnchorNode, RemarkInclusion, SignedRemark } from '../../../lib/chain/anchorNode'
import type { ChainConnection, RawLog } from '../../../lib/chain/connection'
import type { Deployment } from '../../../lib/chain/deployment'
import { createAnchorMetrics } from '../../../lib/keeper/anchors/metrics'
import { startAnchoring, type Anchoring } from '../../../lib/keeper/anchors/anchoring'
import { createMetrics } from '../../../lib/observe/health'
import { createLogger } from '../../../lib/observe/logger'
import { until } from '../../fixtures/until'

const word = (digit: string): Hex => `0x${digit.repeat(64)}`
const deployment: Deployment = {
  chainId: 31337,
  startBlock: '1',
  contracts: {
    auctions: getAddress(`0x${'a0'.repeat(20)}`),
    book: getAddress(`0x${'a3'.repeat(20)}`),
    registry: getAddress(`0x${'a1'.repeat(20)}`),
    verifier: getAddress(`0x${'a2'.repeat(20)}`),
  },
}

/** The log of a settlement. */
function settled(id: Hex, block: bigint): RawLog {
  const settlement = {
    ...{ id, paramsHash: word('1'), acc: word('2'), count: 1, round: 1, reserve: 0, reserveInvalid: false },
    ...{ clearingPrice: 5, totalFilled: 1, winnersHash: word('3'), proofHash: word('4') },
  }
  const args = { id, signer: deployment.contracts.registry, marginalSeq: 0, challengeUntil: 9n, settlement }
  const event = getAbiItem({ abi: sealedAuctionsAbi, name: 'AuctionSettled' })
  const inputs = event.inputs.filter((input) => !('indexed' in input && input.indexed))
  const values = inputs.map(({ name }) => args[name as keyof typeof args])
  return {
    address: deployment.contracts.auctions,
    topics: encodeEventTopics({ abi: sealedAuctionsAbi, eventName: 'AuctionSettled', args }) as Hex[],
    data: encodeAbiParameters(inputs, values as never),
    ...{ blockNumber: block, blockHash: word('b'), transactionHash: word('c'), logIndex: Number(block) },
  }
}

/** A chain of which a test decides what is final. */
function chainOf(logs: RawLog[]) {
  const state = { final: 10n }
  const connection = {
    readBlock: (block: unknown) =>
      Promise.resolve({
        number: block === 'finalized' ? state.final : 1n,
        hash: word('d'),
        parentHash: word('e'),
        timestamp: 1n,
      }),
    readLogs: ({ fromBlock, toBlock }: { fromBlock: bigint; toBlock: bigint }) =>
      Promise.resolve(logs.filter(({ blockNumber }) => blockNumber >= fromBlock && blockNumber <= toBlock)),
  } as unknown as ChainConnection
  return { state, connection }
}

/** A Substrate chain that does with what it is sent as the test says. */
function otherChain() {
  const state = {
    final: 100n,
    nonce: 0,
    signed: [] as SignedRemark[],
    sent: [] as Hex[],
    included: new Map<Hex, RemarkInclusion>(),
  }
  const node: AnchorNode = {
    account: word('f'),
    readAddress: () => Promise.resolve('5Somebody'),
    readOrigin: () => Promise.resolve(word('9')),
    readFinalized: () => Promise.resolve({ number: state.final, hash: word('8') }),
    readAccount: () => Promise.resolve({ nonce: state.nonce, free: 1n }),
    sign(bytes, nonce, at) {
      const raw = keccak256(`${bytes}${state.signed.length.toString(16).padStart(2, '0')}`)
      const remark = { raw, hash: keccak256(raw), nonce, firstBlock: at.number + 1n, lastBlock: at.number + 63n }
      state.signed.push(remark)
      return Promise.resolve(remark)
    },
    broadcast(raw) {
      state.sent.push(raw)
      return Promise.resolve()
    },
    findInclusion: ({ raw }) => Promise.resolve(state.included.get(raw) ?? null),
    close: () => Promise.resolve(),
  }
  /** The newest transaction gets into a final block. */
  const include = (succeeded: boolean | null = true) => {
    const { raw, nonce } = state.signed.at(-1)!
    state.included.set(raw, { number: ++state.final, hash: word('7'), index: 2, succeeded })
    state.nonce = nonce + 1
  }
  return { state, node, include }
}

let folder: string
let running: Anchoring[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'subrosa-anchors-'))
  running = []
})
afterEach(async () => {
  await Promise.all(running.map((each) => each.stop()))
  await rm(folder, { recursive: true, force: true })
})

async function start(connection: ChainConnection, node: AnchorNode): Promise<Anchoring> {
  const metrics = createAnchorMetrics(createMetrics('keeper'))
  const log = createLogger('keeper', 'silent')
  const stateFile = join(folder, 'anchors')
  const anchoring = await startAnchoring({ connection, deployment, node, stateFile, metrics, log, pollMs: 5 })
  running.push(anchoring)
  return anchoring
}

const journal = () => readFile(join(folder, 'anchors'), 'utf8')
const soon = (check: () => boolean) => until(() => Promise.resolve(check()))

describe('anchoring', () => {
  it('takes settlements in the order of the chain, one under way at a time, each once', async () => {
    const { connection, state: chain } = chainOf([
      settled(word('5'), 3n),
      settled(word('6'), 4n),
      settled(word('a'), 12n),
    ])
    const { state, node, include } = otherChain()
    const anchoring = await start(connection, node)
    await soon(() => state.sent.length === 1)
    include()
    await soon(() => state.sent.length === 2)
    expect(anchoring.status()).toMatchObject({ due: 1, anchored: 1 })
    include()
    await soon(() => anchoring.status().anchored === 2)
    // The third settlement is not final yet.
    expect(state.signed).toHaveLength(2)
    chain.final = 12n
    await soon(() => state.sent.length === 3)
    include()
    await soon(() => anchoring.status().anchored === 3)
    expect(state.signed.map(({ nonce }) => nonce)).toEqual([0, 1, 2])
    await anchoring.stop()

    const again = await start(connection, node)
    await soon(() => again.status().problem === '')
    expect(again.status()).toMatchObject({ due: 0, anchored: 3 })
    expect(state.signed).toHaveLength(3)
  })

  it('signs anew only once no block can take the first any more', async () => {
    const { connection } = chainOf([settled(word('5'), 3n)])
    const { state, node, include } = otherChain()
    const anchoring = await start(connection, node)
    await soon(() => state.sent.length === 1)
    state.final = state.signed[0]!.lastBlock - 1n
    // Offered again and again meanwhile, and always the same.
    await soon(() => state.sent.length >= 3)
    expect(new Set(state.sent).size).toBe(1)
    expect(state.signed).toHaveLength(1)
    state.final += 1n
    await soon(() => state.signed.length === 2)
    expect(state.signed[1]!.nonce).toBe(0)
    expect(await journal()).toContain('"dropped"')
    include()
    await soon(() => anchoring.status().anchored === 1)
  })

  it('signs anew where another transaction took its nonce', async () => {
    const { connection } = chainOf([settled(word('5'), 3n)])
    const { state, node, include } = otherChain()
    const anchoring = await start(connection, node)
    await soon(() => state.sent.length === 1)
    state.nonce = 1
    await soon(() => state.signed.length === 2)
    expect(state.signed[1]!.nonce).toBe(1)
    include()
    await soon(() => anchoring.status().anchored === 1)
  })

  it('does not try again what the chain took and refused', async () => {
    const { connection } = chainOf([settled(word('5'), 3n)])
    const { state, node, include } = otherChain()
    const anchoring = await start(connection, node)
    await soon(() => state.sent.length === 1)
    include(false)
    await soon(() => anchoring.status().due === 0)
    expect(state.signed).toHaveLength(1)
    expect(await journal()).toContain('"succeeded":false')
  })

  it('begins a new record where the other chain is another one', async () => {
    const { connection } = chainOf([settled(word('5'), 3n)])
    const first = otherChain()
    const anchoring = await start(connection, first.node)
    await soon(() => first.state.sent.length === 1)
    first.include()
    await soon(() => anchoring.status().anchored === 1)
    await anchoring.stop()
    const second = otherChain()
    await start(connection, { ...second.node, readOrigin: () => Promise.resolve(word('0')) })
    await soon(() => second.state.sent.length === 1)
  })
})
