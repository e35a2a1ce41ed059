import { numberToHex, type Hex } from 'viem'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { TransactionSender } from '../../../lib/chain/connection'
import type { Deployment } from '../../../lib/chain/deployment'
import { openEvmSender } from '../../../lib/chain/evm/sender'
import { EVENT_TOPICS } from '../../../lib/chain/topics'
import { ACCOUNT, localAccount } from '../../../lib/dev/accounts'
import { epochsServedAt, LAST_EPOCH } from '../../../lib/enclave/epochs'
import { startAnvil, type TestChain } from '../../fixtures/anvil'
import { openTestAuction, sealTestBid, sendTestBid, type TestAuction } from '../../fixtures/auctions'
import { deployContracts } from '../../fixtures/deploy'
import { createEnclaveFiles, startTestEnclave, type TestEnclave, type TestEnclaveFiles } from '../../fixtures/enclave'
import { startLyingNode, type LyingNode } from '../../fixtures/lyingNode'
import { getJson } from '../../fixtures/getJson'
import { postJson } from '../../fixtures/postJson'

type Log = { topics: Hex[]; data: Hex; logIndex: Hex; blockNumber: Hex }

let chain: TestChain
let deployment: Deployment
let files: TestEnclaveFiles
let node: LyingNode
let enclave: TestEnclave
let auction: TestAuction
let other: TestAuction

beforeAll(async () => {
  chain = await startAnvil()
  files = await createEnclaveFiles()
  deployment = await deployContracts(chain, files.root)
  node = await startLyingNode(chain.rpcUrl)
  enclave = await startTestEnclave(chain, deployment, files, node.url)
  const sender = (index: number) => openEvmSender({ rpcUrl: chain.rpcUrl, deployment, account: localAccount(index) })
  const seller = sender(ACCOUNT.seller)
  const bid = async (to: TestAuction, from: TransactionSender, price: number) =>
    sendTestBid(deployment, from, await sealTestBid(deployment, enclave, to, from, price))
  auction = await openTestAuction(chain, deployment, enclave, seller)
  other = await openTestAuction(chain, deployment, enclave, seller)
  await bid(auction, sender(20), 50)
  await bid(auction, sender(21), 60)
  await bid(auction, sender(22), 70)
  await bid(other, sender(23), 900)
  await chain.mineAt(auction.params.closesAt, 2)
})

afterAll(async () => {
  await enclave.close()
  await node.close()
  await chain.stop()
  await files.remove()
})

beforeEach(() => node.tell((_method, _params, truth) => truth))

const ask = () => getJson(`${enclave.url}/v1/settlements/${auction.id}`)

/** Has the node change the auction's history. */
const changeLogs = (change: (logs: Log[]) => Log[]) =>
  node.tell((method, _params, truth) => (method === 'eth_getLogs' ? change(truth as Log[]) : truth))

const isBid = ({ topics }: Log) => topics[0] === EVENT_TOPICS.BidPlaced
const MISMATCH = { status: 422, body: { error: { code: 'HISTORY_MISMATCH' } } }

/** Trustee opened whatever list it was handed, one ciphertext at a time. */
describe('a host that hands the enclave a list which is not the chain’s', () => {
  it('is refused for a bid left out, from whichever end', async () => {
    changeLogs((logs) => logs.filter((log, index) => !isBid(log) || index !== logs.length - 1))
    expect(await ask()).toMatchObject(MISMATCH)
    changeLogs((logs) => logs.filter((log, index) => !isBid(log) || index === logs.length - 1))
    expect(await ask()).toMatchObject(MISMATCH)
  })

  it('is refused for one bid alone', async () => {
    changeLogs((logs) => [...logs.filter((log) => !isBid(log)), logs.find(isBid)!])
    expect(await ask()).toMatchObject(MISMATCH)
  })

  it('is refused for a bid added twice, bids swapped, and a bid of another auction', async () => {
    changeLogs((logs) => [...logs, logs.at(-1)!])
    expect(await ask()).toMatchObject(MISMATCH)
    changeLogs((logs) => {
      const [first, second, ...rest] = logs.filter(isBid)
      const inPlaceOf = (place: Log, { data, topics }: Log) => ({ ...place, data, topics })
      const swapped = [inPlaceOf(first!, second!), inPlaceOf(second!, first!)]
      return [...logs.filter((log) => !isBid(log)), ...swapped, ...rest]
    })
    expect(await ask()).toMatchObject(MISMATCH)
    const theirs = await chain.connection.readLogs({
      address: deployment.contracts.auctions,
      topics: [EVENT_TOPICS.BidPlaced, other.id],
      fromBlock: 0n,
      toBlock: (await chain.connection.readBlock('finalized')).number,
    })
    const foreign = theirs.map((log) => ({
      ...log,
      topics: [log.topics[0]!, auction.id, log.topics[2]!],
      logIndex: numberToHex(log.logIndex),
      blockNumber: numberToHex(log.blockNumber),
    }))
    changeLogs((logs) => [...logs.filter((log) => !isBid(log)), ...foreign])
    expect(await ask()).toMatchObject(MISMATCH)
  })

  it('is refused for one changed digit of a ciphertext', async () => {
    const at = -300
    const turn = ({ data }: Log) => `${data.slice(0, at)}${data.at(at) === '0' ? '1' : '0'}${data.slice(at + 1)}` as Hex
    changeLogs((logs) => logs.map((log) => (isBid(log) ? { ...log, data: turn(log) } : log)))
    expect(await ask()).toMatchObject(MISMATCH)
  })

  it('is refused for other terms than those in storage', async () => {
    // The reserve is a word of the terms: 10 ticks, the only 0x0a there. Word by word: a search through the whole text
    // can match across two words (a nonce of 0 before a terms' hash that begins with a) and leave the terms alone.
    const word = (value: number) => value.toString(16).padStart(64, '0')
    const lower = ({ data }: Log): Hex => {
      const words = data.slice(2).match(/.{64}/g) ?? []
      expect(words.filter((each) => each === word(10))).toHaveLength(1)
      return `0x${words.map((each) => (each === word(10) ? word(1) : each)).join('')}`
    }
    changeLogs((logs) => logs.map((log) => (isBid(log) ? log : { ...log, data: lower(log) })))
    expect(await ask()).toMatchObject(MISMATCH)
  })

  it('has nowhere to put a list', async () => {
    const forced = { id: auction.id, bids: [{ sealed: '0x00' }] }
    const refused = { status: 404, body: { error: { code: 'NOT_FOUND' } } }
    expect(await postJson(`${enclave.url}/v1/settlements`, forced)).toMatchObject(refused)
    expect(await postJson(`${enclave.url}/v1/settlements/${auction.id}`, forced)).toMatchObject(refused)
  })
})

