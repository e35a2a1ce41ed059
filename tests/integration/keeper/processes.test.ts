import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readAuctionLogs } from '../../../lib/chain/auctionLogs'
import { registerKeyCall } from '../../../lib/chain/calls/registerKey'
import type { Deployment } from '../../../lib/chain/deployment'
import { openEvmSender } from '../../../lib/chain/evm/sender'
import { ACCOUNT, localAccount, localPrivateKey } from '../../../lib/dev/accounts'
import { epochAt } from '../../../lib/enclave/epochs'
import { keyDomainOf, loadEnclaveKeys } from '../../../lib/enclave/keys/enclaveKeys'
import { openSimulator } from '../../../lib/enclave/keys/simulator'
import { makeRegistration } from '../../../lib/enclave/registration'
import { startAnvil, type TestChain } from '../../fixtures/anvil'
import { openTestAuction, sealTestBid, sendTestBid } from '../../fixtures/auctions'
import { deployContracts } from '../../fixtures/deploy'
import { createEnclaveFiles, TEST_OPERATOR, type TestEnclaveFiles } from '../../fixtures/enclave'
import { startProgram, type ProgramProcess } from '../../fixtures/programProcess'
import { until } from '../../fixtures/until'

let chain: TestChain
let files: TestEnclaveFiles
let deployment: Deployment
let programs: ProgramProcess[] = []

beforeEach(async () => {
  chain = await startAnvil()
  files = await createEnclaveFiles()
  deployment = await deployContracts(chain, files.root)
  programs = []
})

afterEach(async () => {
  for (const { child } of programs) child.kill('SIGKILL')
  await chain.stop()
  await files.remove()
})

/** A program over this test's chain, which is stopped at the test's end. */
async function start(entry: string, env: Record<string, string>): Promise<ProgramProcess> {
  const program = await startProgram(entry, { RPC_URL: chain.rpcUrl, LOG_LEVEL: 'trace', ...env })
  programs.push(program)
  return program
}

describe('the enclave’s and the keeper’s programs', () => {
  it('settle an auction between them, log no secret, and stop when asked to', async () => {
    const deploymentFile = join(dirname(files.seedFile), 'deployment.json')
    await writeFile(deploymentFile, JSON.stringify(deployment))
    const common = { DEPLOYMENT_FILE: deploymentFile }
    const seeds = {
      ...{ ENCLAVE_SEED_FILE: files.seedFile, ENCLAVE_ROOT_FILE: files.rootFile },
      ENCLAVE_BUNDLE_FOLDER: join(dirname(files.seedFile), 'bundles'),
      ...{ ENCLAVE_OPERATOR: TEST_OPERATOR, ENCLAVE_SIGNER_FILE: files.signerFile },
    }
    const enclave = await start('lib/enclave/main.ts', { ...common, ...seeds, ENCLAVE_PORT: '0' })
    const keeperKey = localPrivateKey(ACCOUNT.keeper)
    const keeper = await start('lib/keeper/main.ts', {
      ...{ ...common, KEEPER_PORT: '0', ENCLAVE_URL: enclave.url, KEEPER_PRIVATE_KEY: keeperKey },
    })

    const provider = await openSimulator(files)
    const keys = await loadEnclaveKeys(provider, keyDomainOf(deployment, TEST_OPERATOR))
    const epoch = epochAt(await chain.now())
    const sender = (account: number) =>
      openEvmSender({ rpcUrl: chain.rpcUrl, deployment, account: localAccount(account) })
    const [operator, seller] = [sender(ACCOUNT.enclaveOperator), sender(ACCOUNT.seller)]
    await operator.execute(registerKeyCall(deployment, await makeRegistration(deployment, provider, keys, epoch)))
    const { keyId, publicKey } = await keys.sealingKey(epoch)
    const pinned = { keyId, sealingKey: `0x${Buffer.from(publicKey).toString('hex')}` as const }
    const auction = await openTestAuction(chain, deployment, pinned, seller)
    const bidder = sender(20)
    const sealed = await sealTestBid(deployment, pinned, auction, bidder, 60)
    await sendTestBid(deployment, bidder, sealed)
    await chain.mineAt(auction.params.closesAt, 2)
    await until(async () => {
      // As many blocks as the keeper may leave a task to others.
      await chain.mine(1)
      const { number } = await chain.connection.readBlock('latest')
      const filter = { id: auction.id, types: ['AuctionSettled'], toBlock: number } as const
      return (await readAuctionLogs(chain.connection, deployment, filter)).length === 1
    })

    for (const { url } of [enclave, keeper]) {
      expect((await fetch(`${url}/health`)).status).toBe(200)
      expect((await fetch(`${url}/ready`)).status).toBe(200)
    }
    expect(await keeper.end('SIGTERM')).toBe(0)
    expect(await enclave.end('SIGINT')).toBe(0)

    const said = enclave.output() + keeper.output()
    expect(said).toContain(auction.id)
    const secrets = await Promise.all(
      [files.seedFile, files.rootFile, files.signerFile].map((file) => readFile(file, 'utf8')),
    )
    for (const secret of [...secrets.map((text) => text.trim()), keeperKey.slice(2)]) expect(said).not.toContain(secret)
    expect(said).not.toMatch(/"(price|rho|witness|openings?)":(?!"\[redacted\]")/)
  })
})
