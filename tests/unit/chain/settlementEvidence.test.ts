import { concatHex, encodeFunctionData, zeroHash, type Address, type Hex } from 'viem'
import { describe, expect, it } from 'vitest'
import { hiddenBookAbi } from '../../../lib/abi/hiddenBook'
import { sealedAuctionsAbi } from '../../../lib/abi/sealedAuctions'
import type { RegistryEvent } from '../../../lib/chain/registryEvents'
import { batchSignatureIn, settlementSignatureIn } from '../../../lib/chain/settlementSignature'
import { wasAdmitted } from '../../../lib/chain/signerAdmission'

const [signer, other]: Address[] = [`0x${'11'.repeat(20)}`, `0x${'22'.repeat(20)}`]
const keyId: Hex = `0x${'33'.repeat(32)}`

describe('whether a signer was admitted when he settled', () => {
  const at = (blockNumber: bigint, logIndex: number) => ({
    ...{ blockNumber, logIndex, blockHash: zeroHash, transactionHash: zeroHash },
  })
  const admitted = (blockNumber: bigint, logIndex: number, by = signer!): RegistryEvent => ({
    ...{ type: 'SignerAdmitted', keyId, signer: by, simulated: true, evidence: '0x' },
    ...at(blockNumber, logIndex),
  })
  const revoked = (blockNumber: bigint, logIndex: number): RegistryEvent => ({
    ...{ type: 'SealingKeyRevoked', keyId },
    ...at(blockNumber, logIndex),
  })

  it.each<[string, RegistryEvent[], boolean]>([
    ['before, in another block', [admitted(4n, 9)], true],
    ['before, in the same block', [admitted(5n, 2)], true],
    ['after, in the same block', [admitted(5n, 4)], false],
    ['after', [admitted(6n, 0)], false],
    ['somebody else', [admitted(4n, 0, other)], false],
    ['nobody', [], false],
    ['revoked before', [admitted(1n, 0), revoked(4n, 9)], false],
    ['revoked before, in the same block', [admitted(1n, 0), revoked(5n, 2)], false],
    ['revoked after', [admitted(1n, 0), revoked(5n, 4)], true],
  ])('%s', (_, events, expected) => {
    const at = { blockNumber: 5n, logIndex: 3 }
    expect(wasAdmitted(events, signer!, at)).toBe(expected)
  })
})

describe('the signature in a transaction', () => {
  const id: Hex = `0x${'44'.repeat(32)}`
  const signature: Hex = `0x${'55'.repeat(65)}`
  const settlement = {
    ...{ id, paramsHash: zeroHash, acc: zeroHash, count: 1, round: 1, reserve: 0, reserveInvalid: false },
    ...{ clearingPrice: 1, totalFilled: 0, winnersHash: zeroHash, proofHash: zeroHash },
  }
  const witness = { winners: [], runnersUp: [], openings: [] }
  const args = [settlement, signature, witness] as const
  const call = encodeFunctionData({ abi: sealedAuctionsAbi, functionName: 'settle', args })

  it('is found in a call of settle', () => {
    expect(settlementSignatureIn(call, id)).toBe(signature)
  })
  it('is found in a call that another contract passed on', () => {
    expect(settlementSignatureIn(concatHex(['0x1234567890', call, '0x00ff']), id)).toBe(signature)
  })
  it('is not that of another auction, nor of another call', () => {
    expect(settlementSignatureIn(call, keyId)).toBeNull()
    expect(settlementSignatureIn('0x12345678', id)).toBeNull()
    expect(settlementSignatureIn('0x', id)).toBeNull()
    expect(settlementSignatureIn(call.slice(0, 200) as Hex, id)).toBeNull()
  })
})

describe('a batch’s signature in a transaction', () => {
  const marketId: Hex = `0x${'66'.repeat(32)}`
  const signature: Hex = `0x${'77'.repeat(65)}`
  const settlement = {
    ...{ marketId, batchId: 7n, acc: zeroHash, count: 1, round: 1, price: 5 },
    ...{ fillsHash: zeroHash, carriedHash: zeroHash, proofHash: zeroHash },
  }
  const fills = [{ leaf: zeroHash, trader: signer!, sell: true, lots: 3 }]
  const args = [settlement, signature, fills] as const
  const call = encodeFunctionData({ abi: hiddenBookAbi, functionName: 'settleBatch', args })

  it('is found, also in a call that another contract passed on', () => {
    expect(batchSignatureIn(call, marketId, 7n)).toBe(signature)
    expect(batchSignatureIn(concatHex(['0x1234567890', call, '0x00ff']), marketId, 7n)).toBe(signature)
  })
  it('is not that of another market or batch, nor of another call', () => {
    expect(batchSignatureIn(call, keyId, 7n)).toBeNull()
    expect(batchSignatureIn(call, marketId, 8n)).toBeNull()
    expect(batchSignatureIn(call.slice(0, 200) as Hex, marketId, 7n)).toBeNull()
    expect(batchSignatureIn('0x', marketId, 7n)).toBeNull()
  })
})
