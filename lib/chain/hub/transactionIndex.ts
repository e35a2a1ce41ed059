import type { Hash } from 'viem'
import { hubAnswer, type HubNode } from './api'
import { readExtrinsics, transactionHashOf } from './transactions'

/** An hour of blocks of six seconds: who asks for an older transaction has its event to go by. */
const LOOK_BACK = 600n
/** Blocks asked for at the same time. */
const AT_ONCE = 8

/** Finds transactions by their hashes, which no node does: it looks through the newest blocks, through final ones once. */
export type TransactionIndex = {
  /** The number of the block that holds it; null where none of the last hour does. */
  find(hash: Hash): Promise<bigint | null>
}

export function openTransactionIndex(node: HubNode): TransactionIndex {
  /** Hashes of final blocks, by number. */
  const known = new Map<bigint, readonly Hash[]>()

  const readHashes = (number: bigint) =>
    hubAnswer(async () => {
      const api = await node.open()
      const hash = await api.rpc.chain.getBlockHash(number)
      return (await readExtrinsics(api, hash.toHex())).map(transactionHashOf)
    })

  async function hashesOf(number: bigint, final: bigint): Promise<readonly Hash[]> {
    const before = known.get(number)
    if (before) return before
    const hashes = await readHashes(number)
    if (number <= final) known.set(number, hashes)
    return hashes
  }

  return {
    async find(hash) {
      const [final, newest] = await readEnds(node)
      const lowest = newest > LOOK_BACK ? newest - LOOK_BACK : 1n
      for (const number of known.keys()) if (number < lowest) known.delete(number)
      // From the newest down: what is asked for was mostly sent just now.
      for (let high = newest; high >= lowest; high -= BigInt(AT_ONCE)) {
        const numbers = Array.from({ length: AT_ONCE }, (_, index) => high - BigInt(index))
        const hashes = await Promise.all(
          numbers.map(async (number): Promise<readonly Hash[]> => (number < lowest ? [] : hashesOf(number, final))),
        )
        const at = hashes.findIndex((each) => each.includes(hash))
        if (at !== -1) return high - BigInt(at)
      }
      return null
    },
  }
}

/** The newest final block, and then the newest. */
function readEnds(node: HubNode): Promise<[bigint, bigint]> {
  return hubAnswer(async () => {
    const { rpc } = await node.open()
    const final = await rpc.chain.getHeader(await rpc.chain.getFinalizedHead())
    const newest = await rpc.chain.getHeader()
    return [final.number.toBigInt(), newest.number.toBigInt()]
  })
}
