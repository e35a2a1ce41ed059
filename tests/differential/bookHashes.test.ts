import fc from 'fast-check'
import { BaseError, createPublicClient, decodeErrorResult, http, type Address, type Hex, type PublicClient } from 'viem'
import { foundry } from 'viem/chains'
import { bytesToHex, getAddress } from 'viem/utils'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hiddenBookAbi } from '../../lib/abi/hiddenBook'
import { readBookLogs } from '../../lib/chain/book/bookLogs'
import { settleBatchCall } from '../../lib/chain/calls/book/batches'
import { createMarketCall } from '../../lib/chain/calls/book/createMarket'
import { cancelAllCall, cancelOrderCall, placeOrderCall } from '../../lib/chain/calls/book/orders'
import type { Deployment } from '../../lib/chain/deployment'
import { openEvmSender } from '../../lib/chain/evm/sender'
import { localAccount } from '../../lib/dev/accounts'
import { marketIdOf } from '../../lib/protocol/book/market'
import { replayBatches } from '../../lib/protocol/book/replayBatches'
import { sealOrder } from '../../lib/protocol/book/sealOrder'
import { byLeaf, fillsHash, hashBatchSettlement, type Fill } from '../../lib/protocol/book/settlement'
import { ZERO_HASH } from '../../lib/protocol/constants'
import { startAnvil, type TestChain } from '../fixtures/anvil'
import { deployContracts } from '../fixtures/deploy'
import { createEnclaveFiles, startTestEnclave, TEST_OPERATOR } from '../fixtures/enclave'

const uint32 = fc.integer({ min: 0, max: 0xffff_ffff })
const bytes32: fc.Arbitrary<Hex> = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => bytesToHex(bytes))

const settlementArbitrary = fc.record({
  marketId: bytes32,
  batchId: fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
  acc: bytes32,
  count: uint32,
  round: uint32,
  price: uint32,
  fillsHash: bytes32,
  carriedHash: bytes32,
  proofHash: bytes32,
})

/** The bytes that a call was refused with. */
function revertData(error: BaseError): Hex | null {
  const found = error.walk((cause) => typeof (cause as { data?: unknown }).data === 'string')
  return found ? (found as unknown as { data: Hex }).data : null
}

describe('the deployed book computes the same hashes (PROTOCOL.md section 11)', () => {
  let chain: TestChain
  let client: PublicClient
  let contract: Address
  let deployment: Deployment
  const files = createEnclaveFiles()

  beforeAll(async () => {
    chain = await startAnvil()
    deployment = await deployContracts(chain, (await files).root)
    contract = getAddress(deployment.contracts.book)
    client = createPublicClient({ chain: foundry, transport: http(chain.rpcUrl), cacheTime: 0 })
  })

  afterAll(async () => {
    await chain.stop()
    await (await files).remove()
  })

  it('settlement digest', async () => {
    await fc.assert(
      fc.asyncProperty(settlementArbitrary, async (settlement) => {
        const onChain = await client.readContract({
          address: contract,
          abi: hiddenBookAbi,
          functionName: 'hashSettlement',
          args: [settlement],
        })
        expect(hashBatchSettlement({ chainId: BigInt(foundry.id), contract }, settlement)).toBe(onChain)
      }),
      { numRuns: 40 },
    )
  })
  it('market ids, leaves of orders and cancellations, accumulators, and the hash of fills', async () => {
    const enclave = await startTestEnclave(chain, deployment, await files)
    const senders = [5, 6].map((index) =>
      openEvmSender({ rpcUrl: chain.rpcUrl, deployment, account: localAccount(index) }),
    )
    const [ann, bob] = [senders[0]!, senders[1]!]
    const domain = { chainId: BigInt(foundry.id), contract }
    const { demoToken } = deployment.contracts
    const params = {
      ...{ base: demoToken!, quote: '0x0000000000000000000000000000000000000000' as Address },
      ...{ tickSize: 1n, lotSize: 1n, batchLength: 86_400, feeBps: 10, bandBps: 1_000 },
      ...{ batchSettleBy: 3_600, challengeWindow: 60, operator: TEST_OPERATOR, minLots: 2, maxOrderAge: 9 },
    }
    const receipt = await ann.execute(createMarketCall(deployment, params))
    const created = receipt.events.find((event) => event.type === 'MarketCreated')
    const id = marketIdOf(domain, ann.address, 0n, params)
    expect(created).toMatchObject({ id })

    for (const [index, sender] of [ann, bob, ann].entries()) {
      const terms = { flags: index & 1, price: 5, quantity: 2, minFill: 0, expiryBatch: 0 }
      const { sealingKey, keyId } = enclave
      const [secret, salt] = [new Uint8Array(32).fill(index), new Uint8Array(16).fill(index)]
      const sealing = { domain, marketId: id, sealingKey, trader: sender.address, terms, minLots: 2, secret, salt }
      await sender.execute(placeOrderCall(deployment, { id, keyId, ...(await sealOrder(sealing)) }))
    }
    const types = ['OrderPlaced', 'OrderCancelled', 'AllCancelled'] as const
    const head = async () => client.getBlockNumber()
    const replay = async () => {
      const filter = { id, types, fromBlock: receipt.blockNumber, toBlock: await head() }
      return replayBatches(domain, id, await readBookLogs(chain.connection, deployment, filter))
    }
    const [placed] = await replay()
    await ann.execute(cancelOrderCall(deployment, id, placed!.orders[0]!.leaf))
    await bob.execute(cancelAllCall(deployment, id))
    const [batch, ...others] = await replay()
    expect(others).toEqual([])
    const args = [id, batch!.batchId] as const
    const stored = await client.readContract({ address: contract, abi: hiddenBookAbi, functionName: 'getBatch', args })
    expect(batch).toMatchObject({ acc: stored.acc, count: 5 })

    // A stranger's signature is looked at only once the hash of the fills is right.
    await chain.mineAt((await chain.now()) + 86_400n)
    const fills: Fill[] = [batch!.orders[1]!, batch!.orders[2]!]
      .map(({ leaf, trader }, index) => ({ leaf, trader, sell: index === 0, lots: 2 + index }))
      .sort(byLeaf)
    const settlement = {
      ...{ marketId: id, batchId: batch!.batchId, acc: batch!.acc, count: 5, round: 1, price: 5 },
      ...{ fillsHash: fillsHash(fills), carriedHash: ZERO_HASH, proofHash: ZERO_HASH },
    }
    const signature = `0x${'11'.repeat(64)}1b` as const
    const refusal = async (given: Fill[]) => {
      const { to, data } = settleBatchCall(deployment, settlement, signature, given)
      const call = client.call({ to, data })
      const error = await call.then(
        () => null,
        (cause: unknown) => (cause instanceof BaseError ? revertData(cause) : null),
      )
      return error ? decodeErrorResult({ abi: hiddenBookAbi, data: error }) : null
    }
    expect(await refusal(fills)).toMatchObject({ errorName: 'UnknownSigner' })
    expect(await refusal(fills.slice(1))).toMatchObject({ errorName: 'BatchMismatch', args: ['fillsHash'] })
    expect(await refusal([])).toMatchObject({ errorName: 'BatchMismatch', args: ['fillsHash'] })
    await enclave.close()
  })
})
