import { readFile } from 'node:fs/promises'
import type { ApiPromise } from '@polkadot/api'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readAuctionLogs } from '../../../lib/chain/auctionLogs'
import { auctionDomain, type Deployment } from '../../../lib/chain/deployment'
import { openEvmSender } from '../../../lib/chain/evm/sender'
import { readExtrinsics, readFinalized, readBlockHash } from '../../../lib/chain/substrate/blocks'
import { checkAnchor } from '../../../lib/chain/substrate/checkAnchor'
import { connectHub } from '../../fixtures/connectHub'
import { ACCOUNT, LOCAL_ANCHOR_SEED, localAccount } from '../../../lib/dev/accounts'
import { localPerson } from '../../../lib/dev/substrate/people'
import { anchorOf, encodeAnchor, type SettlementAnchor } from '../../../lib/protocol/anchor'
import { startAnvil, type TestChain } from '../../fixtures/anvil'
import { openTestAuction, sealTestBid, sendTestBid, type TestAuction } from '../../fixtures/auctions'
import { deployContracts } from '../../fixtures/deploy'
import { createEnclaveFiles, startTestEnclave, type TestEnclave, type TestEnclaveFiles } from '../../fixtures/enclave'
import { startTestHub, type TestHub } from '../../fixtures/hub'
import { startHubGate, type HubGate } from '../../fixtures/hubGate'
import { createStateFolder } from '../../fixtures/keeper'
import { startKeeperProcess } from '../../fixtures/keeperProcess'
import type { ProgramProcess } from '../../fixtures/programProcess'
import { subrosa } from '../../fixtures/subrosa'
import { until } from '../../fixtures/until'

let chain: TestChain
let files: TestEnclaveFiles
let deployment: Deployment
let enclave: TestEnclave
let hub: TestHub
let api: ApiPromise
let gate: HubGate
let folder: Awaited<ReturnType<typeof createStateFolder>>
let keepers: ProgramProcess[]

beforeAll(async () => {
  chain = await startAnvil()
  files = await createEnclaveFiles()
  hub = await startTestHub()
  api = await connectHub(hub.url)
})

afterAll(async () => {
  await api.disconnect()
  await hub.stop()
  await chain.stop()
  await files.remove()
})

/** Contracts of its own for each test, with one auction that is closed for good. */
let auction: TestAuction
beforeEach(async () => {
  deployment = await deployContracts(chain, files.root)
  enclave = await startTestEnclave(chain, deployment, files)
  gate = await startHubGate(hub.url)
  folder = await createStateFolder()
  keepers = []
  const sender = (index: number) => openEvmSender({ rpcUrl: chain.rpcUrl, deployment, account: localAccount(index) })
  auction = await openTestAuction(chain, deployment, enclave, sender(ACCOUNT.seller), { challengeWindow: 86_400 })
  const bidder = sender(20)
  await sendTestBid(deployment, bidder, await sealTestBid(deployment, enclave, auction, bidder, 60))
  await chain.mineAt(auction.params.closesAt, 2)
})

afterEach(async () => {
  for (const { child } of keepers) child.kill('SIGKILL')
  await gate.close()
  await enclave.close()
  await folder.remove()
})

async function startKeeper(): Promise<ProgramProcess> {
  const keeper = await startKeeperProcess({
    ...{ rpcUrl: chain.rpcUrl, enclaveUrl: enclave.url, deployment, stateFile: folder.file('journal') },
    env: { KEEPER_ANCHOR_URL: gate.url, KEEPER_ANCHOR_SEED: LOCAL_ANCHOR_SEED },
  })
  keepers.push(keeper)
  return keeper
}

const journal = () => readFile(folder.file('journal.anchors'), 'utf8').catch(() => '')

/** What the chain settled, as the anchor must have it. */
async function settledAnchor(): Promise<SettlementAnchor | undefined> {
  const { number } = await chain.connection.readBlock('latest')
  const filter = { id: auction.id, types: ['AuctionSettled'], toBlock: number } as const
  const [event] = await readAuctionLogs(chain.connection, deployment, filter)
  return event && anchorOf(auctionDomain(deployment), event.settlement)
}

/** How often the Substrate chain holds these bytes. */
async function timesAnchored(anchor: SettlementAnchor): Promise<number> {
  const { number } = await readFinalized(api)
  let count = 0
  for (let block = 1n; block <= number; ++block) {
    const extrinsics = await readExtrinsics(api, await readBlockHash(api, block))
    count += extrinsics.filter((raw) => raw.includes(encodeAnchor(anchor).slice(2))).length
  }
  return count
}

/** Blocks come, as they do elsewhere, until it holds. */
const untilMined = (check: () => Promise<boolean>) =>
  until(async () => {
    await chain.mine(1)
    return check()
  })

async function untilAnchored(): Promise<SettlementAnchor> {
  await untilMined(async () => (await journal()).includes('"anchored"'))
  return (await settledAnchor())!
}

const search = (anchor: SettlementAnchor, more = {}) => checkAnchor(hub.url, anchor, { settledAt: 0n, ...more })

/** Some rounds of a keeper that has nothing to do. */
async function rounds(count: number): Promise<void> {
  const asked = () => gate.methods.filter((method) => method === 'chain_getFinalizedHead').length
  const before = asked()
  await untilMined(() => Promise.resolve(asked() >= before + count))
}

