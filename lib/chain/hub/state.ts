import { pad, size, type Address, type Hash, type Hex } from 'viem'
import { z } from 'zod'
import { hubAnswer, type HubNode } from './api'
import { requirePart } from './dryRun'
import { hubBytes, hubHash, hubInteger } from './schemas'

/** A header that was hashed here (blake2b-256 of its SCALE form); `timestamp` in Unix seconds is the node's word. */
export type HubHeader = { number: bigint; hash: Hash; parentHash: Hash; timestamp: bigint; stateRoot: Hex }

/** `reviveApi.getStorage`: no value is a slot that was never written. */
const storageAnswer = z.union([
  z.object({ ok: hubBytes.nullable() }).transform(({ ok }) => ok ?? '0x'),
  z.object({ err: z.unknown() }).transform(() => null),
])

/** A Hub's blocks and contracts' slots, for whoever believes one node of nothing. */
export type HubState = {
  readHeader(block: bigint | 'finalized'): Promise<HubHeader | 'unavailable' | 'bad-header'>
  /** 32 bytes a slot, as Solidity lays them out. Null where there is no such contract. */
  readStorage(block: Hash, address: Address, slots: readonly Hex[]): Promise<Hex[] | null>
}

export function hubStateOf(node: HubNode): HubState {
  return {
    readHeader: (block) =>
      hubAnswer(async () => {
        const { rpc } = await node.open()
        const asked = await (block === 'finalized' ? rpc.chain.getFinalizedHead() : rpc.chain.getBlockHash(block))
        if (asked.isEmpty) return 'unavailable'
        const header = await rpc.chain.getHeader(asked)
        const number = header.number.toBigInt()
        if (!header.hash.eq(asked) || (block !== 'finalized' && number !== block)) return 'bad-header'
        const now = requirePart((await node.at(asked.toHex())).query.timestamp?.now, 'timestamp.now')
        const timestamp = hubInteger.parse((await now()).toJSON()) / 1_000n
        const [hash, parentHash, stateRoot] = [asked, header.parentHash, header.stateRoot].map((value) =>
          hubHash.parse(value.toHex()),
        ) as [Hash, Hash, Hash]
        return { number, hash, parentHash, stateRoot, timestamp }
      }),
    readStorage: (block, address, slots) =>
      hubAnswer(async () => {
        const read = requirePart((await node.at(block)).call.reviveApi?.getStorage, 'reviveApi.getStorage')
        const answers = await Promise.all(
          slots.map(async (slot) => storageAnswer.parse((await read(address, slot)).toJSON())),
        )
        if (answers.some((answer) => answer === null || size(answer) > 32)) return null
        return answers.map((answer) => pad(answer ?? '0x', { size: 32 }))
      }),
  }
}
