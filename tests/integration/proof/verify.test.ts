import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keccak256, zeroHash, type Hex } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cancelBidCall } from '../../../lib/chain/calls/bids'
import { settleCall } from '../../../lib/chain/calls/settlement'
import type { TransactionSender } from '../../../lib/chain/connection'
import type { Deployment } from '../../../lib/chain/deployment'
import { openEvmSender } from '../../../lib/chain/evm/sender'
import { ACCOUNT, localAccount } from '../../../lib/dev/accounts'
import { requestSettlement } from '../../../lib/keeper/enclaveClient'
import { pricingRuleIndex, type PricingRule } from '../../../lib/protocol/constants'
import type { SettlementVerdict } from '../../../lib/protocol/proof/verifySettlement'
import { startAnvil, type TestChain } from '../../fixtures/anvil'
import { openTestAuction, sealTestBid, sendTestBid, type TestAuction } from '../../fixtures/auctions'
import { deployContracts } from '../../fixtures/deploy'
import { createEnclaveFiles, startTestEnclave, type TestEnclave, type TestEnclaveFiles } from '../../fixtures/enclave'
import { subrosa } from '../../fixtures/subrosa'

let chain: TestChain
let deployment: Deployment
let files: TestEnclaveFiles
let enclave: TestEnclave
let seller: TransactionSender
let folder: string

const sender = (index: number) => openEvmSender({ rpcUrl: chain.rpcUrl, deployment, account: localAccount(index) })

/** Prices by bidder; the last one takes his bid back, and one more has a spoiled proof of knowledge. */
async function settle(rule: PricingRule, prices: number[]): Promise<TestAuction & { proofHash: Hex }> {
  const auction = await openTestAuction(chain, deployment, enclave, seller, { rule: pricingRuleIndex(rule) })
  const place = async (index: number, price: number, spoil = false) => {
    const input = await sealTestBid(deployment, enclave, auction, sender(20 + index), price)
    const spoiled: Hex = `0x${input.sealedBid.slice(2, 400)}${input.sealedBid[400] === '0' ? '1' : '0'}${input.sealedBid.slice(401)}`
    return sendTestBid(deployment, sender(20 + index), spoil ? { ...input, sealedBid: spoiled } : input)
  }
  for (const [index, price] of prices.entries()) await place(index, price)
  await place(prices.length, 99, true)
  const withdrawn = await place(prices.length + 1, 98)
  await sender(20 + prices.length + 1).execute(cancelBidCall(deployment, auction.id, withdrawn))
  await chain.mineAt(auction.params.closesAt, 2)
  const { settlement, signature, witness } = await requestSettlement(enclave.url, auction.id)
  await sender(9).execute(settleCall(deployment, settlement, signature, witness))
  return { ...auction, proofHash: settlement.proofHash }
}

async function verify(
  id: Hex,
  ...options: string[]
): Promise<{ code: number | null; verdict: SettlementVerdict; err: string }> {
  const where = ['--rpc', chain.rpcUrl, '--contract', deployment.contracts.auctions]
  const { code, out, err } = await subrosa(['verify', 'auction', id, ...where, ...options])
  return { code, err, verdict: JSON.parse(out) as SettlementVerdict }
}

const failed = ({ checks }: SettlementVerdict) => checks.filter(({ ok }) => !ok).map(({ name }) => name)

let first: TestAuction & { proofHash: Hex }
let second: TestAuction & { proofHash: Hex }

beforeAll(async () => {
  chain = await startAnvil()
  files = await createEnclaveFiles()
  folder = await mkdtemp(join(tmpdir(), 'subrosa-verify-'))
  deployment = await deployContracts(chain, files.root)
  enclave = await startTestEnclave(chain, deployment, files)
  seller = sender(ACCOUNT.seller)
  first = await settle('FIRST_PRICE', [60, 80, 5])
  second = await settle('SECOND_PRICE', [60, 80, 80])
})