describe('a keeper that anchors', () => {
  it('writes a settlement once, and what it wrote is found by anyone', async () => {
    const first = await startKeeper()
    const anchor = await untilAnchored()
    expect(first.output()).toContain('settlement anchored')
    expect(first.output() + (await journal())).not.toContain(LOCAL_ANCHOR_SEED.slice(2))
    await first.end('SIGTERM')
    await startKeeper()
    await rounds(3)
    expect(await timesAnchored(anchor)).toBe(1)

    const check = await search(anchor)
    expect(check).toMatchObject({ ok: true, found: { succeeded: true } })
    const { hash, number, signer } = check.found!
    expect(await search(anchor, { at: hash, signer })).toMatchObject({ ok: true })
    expect(await search(anchor, { at: number })).toMatchObject({ ok: true })
    expect(await search(anchor, { at: number - 1n })).toMatchObject({ ok: false, found: null })
    expect(await search(anchor, { signer: localPerson('//Alice').address })).toMatchObject({ ok: false })
    expect(await search(anchor, { signer: 'nonsense' })).toMatchObject({ ok: false })
    const other = { ...anchor, winnersHash: `0x${'ab'.repeat(32)}` } as const
    expect(await search(other)).toMatchObject({
      ok: false,
      detail: expect.stringContaining('says something else of this auction') as string,
    })
    expect(await search({ ...anchor, chainId: 1n })).toMatchObject({ ok: false })
  })

  it('is believed by the command line, and only where the anchor is there', async () => {
    await startKeeper()
    const anchor = await untilAnchored()
    const where = ['--rpc', chain.rpcUrl, '--contract', deployment.contracts.auctions]
    const bundle = ['--bundle', `${enclave.url}/bundles`]
    const verify = (...more: string[]) => subrosa(['verify', 'auction', auction.id, ...where, ...bundle, ...more])
    const found = (await search(anchor)).found!
    type Verdict = { ok: boolean; checks: { name: string; ok: boolean; detail: string }[] }
    const anchorIn = (out: string) => (JSON.parse(out) as Verdict).checks.find(({ name }) => name === 'anchor')

    const plain = await verify()
    expect(plain.code, plain.err).toBe(0)
    expect(anchorIn(plain.out)).toBeUndefined()
    const good = await verify('--anchor', hub.url)
    expect(good.code, good.err).toBe(0)
    expect(anchorIn(good.out)).toMatchObject({ ok: true, detail: expect.stringContaining(found.hash) as string })
    const elsewhere = await verify('--anchor', hub.url, '--anchor-block', '1')
    expect(elsewhere.code).toBe(1)
    expect(anchorIn(elsewhere.out)).toMatchObject({ ok: false })
    const nobody = await verify('--anchor', 'ws://127.0.0.1:9')
    expect(nobody.code).toBe(1)
    expect(anchorIn(nobody.out)?.detail).toContain('RPC_UNAVAILABLE')
    expect((await verify('--anchor-block', '1')).code).toBe(2)
    expect((await verify('--anchor', 'http://127.0.0.1')).code).toBe(2)
  })

  it('that is killed between writing down and sending, sends the very same when it is back', async () => {
    gate.gate((method) => (method === 'author_submitExtrinsic' ? 'hold' : 'pass'))
    const first = await startKeeper()
    await untilMined(() => Promise.resolve(gate.methods.includes('author_submitExtrinsic')))
    await first.end('SIGKILL')
    const [, hash] = /"type":"signed".*"hash":"(0x[0-9a-f]{64})"/.exec(await journal())!
    const anchor = (await settledAnchor())!
    expect(await timesAnchored(anchor)).toBe(0)

    gate.gate(() => 'pass')
    await startKeeper()
    await untilAnchored()
    expect(await timesAnchored(anchor)).toBe(1)
    const { found } = await search(anchor)
    const extrinsics = (await api.rpc.chain.getBlock(found!.hash)).block.extrinsics
    expect(extrinsics[found!.index]!.hash.toHex()).toBe(hash)
  })

  it('that is killed between sending and learning of it, pays once', async () => {
    let sent = false
    gate.gate((method) => {
      sent ||= method === 'author_submitExtrinsic'
      return sent ? 'deaf' : 'pass'
    })
    const first = await startKeeper()
    await untilMined(() => Promise.resolve(sent))
    const anchor = (await settledAnchor())!
    await until(async () => (await timesAnchored(anchor)) === 1)
    await first.end('SIGKILL')
    expect(await journal()).not.toContain('"anchored"')

    gate.gate(() => 'pass')
    await startKeeper()
    await untilAnchored()
    await rounds(3)
    expect(await timesAnchored(anchor)).toBe(1)
  })

  it('settles while the other chain is away, and anchors when it is back', async () => {
    await hub.kill()
    const keeper = await startKeeper()
    await untilMined(async () => (await settledAnchor()) !== undefined)
    await until(() => Promise.resolve(keeper.output().includes('anchoring has to wait')))
    expect((await fetch(`${keeper.url}/ready`)).status).toBe(200)
    await hub.start()
    const anchor = await untilAnchored()
    await until(() =>
      readFinalized(api).then(
        () => true,
        () => false,
      ),
    )
    expect(await timesAnchored(anchor)).toBe(1)
  })
})
