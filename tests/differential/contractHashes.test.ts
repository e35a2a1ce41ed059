import fc from 'fast-check'
import { createPublicClient, http, type Address, type Hex, type PublicClient } from 'viem'
import { foundry } from 'viem/chains'
import { bytesToHex, getAddress } from 'viem/utils'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sealedAuctionsAbi } from '../../lib/abi/sealedAuctions'
import { auctionIdOf, hashParams } from '../../lib/protocol/auction/params'
import { hashSettlement } from '../../lib/protocol/auction/settlement'
import { startAnvil, type TestChain } from '../fixtures/anvil'
import { deployContracts } from '../fixtures/deploy'

const uint = (bits: number) => fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n })
const uint32 = fc.integer({ min: 0, max: 0xffff_ffff })
const bytes32: fc.Arbitrary<Hex> = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => bytesToHex(bytes))
const address: fc.Arbitrary<Address> = fc
  .uint8Array({ minLength: 20, maxLength: 20 })
  .map((bytes) => getAddress(bytesToHex(bytes)))

const paramsArbitrary = fc.record({
  rule: fc.nat(3),
  lotKind: fc.nat(2),
  lotToken: address,
  lotTokenId: uint(256),
  lotSize: uint(256),
  supply: uint32,
  paymentToken: address,
  tickSize: uint(96),
  reserve: uint32,
  sealedReserve: bytes32,
  collateralPolicy: fc.nat(1),
  collateral: uint(128),
  maxBids: uint32,
  bidsPerAddress: fc.nat(0xffff),
  allowListRoot: bytes32,
  keyId: bytes32,
  closesAt: uint(64),
  settleBy: uint(64),
  challengeWindow: uint32,
  noSettlement: fc.nat(1),
  revealWindow: uint32,
})

const settlementArbitrary = fc.record({
  id: bytes32,
  paramsHash: bytes32,
  acc: bytes32,
  count: uint32,
  round: uint32,
  reserve: uint32,
  reserveInvalid: fc.boolean(),
  clearingPrice: uint32,
  totalFilled: uint32,
  winnersHash: bytes32,
  proofHash: bytes32,
})

describe('the deployed contract computes the same hashes (PROTOCOL.md sections 5 and 7)', () => {
  let chain: TestChain
  let client: PublicClient
  let contract: Address
  const chainId = BigInt(foundry.id)

  beforeAll(async () => {
    chain = await startAnvil()
    contract = (await deployContracts(chain)).contracts.auctions
    client = createPublicClient({ chain: foundry, transport: http(chain.rpcUrl) })
  })

  afterAll(() => chain.stop())

  it('auction ids', async () => {
    await fc.assert(
      fc.asyncProperty(address, uint(256), async (seller, nonce) => {
        const onChain = await client.readContract({
          address: contract,
          abi: sealedAuctionsAbi,
          functionName: 'auctionIdOf',
          args: [seller, nonce],
        })
        expect(auctionIdOf({ chainId, contract }, seller, nonce)).toBe(onChain)
      }),
      { numRuns: 20 },
    )
  })

  it('paramsHash', async () => {
    await fc.assert(
      fc.asyncProperty(bytes32, paramsArbitrary, async (id, params) => {
        const onChain = await client.readContract({
          address: contract,
          abi: sealedAuctionsAbi,
          functionName: 'hashParams',
          args: [id, params],
        })
        expect(hashParams({ chainId, contract }, id, params)).toBe(onChain)
      }),
      { numRuns: 40 },
    )
  })

  it('settlement digest', async () => {
    await fc.assert(
      fc.asyncProperty(settlementArbitrary, async (settlement) => {
        const onChain = await client.readContract({
          address: contract,
          abi: sealedAuctionsAbi,
          functionName: 'hashSettlement',
          args: [settlement],
        })
        expect(hashSettlement({ chainId, contract }, settlement)).toBe(onChain)
      }),
      { numRuns: 40 },
    )
  })
})
