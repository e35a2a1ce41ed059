import type { Address } from 'viem'
import type { AgreeingChain } from './agreeingChain'
import type { Header } from './header'
import type { ProvenValue } from './provenMarket'

/** Proves several values of one contract's storage in as few requests as they fit in. @returns In the same order. */
export async function proveValues<T>(
  chain: Pick<AgreeingChain, 'prove'>,
  header: Header,
  address: Address,
  wanted: readonly ProvenValue<T>[],
): Promise<T[]> {
  const words = await chain.prove(
    header,
    address,
    wanted.flatMap(({ slots }) => slots),
  )
  let at = 0
  return wanted.map(({ slots, decode }) => decode(words.slice(at, (at += slots.length))))
}
