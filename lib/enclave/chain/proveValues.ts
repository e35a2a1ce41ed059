import type { Address } from 'viem'
import type { AgreeingChain } from './agreeingChain'
import type { Header } from './header'
import type { ProvenValue } from './provenMarket'

/**
 * Proves the values of many keys in one contract's storage, in as few requests as they fit in.
 *
 * @param valueOf Where a key's value lies. @returns By key, in the keys' order.
 */
export async function proveValues<Key, Value>(
  chain: Pick<AgreeingChain, 'prove'>,
  header: Header,
  address: Address,
  keys: readonly Key[],
  valueOf: (key: Key) => ProvenValue<Value>,
): Promise<Map<Key, Value>> {
  const wanted = keys.map((key) => [key, valueOf(key)] as const)
  const words = await chain.prove(
    header,
    address,
    wanted.flatMap(([, { slots }]) => slots),
  )
  let at = 0
  return new Map(wanted.map(([key, { slots, decode }]) => [key, decode(words.slice(at, (at += slots.length)))]))
}