afterAll(async () => {
  await enclave.close()
  await chain.stop()
  await files.remove()
  await rm(folder, { recursive: true })
})

describe('subrosa verify auction', () => {
  it('passes what the enclave settled, with the bundle that the enclave serves', async () => {
    for (const { id, proofHash } of [first, second]) {
      expect(proofHash).not.toBe(zeroHash)
      const { code, verdict, err } = await verify(id, '--bundle', `${enclave.url}/bundles`)
      expect(failed(verdict)).toEqual([])
      expect(verdict).toMatchObject({ ok: true, bids: 5, invalid: 1, unproven: [] })
      expect(Object.keys(verdict)).toEqual(['ok', 'checks', 'bids', 'invalid', 'unproven'])
      expect(code).toBe(0)
      expect(err).toContain('Warning: 1 live bid is invalid')
    }
  })

  it('checks the chain, and proves nothing, without a bundle', async () => {
    const { code, verdict } = await verify(second.id)
    expect(failed(verdict)).toEqual([])
    expect(verdict).toMatchObject({ ok: false, unproven: ['bundle', 'bid:0', 'bid:1', 'bid:2'] })
    // The signature comes out of the transaction's own data.
    expect(verdict.checks.find(({ name }) => name === 'signature')?.detail).toBe(`signed by ${enclave.signer}`)
    expect(code).toBe(1)
  })

  it('refuses another settlement’s bundle, from a file', async () => {
    const other = await fetch(`${enclave.url}/bundles/${first.proofHash}`)
    const file = join(folder, 'other.bundle')
    await writeFile(file, new Uint8Array(await other.arrayBuffer()))
    const { code, verdict } = await verify(second.id, '--bundle', file)
    expect(failed(verdict)).toEqual(['bundle-hash'])
    expect(code).toBe(1)
  })

  it('says so where there is nothing to verify', async () => {
    const { code, verdict } = await verify(keccak256('0x01'))
    expect(verdict.checks).toEqual([
      { name: 'chain', ok: false, detail: expect.stringContaining('AUCTION_UNKNOWN') as string },
    ])
    expect(code).toBe(1)
  })

  it('is not understood without a node or a contract', async () => {
    const [id, rpc] = [second.id, ['--rpc', chain.rpcUrl]]
    const misuses = [[id], [id, ...rpc, '--deployment', join(folder, 'none')]]
    for (const misuse of misuses) {
      const { code, out } = await subrosa(['verify', 'auction', ...misuse])
      expect({ code, out }).toEqual({ code: 2, out: '' })
    }
  })
})

describe('bundles', () => {
  const bundleOf = (url: string, proofHash: Hex) => fetch(`${url}/bundles/${proofHash}`)

  it('lie under their hash', async () => {
    const response = await bundleOf(enclave.url, second.proofHash)
    expect(response.status).toBe(200)
    expect(keccak256(new Uint8Array(await response.arrayBuffer()))).toBe(second.proofHash)
    expect(response.headers.get('cache-control')).toContain('immutable')
  })

  it('are made again, byte for byte, by an enclave that was restarted', async () => {
    await chain.mine(3)
    const restarted = await startTestEnclave(chain, deployment, files, chain.rpcUrl, { registered: true })
    try {
      const [before, after] = await Promise.all([enclave, restarted].map(({ url }) => bundleOf(url, first.proofHash)))
      expect(after!.status).toBe(200)
      expect(await after!.arrayBuffer()).toEqual(await before!.arrayBuffer())
      expect((await bundleOf(restarted.url, keccak256('0x02'))).status).toBe(404)
    } finally {
      await restarted.close()
    }
  })

  it('are not there for what no settlement names', async () => {
    expect((await bundleOf(enclave.url, keccak256('0x02'))).status).toBe(404)
    expect((await bundleOf(enclave.url, '0x12')).status).toBe(400)
  })
})
