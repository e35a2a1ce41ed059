import { encodeAbiParameters, encodePacked, keccak256, stringToHex } from 'viem/utils'
import { getAbiItem, type Hex } from 'viem'
import { describe, expect, it } from 'vitest'
import { sealedAuctionsAbi } from '../../../lib/abi/sealedAuctions'
import { accumulate, fold } from '../../../lib/protocol/auction/accumulator'
import { AUCTION_PARAMS_LAYOUT } from '../../../lib/protocol/auction/params'
import { hashSettlement, settlementTypedData } from '../../../lib/protocol/auction/settlement'
import { winnersHash } from '../../../lib/protocol/auction/winnersHash'
import { ZERO_HASH } from '../../../lib/protocol/constants'
import { buildOpeningVectors } from '../../vectors/openingVectors'

const vectors = buildOpeningVectors()
const word = (value: string | bigint | number) => BigInt(value).toString(16).padStart(64, '0')
const hashWords = (...values: (string | bigint | number)[]) => keccak256(`0x${values.map(word).join('')}`)
const tag = (name: string) => keccak256(stringToHex(`subrosa/v1/${name}`))
const { chainId, contract } = vectors

describe('hashes written out word by word (PROTOCOL.md section 5)', () => {
  const { id, seller, sellerNonce, params, paramsHash } = vectors.auction

  it('auction id', () => {
    expect(id).toBe(hashWords(chainId, contract, seller, sellerNonce))
  })

  it('paramsHash: every field in the order of the struct', () => {
    const fields = AUCTION_PARAMS_LAYOUT.map(({ name }) => params[name])
    expect(paramsHash).toBe(hashWords(tag('params'), chainId, contract, id, ...fields))
  })

  it('the layout of the parameters is the contract’s', () => {
    const create = getAbiItem({ abi: sealedAuctionsAbi, name: 'createAuction' })
    const { components } = create.inputs[0]
    expect(components.map(({ name, type }) => ({ name, type }))).toEqual(AUCTION_PARAMS_LAYOUT)
  })

  it.each(vectors.bids)('leaf of bid $seq', (bid) => {
    const { seq, bidder, collateral, creditBps, x, y, sealedHash } = bid
    // Two's complement, as Solidity writes what may be negative.
    const points = BigInt.asUintN(256, BigInt(bid.points))
    expect(bid.leaf).toBe(
      hashWords(tag('bid'), chainId, contract, id, seq, bidder, collateral, points, creditBps, x, y, sealedHash),
    )
  })

  it.each(vectors.cancellations)('leaf of cancellation $seq', (cancellation) => {
    const { seq, bidder, cancelledSeq, leaf } = cancellation
    expect(leaf).toBe(hashWords(tag('cancel'), chainId, contract, id, seq, bidder, cancelledSeq))
  })

  it('accumulator', () => {
    const { leaves, accs } = vectors.accumulator
    const [first, second] = leaves as [Hex, Hex]
    expect(accs[1]).toBe(hashWords(hashWords(0, first), second))
    expect(accumulate([])).toBe(ZERO_HASH)
    expect(fold(accs[2] as Hex, leaves[3] as Hex)).toBe(accs[3])
  })

  it('winnersHash', () => {
    const [first, second] = vectors.winners.chain as [{ leaf: Hex; fill: number }, { leaf: Hex; fill: number }]
    expect(vectors.winners.winnersHash).toBe(hashWords(hashWords(0, first.leaf, first.fill), second.leaf, second.fill))
    expect(winnersHash([second, first])).not.toBe(vectors.winners.winnersHash)
    expect(winnersHash([])).toBe(ZERO_HASH)
  })
})

describe('settlement (PROTOCOL.md section 7)', () => {
  const typed = settlementTypedData({ chainId, contract }, vectors.settlement)

  it('has the type that section 7 writes', () => {
    const fields = typed.types.AuctionSettlement.map(({ type, name }) => `${type} ${name}`)
    expect(`AuctionSettlement(${fields.join(',')})`).toBe(
      'AuctionSettlement(bytes32 id,bytes32 paramsHash,bytes32 acc,uint32 count,uint32 round,uint32 reserve,bool reserveInvalid,' +
        'uint32 clearingPrice,uint32 totalFilled,bytes32 winnersHash,bytes32 proofHash)',
    )
  })

  it('digest by EIP-712’s definition', () => {
    const s = vectors.settlement
    const type = `AuctionSettlement(${typed.types.AuctionSettlement.map((f) => `${f.type} ${f.name}`).join(',')})`
    const struct = hashWords(
      keccak256(stringToHex(type)),
      s.id,
      s.paramsHash,
      s.acc,
      s.count,
      s.round,
      s.reserve,
      Number(s.reserveInvalid),
      s.clearingPrice,
      s.totalFilled,
      s.winnersHash,
      s.proofHash,
    )
    const domain = keccak256(
      encodeAbiParameters(
        [{ type: 'bytes32' }, { type: 'bytes32' }, { type: 'bytes32' }, { type: 'uint256' }, { type: 'address' }],
        [
          keccak256(stringToHex('EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)')),
          keccak256(stringToHex('Subrosa')),
          keccak256(stringToHex('1')),
          chainId,
          contract,
        ],
      ),
    )
    expect(s.digest).toBe(keccak256(encodePacked(['bytes2', 'bytes32', 'bytes32'], ['0x1901', domain, struct])))
  })

  it('moves with every field', () => {
    const { digest: _digest, ...settlement } = vectors.settlement
    const changed = Object.entries(settlement).map(([field, value]) => {
      const other = typeof value === 'string' ? toOther(value) : typeof value === 'number' ? value + 1 : !value
      return hashSettlement({ chainId, contract }, { ...settlement, [field]: other })
    })
    expect(new Set([vectors.settlement.digest, ...changed]).size).toBe(12)
  })
})

function toOther(hex: string): Hex {
  return keccak256(hex as Hex)
}
