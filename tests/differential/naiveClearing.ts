// A second reading of PROTOCOL.md section 11, steps 2 and 4 to 6, as slow and as literal as the text, in bigint. It shares
// nothing with lib/protocol, types included.

export interface NaiveOrder {
  trader: number
  sell: boolean
  /** Null for a market order. */
  limit: bigint | null
  quantity: bigint
  minFill: bigint
  fillOrKill: boolean
}

export interface NaiveBook {
  last: bigint | null
  /** Ticks either side; null for no band. */
  width: bigint | null
  orders: NaiveOrder[]
}

export interface NaiveClearing {
  price: bigint | null
  volume: bigint
  last: bigint | null
  fills: bigint[]
  dropped: (string | null)[]
}

const MAX = 0xffff_ffffn
const sum = (values: bigint[]) => values.reduce((total, value) => total + value, 0n)
const least = (values: bigint[]) => values.reduce((a, b) => (a < b ? a : b))
const most = (values: bigint[]) => values.reduce((a, b) => (a > b ? a : b))
const size = (value: bigint) => (value < 0n ? -value : value)

/** The limit, or for a market order what is no limit at all. */
const worst = ({ limit, sell }: NaiveOrder) => limit ?? (sell ? 0n : MAX)
const trades = (order: NaiveOrder, p: bigint) => (order.sell ? worst(order) <= p : worst(order) >= p)
const crosses = (a: NaiveOrder, b: NaiveOrder) => {
  const [buy, sell] = a.sell ? [b, a] : [a, b]
  return a.sell !== b.sell && worst(buy) >= worst(sell)
}

const depth = (orders: NaiveOrder[], sell: boolean, p: bigint) =>
  sum(orders.filter((order) => order.sell === sell && trades(order, p)).map(({ quantity }) => quantity))
const volumeAt = (orders: NaiveOrder[], p: bigint) => least([depth(orders, false, p), depth(orders, true, p)])
const surplusAt = (orders: NaiveOrder[], p: bigint) => depth(orders, false, p) - depth(orders, true, p)

function edges({ last, width }: NaiveBook): [bigint, bigint] | null {
  if (last === null || width === null) return null
  return [most([0n, last - width]), least([MAX, last + width])]
}

/** Step 4. */
export function naivePrice(book: NaiveBook, orders: NaiveOrder[]): bigint | null {
  const band = edges(book)
  const limits = orders.flatMap(({ limit }) => (limit === null ? [] : [limit]))
  const alone = book.last === null ? [] : [book.last]
  let left = limits.length === 0 ? alone : [...limits, ...(band ?? [])]
  if (band && limits.length > 0) left = left.filter((p) => p >= band[0] && p <= band[1])
  if (left.length === 0) return null
  const top = most(left.map((p) => volumeAt(orders, p)))
  if (top === 0n) return null
  left = left.filter((p) => volumeAt(orders, p) === top)
  const smallest = least(left.map((p) => size(surplusAt(orders, p))))
  left = left.filter((p) => size(surplusAt(orders, p)) === smallest)
  if (left.every((p) => surplusAt(orders, p) > 0n)) return most(left)
  if (left.every((p) => surplusAt(orders, p) < 0n)) return least(left)
  if (book.last === null) return (least(left) + most(left)) / 2n
  return most([least([book.last, most(left)]), least(left)])
}

/** Largest remainder, ties by place. */
export function naiveShares(quantities: bigint[], volume: bigint): bigint[] {
  const total = sum(quantities)
  const shares = quantities.map((quantity) => (quantity * volume) / total)
  const order = quantities
    .map((quantity, at) => ({ at, rest: (quantity * volume) % total }))
    .sort((a, b) => (a.rest === b.rest ? a.at - b.at : a.rest > b.rest ? -1 : 1))
  for (const { at } of order.slice(0, Number(volume - sum(shares)))) shares[at]! += 1n
  return shares
}

/** Step 5: the side that got everything, then the other by price, each price level sharing what is left for it. */
function naiveFills(book: NaiveBook, orders: NaiveOrder[], p: bigint): Map<NaiveOrder, bigint> {
  const fills = new Map<NaiveOrder, bigint>()
  const band = edges(book)
  for (const sell of [false, true]) {
    const inside = orders.filter((order) => order.sell === sell && trades(order, p))
    const edge = band?.[sell ? 0 : 1]
    const level = (order: NaiveOrder) => (p === edge ? p : worst(order))
    const levels = [...new Set(inside.map(level))].sort((a, b) => Number(sell ? a - b : b - a))
    let left = volumeAt(orders, p)
    for (const price of levels) {
      const members = inside.filter((order) => level(order) === price)
      const wanted = members.map(({ quantity }) => quantity)
      const given = least([left, sum(wanted)])
      naiveShares(wanted, given).forEach((share, place) => fills.set(members[place]!, share))
      left -= given
    }
  }
  return fills
}

function withoutTrade(book: NaiveBook, orders: NaiveOrder[]): bigint | null {
  const band = edges(book)
  if (!band) return book.last
  const buys = orders.filter(({ sell }) => !sell).map(worst)
  const sells = orders.filter(({ sell }) => sell).map(worst)
  if (buys.length === 0 || sells.length === 0 || most(buys) < least(sells)) return book.last
  if (least(sells) > band[1]) return band[1]
  return most(buys) < band[0] ? band[0] : book.last
}

/** Steps 2 and 4 to 6. */
export function naiveClear(book: NaiveBook): NaiveClearing {
  const dropped: (string | null)[] = book.orders.map(() => null)
  let alive: NaiveOrder[] = []
  const drop = (order: NaiveOrder, reason: string) => {
    dropped[book.orders.indexOf(order)] = reason
    alive = alive.filter((other) => other !== order)
  }
  for (const order of book.orders) {
    const isOwn = alive.some((earlier) => earlier.trader === order.trader && crosses(earlier, order))
    if (isOwn) dropped[book.orders.indexOf(order)] = 'self-trade'
    else alive.push(order)
  }
  const special = alive.filter(({ fillOrKill, minFill }) => fillOrKill || minFill > 0n)
  for (const order of special.slice(256)) drop(order, 'too-many-conditional')

  for (;;) {
    const p = naivePrice(book, alive)
    const none = book.orders.map(() => 0n)
    if (p === null) return { price: null, volume: 0n, last: withoutTrade(book, alive), fills: none, dropped }
    const fills = naiveFills(book, alive, p)
    const short = alive.filter((order) => {
      const terms = order.fillOrKill ? order.quantity : least([order.minFill, order.quantity])
      return trades(order, p) && fills.get(order)! < terms
    })
    if (short.length === 0) {
      const lots = book.orders.map((order) => fills.get(order) ?? 0n)
      return { price: p, volume: volumeAt(alive, p), last: p, fills: lots, dropped }
    }
    const side = short.some(({ sell }) => !sell) ? short.filter(({ sell }) => !sell) : short
    const limit = side[0]!.sell ? most(side.map(worst)) : least(side.map(worst))
    const out = side.filter((order) => worst(order) === limit).at(-1)!
    drop(out, out.fillOrKill ? 'fill-or-kill' : 'min-fill')
  }
}
