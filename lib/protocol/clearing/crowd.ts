import { ORDER_FLAG, type OrderColumns } from './orders'
import { sortByPrice } from './sortByPrice'

/** The orders of a batch that go on into step 4, while step 6 leaves out one after the other. */
export interface Crowd {
  /** Indexes, lowest price first. */
  members(): Uint32Array
  has(at: number): boolean
  /** Takes a member out for this batch; the best of its kind that was crowded out comes in. */
  leaveOut(at: number): void
}

const KINDS = 4

/** Of each side market orders and others: they are crowded out apart from each other. */
const kindOf = (flags: number) => (flags & ORDER_FLAG.sell ? 1 : 0) + (flags & ORDER_FLAG.market ? 2 : 0)

/**
 * Crowding, so that a batch has never more fills than its settlement can carry: of each side only the best
 * maxFills / 4 market orders and the best maxFills / 4 others, by limit, then seq, go on. PROTOCOL.md section 11, step 3.
 *
 * @param orders Those with a quantity above 0 take part.
 * @param maxFills Null: all of them go on.
 */
export function createCrowd(orders: OrderColumns, maxFills: number | null): Crowd {
  const { flags, price, quantity, count } = orders
  const sorted = sortByPrice(price, count).filter((at) => quantity[at]! > 0)
  const places = maxFills === null ? Infinity : Math.floor(maxFills / KINDS)
  const queues = queuesOf(orders, sorted)
  const taken = queues.map((queue) => Math.min(queue.length, places))
  const isMember = new Uint8Array(count)
  for (const [kind, queue] of queues.entries()) for (const at of queue.subarray(0, taken[kind])) isMember[at] = 1
  let members = sorted.filter((at) => isMember[at] === 1)

  return {
    members: () => members,
    has: (at) => isMember[at] === 1,
    leaveOut(at) {
      const kind = kindOf(flags[at]!)
      isMember[at] = 0
      const next = queues[kind]![taken[kind]!]
      if (next === undefined) {
        members = members.filter((member) => member !== at)
        return
      }
      taken[kind]! += 1
      isMember[next] = 1
      // As many as before: one goes, one comes, and those between move by a place.
      const others = members.filter((member) => member !== at)
      const behind = others.findIndex((member) => price[member]! > price[next]!)
      const place = behind === -1 ? others.length : behind
      members.set(others.subarray(0, place))
      members[place] = next
      members.set(others.subarray(place), place + 1)
    },
  }
}

/** The orders of each kind, best first: by limit, then seq. */
function queuesOf({ flags, price }: OrderColumns, sorted: Uint32Array): Uint32Array[] {
  const queues: number[][] = Array.from({ length: KINDS }, () => [])
  for (const at of sorted) if (flags[at]! & ORDER_FLAG.sell) queues[kindOf(flags[at]!)]!.push(at)
  // A buy is the better the higher, and at one price the older still comes first.
  for (let end = sorted.length, start = end; end > 0; end = start) {
    while (start > 0 && price[sorted[start - 1]!] === price[sorted[end - 1]!]) start--
    for (const at of sorted.subarray(start, end)) {
      if (!(flags[at]! & ORDER_FLAG.sell)) queues[kindOf(flags[at]!)]!.push(at)
    }
  }
  return queues.map((queue) => Uint32Array.from(queue))
}
