import { zeroHash, type Hex } from 'viem'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Deployment } from '../../../lib/chain/deployment'
import { openEvmSender } from '../../../lib/chain/evm/sender'
import { EVENT_TOPICS } from '../../../lib/chain/topics'
import { ACCOUNT, localAccount } from '../../../lib/dev/accounts'
import { hashHeader } from '../../../lib/enclave/chain/header'
import type { EndpointFault } from '../../../lib/enclave/chain/endpoint'
import { startAnvil, type TestChain } from '../../fixtures/anvil'
import { openTestAuction, sealTestBid, sendTestBid, type TestAuction } from '../../fixtures/auctions'
import { deployContracts } from '../../fixtures/deploy'
import {
  createEnclaveFiles,
  openTestReader,
  startTestEnclave,
  type NotedFault,
  type TestEnclave,
  type TestEnclaveFiles,
} from '../../fixtures/enclave'
import { RpcRefusal, startLyingNode, type Lie, type LyingNode } from '../../fixtures/lyingNode'

type Block = Record<string, unknown> & { number: Hex; hash: Hex; timestamp: Hex; stateRoot: Hex }
type Proof = { accountProof: Hex[]; storageProof: { key: Hex; value: Hex; proof: Hex[] }[] }
type Log = { topics: Hex[]; data: Hex }

let chain: TestChain
let deployment: Deployment
let files: TestEnclaveFiles
let enclave: TestEnclave
let nodes: LyingNode[]
let open: TestAuction
let closed: TestAuction

beforeAll(async () => {
  chain = await startAnvil()
  files = await createEnclaveFiles()
  deployment = await deployContracts(chain, files.root)
  enclave = await startTestEnclave(chain, deployment, files)
  nodes = await Promise.all([0, 1, 2].map(() => startLyingNode(chain.rpcUrl)))
  const sender = (index: number) => openEvmSender({ rpcUrl: chain.rpcUrl, deployment, account: localAccount(index) })
  const seller = sender(ACCOUNT.seller)
  closed = await openTestAuction(chain, deployment, enclave, seller)
  const closesAt = closed.params.closesAt + 86_400n
  open = await openTestAuction(chain, deployment, enclave, seller, { closesAt, settleBy: closesAt + 86_400n })
  for (const [index, price] of [50, 60, 70].entries()) {
    const bidder = sender(20 + index)
    await sendTestBid(deployment, bidder, await sealTestBid(deployment, enclave, closed, bidder, price))
  }
  await chain.mineAt(closed.params.closesAt, 4)
})

afterAll(async () => {
  await enclave.close()
  for (const node of nodes) await node.close()
  await chain.stop()
  await files.remove()
})

beforeEach(() => {
  for (const node of nodes) {
    node.tell((_method, _params, truth) => truth)
    node.methods.splice(0)
  }
})

/** Two of three must agree, or as many as said. Those in `silent` are not waited for. */
async function read(id: Hex, threshold = 2, silent: readonly number[] = []) {
  const faults: NotedFault[] = []
  const urls = nodes.map(({ url }) => url)
  const reader = openTestReader(deployment, { urls, threshold, silent }, faults)
  const result = await reader
    .readClose(id)
    .then((close) => reader.readClosedAuction(close))
    .then(({ auction, params, bids, epoch, block }) => {
      const seen = Array.from({ length: bids.size }, (_, position) => bids.at(position))
      return { auction, params, seen, epoch, block }
    })
    .catch((error: unknown) => (error as { code?: string }).code ?? error)
  return { result, faults }
}

const lieAbout =
  <T>(wanted: string, change: (truth: T, params: unknown[]) => unknown): Lie =>
  (method, params, truth) =>
    method === wanted ? change(truth as T, params) : truth

/** Changes headers, and gives them the hash that they then have. */
const forgeHeaders = (change: (block: Block) => Partial<Block>): Lie =>
  lieAbout<Block>('eth_getBlockByNumber', (block) => {
    const forged = { ...block, ...change(block) }
    return { ...forged, hash: hashHeader(forged)?.hash }
  })

const later = forgeHeaders(({ timestamp }) => ({ timestamp: `0x${(BigInt(timestamp) + 86_400n).toString(16)}` }))
const turn = (hex: Hex): Hex => `${hex.slice(0, -1)}${hex.endsWith('0') ? '1' : '0'}` as Hex
const never = () => new Promise(() => {})
const silentAboutLogs = lieAbout('eth_getLogs', never)
const isBid = ({ topics }: Log) => topics[0] === EVENT_TOPICS.BidPlaced

