import { keccak256, stringToBytes, type Address } from 'viem'

/**
 * Lets keepers that do not know of each other take turns: how many blocks this one leaves a task to the others. Each has
 * an order of its own for every task, so all do their share, and none is always last.
 *
 * @param blocks The longest delay; 0 for none.
 */
export function staggerOf(task: string, keeper: Address, blocks: number): number {
  const draw = BigInt(keccak256(stringToBytes(`${task}/${keeper.toLowerCase()}`)))
  return Number(draw % BigInt(blocks + 1))
}
