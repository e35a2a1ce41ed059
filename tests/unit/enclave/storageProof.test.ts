import { createMerkleProof, createMPT, verifyMerkleProof } from '@ethereumjs/mpt'
import { RLP } from '@ethereumjs/rlp'
import fc from 'fast-check'
import { bytesToHex, hexToBytes, keccak256, numberToHex, type Hex } from 'viem'
import { describe, expect, it } from 'vitest'
import { provenStorage } from '../../../lib/enclave/chain/storageProof'
import { TrieNodes } from '../../../lib/enclave/chain/trie'

const slotAt = (index: number) => numberToHex(index, { size: 32 })
const valueAt = (index: number) => RLP.encode(numberToHex(index + 1))

async function trieOf(size: number) {
  const trie = await createMPT({ useKeyHashing: true })
  for (let index = 0; index < size; ++index) await trie.put(hexToBytes(slotAt(index)), valueAt(index))
  const proofOf = async (index: number) =>
    (await createMerkleProof(trie, hexToBytes(slotAt(index)))).map((node) => bytesToHex(node))
  return { root: bytesToHex(trie.root()), proofOf }
}

/** The library that is checked against throws, too, where the nodes do not prove what is asked. */
async function byLibrary(root: Hex, key: Hex, proof: Hex[]): Promise<Hex | null | 'refused'> {
  const nodes = proof.map((node) => hexToBytes(node))
  const options = { root: hexToBytes(root), useKeyHashing: true }
  try {
    const value = await verifyMerkleProof(hexToBytes(key), nodes, options)
    return value ? bytesToHex(value) : null
  } catch {
    return 'refused'
  }
}

function byTrieNodes(root: Hex, key: Hex, proof: Hex[]): Hex | null | 'refused' {
  const nodes = new TrieNodes()
  nodes.add(proof)
  try {
    const value = nodes.get(root, key)
    return value ? bytesToHex(value) : null
  } catch {
    return 'refused'
  }
}

describe('proofs of a trie (yellow paper, appendix D)', () => {
  it('give what @ethereumjs/mpt gives, for keys that are there and keys that are not, in tries of any size', async () => {
    for (const size of [1, 2, 3, 17, 40, 300]) {
      const { root, proofOf } = await trieOf(size)
      for (const index of [0, size - 1, Math.floor(size / 2), size, size + 1, size + 77]) {
        const proof = await proofOf(index)
        const value = byTrieNodes(root, slotAt(index), proof)
        expect(value).toBe(await byLibrary(root, slotAt(index), proof))
        expect(value).toBe(index < size ? bytesToHex(valueAt(index)) : null)
      }
    }
  })

  it('are refused with a node left out, or a digit changed anywhere', async () => {
    const { root, proofOf } = await trieOf(300)
    const proof = await proofOf(7)
    expect(proof.length).toBeGreaterThan(2)
    for (const left of proof.keys()) {
      const short = proof.filter((_node, index) => index !== left)
      expect(byTrieNodes(root, slotAt(7), short)).toBe('refused')
    }
    fc.assert(
      fc.property(fc.nat({ max: proof.length - 1 }), fc.nat(), (place, at) => {
        const node = proof[place]!
        const digit = 2 + (at % (node.length - 2))
        const other = node[digit] === '0' ? '1' : '0'
        const forged = `${node.slice(0, digit)}${other}${node.slice(digit + 1)}` as Hex
        const nodes = proof.map((each, index) => (index === place ? forged : each))
        expect(byTrieNodes(root, slotAt(7), nodes)).toBe('refused')
      }),
    )
  })

  it('do not prove another key, nor against another root', async () => {
    const { root, proofOf } = await trieOf(300)
    const proof = await proofOf(7)
    expect(byTrieNodes(root, slotAt(8), proof)).toBe('refused')
    expect(byTrieNodes(keccak256('0x01'), slotAt(7), proof)).toBe('refused')
  })

  it('may be of many keys at once, and answer each in its place', async () => {
    const storage = await trieOf(300)
    const accounts = await createMPT({ useKeyHashing: true })
    const address = `0x${'a'.repeat(40)}` as const
    const account = RLP.encode([numberToHex(1), numberToHex(0), storage.root, keccak256('0x')])
    await accounts.put(hexToBytes(address), account)
    const accountProof = (await createMerkleProof(accounts, hexToBytes(address))).map((node) => bytesToHex(node))
    const indexes = Array.from({ length: 120 }, (_, index) => index * 3)
    const storageProof = await Promise.all(indexes.map(async (index) => ({ proof: await storage.proofOf(index) })))
    const where = { stateRoot: bytesToHex(accounts.root()), address, slots: indexes.map(slotAt) }
    const expected = indexes.map((index) => numberToHex(index < 300 ? index + 1 : 0, { size: 32 }))
    expect(provenStorage({ accountProof, storageProof }, where)).toEqual(expected)
    expect(provenStorage({ accountProof, storageProof: storageProof.slice(1) }, where)).toBeNull()
    const poor = storageProof.map(({ proof }, at) => ({ proof: at === 5 ? [] : proof.slice(0, -1) }))
    expect(provenStorage({ accountProof, storageProof: poor }, where)).toBeNull()
  })
})
