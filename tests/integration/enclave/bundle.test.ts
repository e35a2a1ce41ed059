import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settleCall } from '../../../lib/chain/calls/settlement'
import type { Deployment } from '../../../lib/chain/deployment'
import { openEvmSender } from '../../../lib/chain/evm/sender'
import { ACCOUNT, localAccount } from '../../../lib/dev/accounts'
import { bundleEnclave, type EnclaveBundle } from '../../../lib/dev/bundleEnclave.mjs'
import { requestSettlement } from '../../../lib/keeper/enclaveClient'
import { startAnvil, type TestChain } from '../../fixtures/anvil'
import { openTestAuction, sealTestBid, sendTestBid, type TestAuction } from '../../fixtures/auctions'
import { deployContracts } from '../../fixtures/deploy'
import {
  createEnclaveFiles,
  startTestEnclave,
  TEST_OPERATOR,
  type TestEnclave,
  type TestEnclaveFiles,
} from '../../fixtures/enclave'
import { startLyingNode, type LyingNode } from '../../fixtures/lyingNode'
import { until } from '../../fixtures/until'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

let folder: string
let bundle: EnclaveBundle

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'subrosa-bundle-'))
  bundle = await bundleEnclave()
})
afterAll(() => rm(folder, { recursive: true }))

describe('the enclave’s bundle', () => {
  it('has the same digest again, and from another folder', async () => {
    const copy = join(folder, 'deeper', 'copy')
    await mkdir(copy, { recursive: true })
    for (const part of ['enclave', 'protocol', 'chain', 'abi', 'config', 'observe']) {
      await cp(join(ROOT, 'lib', part), join(copy, 'lib', part), { recursive: true })
    }
    await cp(join(ROOT, 'package.json'), join(copy, 'package.json'))
    await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
    expect((await bundleEnclave()).sha256).toBe(bundle.sha256)
    expect((await bundleEnclave(copy)).sha256).toBe(bundle.sha256)
    expect(Buffer.from(bundle.code).includes(ROOT)).toBe(false)
  })

  it('changes with any of its sources', async () => {
    const copy = join(folder, 'deeper', 'copy')
    const source = join(copy, 'lib', 'enclave', 'epochs.ts')
    await writeFile(source, (await readFile(source, 'utf8')).replace('90n * 24n', '91n * 24n'))
    expect((await bundleEnclave(copy)).sha256).not.toBe(bundle.sha256)
  })

  it('holds no keeper, indexer, database or app code, and asks nothing of its machine but Node’s own modules', () => {
    const own = bundle.inputs.filter((input) => !input.startsWith('node_modules/'))
    expect(new Set(own.map((input) => input.split('/').slice(0, 2).join('/')))).toEqual(
      new Set(['lib/abi', 'lib/chain', 'lib/config', 'lib/enclave', 'lib/observe', 'lib/protocol']),
    )
    expect(own).toContain('lib/enclave/opening/worker.ts')
    expect(
      bundle.inputs.filter((input) => /prisma|@polkadot|node_modules\/(pg|next|react|wagmi|tsx)\//.test(input)),
    ).toEqual([])
    expect(bundle.external.filter((name) => !isBuiltin(name))).toEqual([])
  })
})

describe('the enclave’s process, run from the bundle', () => {
  let chain: TestChain
  let files: TestEnclaveFiles
  let deployment: Deployment
  let node: LyingNode
  let reference: TestEnclave
  let auction: TestAuction
  const running: ChildProcess[] = []
  let output = ''

  beforeAll(async () => {
    chain = await startAnvil()
    files = await createEnclaveFiles()
    deployment = await deployContracts(chain, files.root)
    node = await startLyingNode(chain.rpcUrl)
    reference = await startTestEnclave(chain, deployment, files)
    await writeFile(join(folder, 'enclave.mjs'), bundle.code)
    await writeFile(join(folder, 'deployment.json'), JSON.stringify(deployment))
    const sender = (index: number) => openEvmSender({ rpcUrl: chain.rpcUrl, deployment, account: localAccount(index) })
    auction = await openTestAuction(chain, deployment, reference, sender(ACCOUNT.seller))
    for (const [index, price] of [50, 60, 70].entries()) {
      const bidder = sender(20 + index)
      await sendTestBid(deployment, bidder, await sealTestBid(deployment, reference, auction, bidder, price))
    }
    await chain.mineAt(auction.params.closesAt, 2)
  })

  afterAll(async () => {
    for (const child of running) child.kill('SIGKILL')
    await reference.close()
    await node.close()
    await chain.stop()
    await files.remove()
  })

  /** Alone in a folder without packages, as it is in the image. */
  async function start(): Promise<{ child: ChildProcess; url: string }> {
    const { seedFile: ENCLAVE_SEED_FILE, rootFile: ENCLAVE_ROOT_FILE, signerFile: ENCLAVE_SIGNER_FILE } = files
    const child = spawn(process.execPath, ['enclave.mjs'], {
      cwd: folder,
      env: {
        ...{ ENCLAVE_SEED_FILE, ENCLAVE_ROOT_FILE, ENCLAVE_PORT: '0', DEPLOYMENT_FILE: 'deployment.json' },
        ...{ ENCLAVE_OPERATOR: TEST_OPERATOR, ENCLAVE_SIGNER_FILE },
        ...{ RPC_URLS: `${node.url},${chain.rpcUrl}`, RPC_THRESHOLD: '2', LOG_LEVEL: 'trace', NODE_ENV: 'production' },
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    running.push(child)
    const from = output.length
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (output += part.toString()))
    const address = () => /"url":"(http[^"]+)"/.exec(output.slice(from))?.[1]
    await until(() => Promise.resolve(address() !== undefined || child.exitCode !== null))
    const url = address()
    if (!url) throw new Error(output)
    return { child, url }
  }

  it('gives the same bytes after a kill -9 in the middle of a settlement, and a settlement that the contract takes', async () => {
    const expected = await requestSettlement(reference.url, auction.id)
    const first = await start()
    let held = 0
    node.tell((method, _params, truth) => (method === 'eth_getLogs' ? ((held += 1), new Promise(() => {})) : truth))
    const lost = requestSettlement(first.url, auction.id).catch((error: unknown) => error)
    await until(() => Promise.resolve(held > 0))
    const killed = once(first.child, 'exit')
    first.child.kill('SIGKILL')
    await killed
    expect(await lost).toBeInstanceOf(Error)

    node.tell((_method, _params, truth) => truth)
    const second = await start()
    const answer = await requestSettlement(second.url, auction.id)
    expect(answer).toEqual(expected)
    const { settlement, signature, witness } = answer
    const keeper = openEvmSender({ rpcUrl: chain.rpcUrl, deployment, account: localAccount(9) })
    expect((await keeper.execute(settleCall(deployment, settlement, signature, witness))).succeeded).toBe(true)

    const metrics = await (await fetch(`${second.url}/metrics`)).text()
    expect(metrics).toContain('subrosa_enclave_settlements_total{result="signed",service="enclave"} 1')
    expect(metrics).toMatch(/subrosa_enclave_bids_opened_total\{service="enclave"\} 3/)

    const stopped = once(second.child, 'exit')
    second.child.kill('SIGTERM')
    expect((await stopped)[0]).toBe(0)
  })

  it('logs auctions by id, and no secret', async () => {
    expect(output).toContain(auction.id)
    expect(output).toContain('"simulated":true')
    const secrets = await Promise.all(
      [files.seedFile, files.rootFile, files.signerFile].map((file) => readFile(file, 'utf8')),
    )
    for (const secret of secrets) expect(output).not.toContain(secret.trim())
    expect(output).not.toMatch(/"(rho|price|openings)":(?!"\[redacted\]")/)
  })
})
