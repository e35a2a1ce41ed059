import { pad, type Hex } from 'viem'
import { describe, expect, it } from 'vitest'
import { agreeingChain } from '../../../lib/enclave/chain/agreeingChain'
import type { Endpoint } from '../../../lib/enclave/chain/endpoint'
import type { Header } from '../../../lib/enclave/chain/header'

const HEADER: Header = {
  number: 9n,
  hash: pad('0x09'),
  parentHash: pad('0x08'),
  timestamp: 100n,
  stateRoot: pad('0x0a'),
}
const ADDRESS = `0x${'22'.repeat(20)}` as const
const SLOTS = [pad('0x01'), pad('0x02')]
const TRUTH = [pad('0x11'), pad('0x12')]
const LIE = [pad('0x11'), pad('0x13')]

type Node = { header?: Partial<Header>; storage?: readonly Hex[] | null | Error; chainId?: bigint }

/** A node that proves nothing, as a Hub's. */
function endpoint(index: number, { header, storage = TRUTH, chainId = 5n }: Node): Endpoint {
  return {
    index,
    provesStorage: false,
    readHeader: () => Promise.resolve({ ...HEADER, ...header }),
    readStorage: () => (storage instanceof Error ? Promise.reject(storage) : Promise.resolve(storage && [...storage])),
    connection: { readChainId: () => Promise.resolve(chainId), readLogs: () => Promise.resolve([]) },
  }
}

const chainOf = (threshold: number, ...nodes: Node[]) =>
  agreeingChain({ endpoints: nodes.map((node, index) => endpoint(index, node)), threshold, chainId: 5 })
const read = (threshold: number, ...nodes: Node[]) => chainOf(threshold, ...nodes).prove(HEADER, ADDRESS, SLOTS)
const code = (name: string) => expect.objectContaining({ code: name }) as Error

describe('storage that no node proves', () => {
  it('is what as many say as must agree, in whatever order a liar comes', async () => {
    expect(await read(2, {}, {}, { storage: LIE })).toEqual(TRUTH)
    expect(await read(2, { storage: LIE }, {}, {})).toEqual(TRUTH)
  })

  it('is nothing where too few agree: one endpoint is not enough', async () => {
    await expect(read(2, {}, { storage: LIE })).rejects.toEqual(code('ENDPOINTS_DISAGREE'))
    await expect(read(3, {}, {}, { storage: LIE })).rejects.toEqual(code('ENDPOINTS_DISAGREE'))
    await expect(read(2, {}, { storage: new Error('silent') })).rejects.toEqual(code('RPC_UNAVAILABLE'))
    await expect(read(2, {}, { storage: null })).rejects.toEqual(code('ENDPOINTS_DISAGREE'))
  })
})

describe('a header whose hash does not hold its time', () => {
  it('is agreed on with its time', async () => {
    const chain = chainOf(2, { header: { timestamp: 999n } }, {}, {})
    expect((await chain.agree()).timestamp).toBe(100n)
  })

  it('is not agreed on where times differ', async () => {
    await expect(chainOf(2, { header: { timestamp: 999n } }, {}).agree()).rejects.toEqual(code('ENDPOINTS_DISAGREE'))
  })

  it('is not waited for where enough others have answered', async () => {
    const [hangs, ...others] = [0, 1, 2].map((index) => endpoint(index, {}))
    const silent: Endpoint = { ...hangs!, readHeader: () => new Promise(() => undefined) }
    const chain = agreeingChain({ endpoints: [silent, ...others], threshold: 2, chainId: 5, graceMs: 1 })
    expect((await chain.agree()).timestamp).toBe(100n)
  })

  it('is not that of another chain', async () => {
    await expect(chainOf(2, { chainId: 6n }, {}).agree()).rejects.toEqual(code('ENDPOINTS_DISAGREE'))
  })
})