describe('a host behind a node that errs', () => {
  it('is refused on another chain, and not ready there', async () => {
    const refused = { status: 503, body: { error: { code: 'ENDPOINTS_DISAGREE' } } }
    node.tell((method, _params, truth) => (method === 'eth_chainId' ? '0x1' : truth))
    expect(await ask()).toMatchObject(refused)
    expect((await fetch(`${enclave.url}/ready`)).status).toBe(503)
  })

  it('is answered 503 where the node speaks nonsense, and never the nonsense', async () => {
    node.tell((method, _params, truth) => (method === 'eth_getBlockByNumber' ? { number: 'soon' } : truth))
    const answer = await ask()
    expect(answer).toMatchObject({ status: 503, body: { error: { code: 'RPC_UNAVAILABLE' } } })
    expect(JSON.stringify(answer)).not.toContain('soon')
  })

  it('is served once the node tells the truth', async () => {
    const answer = await ask()
    expect(answer).toMatchObject({ status: 200, body: { settlement: { clearingPrice: 60, count: 3 } } })
  })
})

describe('the enclave’s HTTP API', () => {
  it('refuses long, broken and misdirected requests', async () => {
    const url = `${enclave.url}/v1/settlements`
    expect((await getJson(`${url}/0x12`)).status).toBe(400)
    for (const path of ['', '/', `/${auction.id}/`, `/${auction.id}/x`]) {
      expect((await fetch(`${url}${path}`)).status).toBe(404)
    }
    const attestation = `${enclave.url}/v1/attestation`
    expect((await postJson(attestation, 'not json')).status).toBe(400)
    expect((await postJson(attestation, { chainId: 31337, pad: 'x'.repeat(5_000) })).status).toBe(400)
    expect((await fetch(`${enclave.url}/v1/seed`)).status).toBe(404)
  })

  it('tells its keys and attests them to its own registry alone', async () => {
    const keys = (await (await fetch(`${enclave.url}/v1/keys`)).json()) as { epochs: { epoch: string; keyId: Hex }[] }
    expect(keys).toMatchObject({ simulated: true, signer: enclave.signer })
    expect(keys.epochs[0]!.keyId).toBe(enclave.keyId)
    const claim = { chainId: 31337, registry: deployment.contracts.registry, epoch: keys.epochs[1]!.epoch }
    const attested = await postJson(`${enclave.url}/v1/attestation`, claim)
    expect(attested).toMatchObject({ status: 200, body: { signer: enclave.signer, epoch: claim.epoch } })
    const elsewhere = await postJson(`${enclave.url}/v1/attestation`, {
      ...claim,
      registry: deployment.contracts.auctions,
    })
    expect(elsewhere).toMatchObject({ status: 422, body: { error: { code: 'WRONG_CHAIN' } } })
    expect(JSON.stringify(elsewhere)).toContain('another registry')
    expect(JSON.stringify(elsewhere)).not.toContain('wallet')
  })

  it('attests the epochs it serves now or next, and none that was, will be or cannot be', async () => {
    const claim = { chainId: 31337, registry: deployment.contracts.registry }
    const attest = (epoch: string | number) => postJson(`${enclave.url}/v1/attestation`, { ...claim, epoch })
    const refused = { status: 400, body: { error: { code: 'INVALID_REQUEST' } } }
    const served = epochsServedAt(await chain.now())
    for (const epoch of [served[0]!, served.at(-1)!]) {
      expect(await attest(epoch.toString())).toMatchObject({ status: 200 })
    }
    expect(await attest((served[0]! + 1n).toString())).toMatchObject(refused)
    expect(await attest((served.at(-1)! - 1n).toString())).toMatchObject(refused)
    expect(await attest(LAST_EPOCH.toString())).toMatchObject(refused)
    expect(await attest((LAST_EPOCH + 1n).toString())).toMatchObject(refused)
    expect(await attest('9'.repeat(15))).toMatchObject(refused)
    expect(await attest(Number.MAX_SAFE_INTEGER)).toMatchObject(refused)
    expect(await attest(-1)).toMatchObject(refused)
  })
})
