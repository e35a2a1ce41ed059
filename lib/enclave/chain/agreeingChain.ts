import { concatHex, type Address, type Hex } from 'viem'
import { SubrosaError } from '../../protocol/errors'
import { agreeOnFinalized } from './agreement'
import type { Endpoint, OnFault } from './endpoint'
import type { Header } from './header'

export type AgreeingChainOptions = {
  endpoints: readonly Endpoint[]
  /** How many of them must agree on a header. */
  threshold: number
  chainId: number
  /** How long those get to answer that are not needed for an agreement. Who lies is only seen if it has answered. */
  graceMs?: number
  onFault?: OnFault
}

/** A chain as some of several endpoints agree on it. */
export type AgreeingChain = {
  /** The finalized block. @throws SubrosaError ENDPOINTS_DISAGREE, RPC_UNAVAILABLE. */
  agree: () => Promise<Header>
  /** Values of a contract's slots in that block, proven. @throws SubrosaError as `agree`. */
  prove: (header: Header, address: Address, slots: readonly Hex[]) => Promise<Hex[]>
  /**
   * What the first endpoint gives with which the work succeeds. The work checks what it is given: against storage that
   * was proven.
   *
   * @throws SubrosaError HISTORY_MISMATCH where an endpoint's logs were not the chain's and no other's were;
   * RPC_UNAVAILABLE.
   */
  fromAnyone: <T>(work: (connection: Endpoint['connection']) => Promise<T>) => Promise<T>
  /** What each endpoint says, of those that answer: hints, among which one lie is no more than one. */
  fromEach: <T>(work: (connection: Endpoint['connection']) => Promise<T>) => Promise<T[]>
  /**
   * What as many endpoints say as must agree on a header: for what storage does not prove.
   *
   * @param said Tells answers apart. @throws SubrosaError ENDPOINTS_DISAGREE, RPC_UNAVAILABLE.
   */
  fromEnough: <T>(work: (connection: Endpoint['connection']) => Promise<T>, said: (answer: T) => string) => Promise<T>
}

/** Slots of one `eth_getProof`: nodes take a thousand or so, and what they answer must stay below what is read of it. */
const SLOTS_A_PROOF = 512
/** Proofs asked for at a time, so that one is checked while the node makes the next. */
const PROOFS_AT_ONCE = 2
const GRACE_MS = 300

/**
 * Reads the chain by agreement: `threshold` endpoints must give the same finalized header, and everything acted on is
 * proven against it or said by as many, so that fewer liars than `threshold` can hold the enclave up and nothing else;
 * as many as that, together, can make up a chain. PROTOCOL.md section 10.
 */
export function agreeingChain(options: AgreeingChainOptions): AgreeingChain {
  const { endpoints, threshold, chainId, graceMs = GRACE_MS, onFault } = options
  const quorum = { endpoints, threshold, chainId: BigInt(chainId), graceMs }
  const faults = new Map<number, number>()
  let faultsSeen = 0
  let underWay: Promise<Header> | null = null

  const note: OnFault = (endpoint, fault, details) => {
    faults.set(endpoint, (faultsSeen += 1))
    onFault?.(endpoint, fault, details)
  }

  /** Those that did well longest come first: one that hangs is not asked first again. */
  const inTurn = () => [...endpoints].sort((a, b) => (faults.get(a.index) ?? 0) - (faults.get(b.index) ?? 0))

  /** What one endpoint proves; or, where they prove nothing, what enough of them say. */
  async function proveSome(header: Header, address: Address, slots: readonly Hex[]): Promise<Hex[]> {
    const votes = new Map<string, number>()
    let forged = false
    for (const { index, readStorage, provesStorage } of inTurn()) {
      const values = await readStorage(header, address, slots).catch(() => undefined)
      if (values) {
        const vote = concatHex(values)
        votes.set(vote, (votes.get(vote) ?? 0) + 1)
        if (provesStorage || votes.get(vote) === threshold) return values
        continue
      }
      forged ||= values === null
      note(index, values === null ? 'bad-proof' : 'unavailable')
    }
    const details = `no endpoint proves the storage of ${address} at block ${header.number}`
    throw new SubrosaError(forged || votes.size > 1 ? 'ENDPOINTS_DISAGREE' : 'RPC_UNAVAILABLE', { details })
  }

  return {
    /** Requests that come together share one agreement. */
    agree() {
      underWay ??= agreeOnFinalized(quorum, note).finally(() => (underWay = null))
      return underWay
    },

    async prove(header, address, slots) {
      if (slots.length <= SLOTS_A_PROOF) return proveSome(header, address, slots)
      const parts: Hex[][] = []
      const starts = Array.from({ length: Math.ceil(slots.length / SLOTS_A_PROOF) }, (_, part) => part).values()
      const work = async () => {
        for (const part of starts) {
          const from = part * SLOTS_A_PROOF
          parts[part] = await proveSome(header, address, slots.slice(from, from + SLOTS_A_PROOF))
        }
      }
      await Promise.all(Array.from({ length: PROOFS_AT_ONCE }, work))
      return parts.flat()
    },

    async fromAnyone(work) {
      let lied: SubrosaError | null = null
      for (const { index, connection } of inTurn()) {
        try {
          return await work(connection)
        } catch (error) {
          const mismatch = error instanceof SubrosaError && error.code === 'HISTORY_MISMATCH' ? error : null
          lied ??= mismatch
          note(index, mismatch ? 'bad-logs' : 'unavailable', mismatch?.details)
        }
      }
      throw lied ?? new SubrosaError('RPC_UNAVAILABLE', { details: 'no endpoint serves the logs' })
    },

    async fromEach<T>(work: (connection: Endpoint['connection']) => Promise<T>) {
      const answers = await Promise.allSettled(inTurn().map(({ connection }) => work(connection)))
      return answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
    },

    async fromEnough<T>(work: (connection: Endpoint['connection']) => Promise<T>, said: (answer: T) => string) {
      const votes = new Map<string, number>()
      let answered = 0
      for (const { index, connection } of inTurn()) {
        try {
          const answer = await work(connection)
          const vote = said(answer)
          votes.set(vote, (votes.get(vote) ?? 0) + 1)
          answered += 1
          if ((votes.get(vote) ?? 0) >= threshold) return answer
        } catch {
          note(index, 'unavailable')
        }
      }
      const details = `no ${threshold} of ${endpoints.length} endpoints agree on the logs`
      throw new SubrosaError(answered >= threshold ? 'ENDPOINTS_DISAGREE' : 'RPC_UNAVAILABLE', { details })
    },
  }
}