describe('one liar among three of whom two must agree', () => {
  const LIES: [string, Lie, EndpointFault | null][] = [
    [
      'a time that is not in the hash',
      lieAbout<Block>('eth_getBlockByNumber', (block) => ({ ...block, timestamp: '0xffffffff' })),
      'bad-header',
    ],
    [
      'a block that was not asked for',
      lieAbout<Block>('eth_getBlockByNumber', (block, [id]) => (id === 'finalized' ? forged(block, '0x5') : block)),
      'bad-header',
    ],
    ['a later time, hashed anew', later, 'other-header'],
    ['another state, hashed anew', forgeHeaders(({ stateRoot }) => ({ stateRoot: turn(stateRoot) })), 'other-header'],
    [
      'a final block far ahead',
      lieAbout<Block>('eth_getBlockByNumber', (block, [id]) =>
        id === 'finalized' ? rehashed({ ...block, number: '0xffffff' }) : null,
      ),
      'unavailable',
    ],
    [
      'a changed node of the account’s proof',
      lieAbout<Proof>('eth_getProof', (proof) => ({ ...proof, accountProof: proof.accountProof.map(turn) })),
      'bad-proof',
    ],
    [
      'a changed node of a slot’s proof',
      lieAbout<Proof>('eth_getProof', ({ storageProof, ...rest }) => ({
        ...rest,
        storageProof: storageProof.map((slot) => ({ ...slot, proof: slot.proof.map(turn) })),
      })),
      'bad-proof',
    ],
    [
      'another slot’s proof',
      lieAbout<Proof>('eth_getProof', ({ storageProof, ...rest }) => ({
        ...rest,
        storageProof: storageProof.map(() => storageProof[0]!),
      })),
      'bad-proof',
    ],
    [
      'proofs without a node',
      lieAbout<Proof>('eth_getProof', ({ storageProof }) => ({
        accountProof: [],
        storageProof: storageProof.map((slot) => ({ ...slot, proof: [] })),
      })),
      'bad-proof',
    ],
    [
      'values beside the proof',
      lieAbout<Proof>('eth_getProof', ({ storageProof, ...rest }) => ({
        ...rest,
        storageProof: storageProof.map((slot) => ({ ...slot, value: zeroHash })),
      })),
      null,
    ],
    [
      'a bid left out',
      lieAbout<Log[]>('eth_getLogs', (logs) => logs.filter((log, index) => !isBid(log) || index !== 2)),
      'bad-logs',
    ],
    ['no logs at all', lieAbout<Log[]>('eth_getLogs', () => []), 'bad-logs'],
    [
      'logs of changed data',
      lieAbout<Log[]>('eth_getLogs', (logs) => logs.map((log) => ({ ...log, data: turn(log.data) }))),
      'bad-logs',
    ],
    [
      'logs without end',
      lieAbout<Log[]>('eth_getLogs', (logs) => Array.from({ length: 500 }, () => logs).flat()),
      'bad-logs',
    ],
    ['another chain', lieAbout('eth_chainId', () => '0x1'), 'wrong-chain'],
    ['nothing but errors', (_method, _params, _truth) => new RpcRefusal(-32_000, 'no'), 'unavailable'],
    ['no logs, by an error', lieAbout('eth_getLogs', () => new RpcRefusal(-32_000, 'no')), 'unavailable'],
    [
      'a lag',
      lieAbout<Block>('eth_getBlockByNumber', async (block, [id]) => (id === 'finalized' ? blockAt('0x2') : block)),
      null,
    ],
    ['silence', never, 'unavailable'],
    ['silence about logs', silentAboutLogs, 'unavailable'],
  ]

  const rehashed = (block: Block) => ({ ...block, hash: hashHeader(block)?.hash })
  const forged = (block: Block, number: Hex) => ({ ...block, number })

  it.each(LIES)('tells %s, and is passed over', async (_what, lie, fault) => {
    const truth = await read(closed.id)
    expect(truth).toMatchObject({ result: { auction: { count: 3 }, seen: [{ seq: 0 }, { seq: 1 }, { seq: 2 }] } })
    expect(truth.faults).toEqual([])
    nodes[0]!.tell(lie)
    const { result, faults } = await read(closed.id, 2, lie === never || lie === silentAboutLogs ? [0] : [])
    expect(result).toEqual(truth.result)
    // Nothing that the reader waits for: a hanging endpoint is noted once it times out.
    if (fault && lie !== never) expect(faults).toContainEqual({ endpoint: 0, fault })
    expect(faults.filter(({ endpoint }) => endpoint !== 0)).toEqual([])
  })

  it('cannot have an open auction closed', async () => {
    nodes[0]!.tell(later)
    expect((await read(open.id)).result).toBe('CLOSE_NOT_FINAL')
  })
})

async function blockAt(number: Hex): Promise<unknown> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_getBlockByNumber', params: [number, false] })
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(chain.rpcUrl, { method: 'POST', headers, body })
  return ((await answer.json()) as { result: unknown }).result
}

describe('two liars among three', () => {
  const earlier = forgeHeaders(({ timestamp }) => ({ timestamp: `0x${(BigInt(timestamp) - 60n).toString(16)}` }))

  it('that do not lie alike hold the enclave up, and no more', async () => {
    nodes[0]!.tell(later)
    nodes[1]!.tell(earlier)
    expect((await read(closed.id)).result).toBe('ENDPOINTS_DISAGREE')
  })

  it('that lie alike are believed where two are enough: the limit that is stated', async () => {
    nodes[0]!.tell(later)
    nodes[1]!.tell(later)
    expect((await read(open.id)).result).toMatchObject({ auction: { id: open.id } })
    expect((await read(open.id, 3)).result).toBe('ENDPOINTS_DISAGREE')
  })

  it('prove nothing by a made-up state root alone: they would have to make up all that is proven against it', async () => {
    const forge = forgeHeaders(({ stateRoot }) => ({ stateRoot: turn(stateRoot) }))
    nodes[0]!.tell(forge)
    nodes[1]!.tell(forge)
    expect((await read(closed.id)).result).toBe('ENDPOINTS_DISAGREE')
  })

  it('that are silent leave too few', async () => {
    nodes[0]!.tell(() => new RpcRefusal(-32_000, 'no'))
    nodes[1]!.tell(never)
    expect((await read(closed.id, 2, [1])).result).toBe('RPC_UNAVAILABLE')
  })

  it('that withhold or change logs are passed over for the one that serves them', async () => {
    nodes[0]!.tell(lieAbout('eth_getLogs', () => []))
    nodes[1]!.tell(lieAbout('eth_getLogs', () => new RpcRefusal(-32_000, 'no')))
    const { result, faults } = await read(closed.id)
    expect(result).toMatchObject({ auction: { count: 3 } })
    expect(faults).toEqual([
      { endpoint: 0, fault: 'bad-logs' },
      { endpoint: 1, fault: 'unavailable' },
    ])
  })
})

describe('where no endpoint serves', () => {
  const tellAll = (lie: Lie) => nodes.forEach((node) => node.tell(lie))

  it.each<[string, Lie, string]>([
    ['logs', lieAbout('eth_getLogs', () => new RpcRefusal(-32_000, 'no')), 'RPC_UNAVAILABLE'],
    ['all logs', lieAbout('eth_getLogs', () => []), 'HISTORY_MISMATCH'],
    ['proofs', lieAbout('eth_getProof', () => new RpcRefusal(-32_000, 'BlockOutOfRangeError')), 'RPC_UNAVAILABLE'],
    ['true proofs', lieAbout<Proof>('eth_getProof', (proof) => ({ ...proof, accountProof: [] })), 'ENDPOINTS_DISAGREE'],
    ['the chain', lieAbout('eth_chainId', () => '0x1'), 'ENDPOINTS_DISAGREE'],
  ])('%s, the enclave says so', async (_what, lie, code) => {
    tellAll(lie)
    expect((await read(closed.id)).result).toBe(code)
  })
})

describe('before the close is final', () => {
  it('takes the same requests for any id, and none for logs', async () => {
    const asked: string[][] = []
    for (const id of [open.id, `0x${'ab'.repeat(32)}` as const]) {
      for (const node of nodes) node.methods.splice(0)
      expect((await read(id)).result).toBe('CLOSE_NOT_FINAL')
      asked.push(nodes.flatMap(({ methods }) => [...methods].sort()))
    }
    expect(asked[1]).toEqual(asked[0])
    expect(asked[0]).not.toContain('eth_getLogs')
    expect(asked[0]).not.toContain('eth_call')
  })
})
