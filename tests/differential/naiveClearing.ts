// A second reading of PROTOCOL.md section 11, steps 2 to 6, as slow and as literal as the text, in bigint. It shares nothing
// with lib/protocol, types included.

export interface NaiveOrder {
  trader: number
  sell: boolean
  /** The limit, or a market order's worst acceptable price. */
  price: bigint
  market: boolean
  /** What is left of it: the remainder. */
  quantity: bigint
  minFill: bigint
  fillOrKill: boolean
}

export interface NaiveBook {
  last: bigint | null
  /** Ticks either side; null for no band. */
  width: bigint | null
  orders: NaiveOrder[]
  /** Null: every order is covered. */
  money: NaiveMoney | null
  /** Null: nobody is crowded out. */
  maxFills: bigint | null
}

export interface NaiveMoney {
  /** Base units of quote in a tick of a lot, and of base in a lot. */
  tickSize: bigint
  lotSize: bigint
  feeBps: bigint
  /** By trader. */
  margins: { base: bigint; quote: bigint }[]
}

export interface NaiveClearing {
  price: bigint | null
  volume: bigint
  last: bigint | null
  fills: bigint[]
  /** Why an order had no part in the end; null for one that had, at whatever fill. */
  out: (string | null)[]
}

const MAX = 0xffff_ffffn
const sum = (values: bigint[]) => values.reduce((total, value) => total + value, 0n)
const least = (values: bigint[]) => values.reduce((a, b) => (a < b ? a : b))
const most = (values: bigint[]) => values.reduce((a, b) => (a > b ? a : b))
const size = (value: bigint) => (value < 0n ? -value : value)

/** An order that may still trade, with what may still trade of it. */
type Live = { order: NaiveOrder; seq: number; lots: bigint }

const accepts = ({ sell, price }: NaiveOrder, p: bigint) => (sell ? price <= p : price >= p)
const demandAt = (live: Live[], p: bigint) =>
  sum(live.filter(({ order }) => !order.sell && accepts(order, p)).map(({ lots }) => lots))
const supplyAt = (live: Live[], p: bigint) =>
  sum(live.filter(({ order }) => order.sell && accepts(order, p)).map(({ lots }) => lots))
const volumeAt = (live: Live[], p: bigint) => least([demandAt(live, p), supplyAt(live, p)])
/** Above 0: surplus buy. */
const surplusAt = (live: Live[], p: bigint) => demandAt(live, p) - supplyAt(live, p)
const hasTerms = ({ fillOrKill, minFill }: NaiveOrder) => fillOrKill || minFill > 0n
/** "minFill means min(minFill, remainder)". */
const smallest = ({ minFill, quantity }: NaiveOrder) => least([minFill, quantity])
/** Negative where `a` comes first: the better limit, then the lower seq. */
const byLimit = (a: Live, b: Live) => {
  if (a.order.price === b.order.price) return a.seq - b.seq
  return a.order.price < b.order.price === a.order.sell ? -1 : 1
}

function edgesOf({ last, width }: NaiveBook): { low: bigint; high: bigint } | null {
  if (last === null || width === null) return null
  return { low: most([0n, last - width]), high: least([MAX, last + width]) }
}

/** Step 2. */
function withoutSelfTrades(orders: NaiveOrder[], out: (string | null)[]): Live[] {
  const surviving: Live[] = []
  orders.forEach((order, seq) => {
    const meets = surviving.some(({ order: earlier }) => {
      if (earlier.trader !== order.trader || earlier.sell === order.sell) return false
      const [buy, sell] = order.sell ? [earlier, order] : [order, earlier]
      return buy.price >= sell.price
    })
    if (meets) out[seq] = 'self-trade'
    else surviving.push({ order, seq, lots: order.quantity })
  })
  return surviving
}

/** Step 3, margin: lot by lot, as many as are still paid for. */
function cutByMargin(money: NaiveMoney, live: Live[], out: (string | null)[]): Live[] {
  const left = money.margins.map((margin) => ({ ...margin }))
  const going: Live[] = []
  for (const { order, seq } of live) {
    const have = left[order.trader] ?? { base: 0n, quote: 0n }
    const costs = (lots: bigint) => {
      if (order.sell) return lots * money.lotSize
      const payment = lots * order.price * money.tickSize
      const fee = (payment * money.feeBps) / 10_000n
      return payment + (fee * 10_000n === payment * money.feeBps ? fee : fee + 1n)
    }
    const budget = order.sell ? have.base : have.quote
    let lots = 0n
    while (lots < order.quantity && costs(lots + 1n) <= budget) lots += 1n
    if (order.fillOrKill && lots < order.quantity) out[seq] = 'uncovered'
    else if (lots === 0n || lots < smallest(order)) out[seq] = 'cut'
    else {
      if (order.sell) have.base -= costs(lots)
      else have.quote -= costs(lots)
      going.push({ order, seq, lots })
    }
  }
  return going
}

/** Step 3, the oldest 256 of those with terms. */
function oldest(live: Live[], out: (string | null)[]): Live[] {
  const late = live.filter(({ order }) => hasTerms(order)).slice(256)
  for (const { seq } of late) out[seq] = 'too-many-conditional'
  return live.filter((one) => !late.includes(one))
}

/** Step 3, crowding: in seq order, as they came. */
function crowded(live: Live[], maxFills: bigint | null): Live[] {
  if (maxFills === null) return live
  const going = new Set<Live>()
  for (const sell of [false, true]) {
    for (const market of [false, true]) {
      const alike = live.filter(({ order }) => order.sell === sell && order.market === market)
      for (const one of alike.sort(byLimit).slice(0, Number(maxFills / 4n))) going.add(one)
    }
  }
  return live.filter((one) => going.has(one))
}

/** Step 4; null where nothing trades. */
function priceOf(book: NaiveBook, live: Live[]): bigint | null {
  const edges = edgesOf(book)
  const limits = live.filter(({ order }) => !order.market).map(({ order }) => order.price)
  let left: bigint[]
  if (limits.length === 0) left = book.last === null ? [] : [book.last]
  else if (edges) left = [...limits.filter((p) => p >= edges.low && p <= edges.high), edges.low, edges.high]
  else left = limits
  if (left.length === 0) return null
  const volume = most(left.map((p) => volumeAt(live, p)))
  if (volume === 0n) return null
  left = left.filter((p) => volumeAt(live, p) === volume)
  const surplus = least(left.map((p) => size(surplusAt(live, p))))
  left = left.filter((p) => size(surplusAt(live, p)) === surplus)
  const buy = left.filter((p) => surplusAt(live, p) > 0n)
  const sell = left.filter((p) => surplusAt(live, p) < 0n)
  if (buy.length === left.length) return most(left)
  if (sell.length === left.length) return least(left)
  const from = buy.length > 0 ? most(buy) : least(left)
  const until = sell.length > 0 ? least(sell) : most(left)
  const wished = book.last ?? (least(left) + most(left)) / 2n
  return most([from, least([until, wished])])
}

/** "Pro rata by largest remainder, ties by seq": of members in seq order. */
function naiveShares(quantities: bigint[], volume: bigint): bigint[] {
  const total = sum(quantities)
  const shares = quantities.map((quantity) => (quantity * volume) / total)
  const order = quantities
    .map((quantity, at) => ({ at, rest: (quantity * volume) % total }))
    .sort((a, b) => (a.rest === b.rest ? a.at - b.at : a.rest > b.rest ? -1 : 1))
  for (const { at } of order.slice(0, Number(volume - sum(shares)))) shares[at]! += 1n
  return shares
}

/** Step 5. */
function fillsAt(book: NaiveBook, live: Live[], p: bigint): Map<Live, bigint> {
  const volume = volumeAt(live, p)
  const edges = edgesOf(book)
  const fills = new Map<Live, bigint>()
  for (const sell of [false, true]) {
    const side = live.filter(({ order }) => order.sell === sell && accepts(order, p))
    const isLonger = sum(side.map(({ lots }) => lots)) > volume
    if (!isLonger) {
      for (const one of side) fills.set(one, one.lots)
      continue
    }
    // Step 4 names the edge that counts: the upper one for buys, the lower one for sells.
    const isAtEdge = edges !== null && p === (sell ? edges.low : edges.high)
    const levels = isAtEdge
      ? [side]
      : [...new Set([...side].sort(byLimit).map(({ order }) => order.price))].map((price) =>
          side.filter(({ order }) => order.price === price),
        )
    let rest = volume
    for (const level of levels) {
      const wanted = level.map(({ lots }) => lots)
      const given = least([rest, sum(wanted)])
      naiveShares(wanted, given).forEach((share, place) => fills.set(level[place]!, share))
      rest -= given
    }
  }
  return fills
}

/** Step 6: who is left out next, of those at p or better that were filled below their terms. */
function leftOut(live: Live[], p: bigint, fills: Map<Live, bigint>): Live | null {
  const short = live.filter((one) => {
    const { order } = one
    const terms = order.fillOrKill ? order.quantity : smallest(order)
    return hasTerms(order) && accepts(order, p) && fills.get(one)! < terms
  })
  const buys = short.filter(({ order }) => !order.sell)
  const side = buys.length > 0 ? buys : short
  if (side.length === 0) return null
  const prices = side.map(({ order }) => order.price)
  const worst = buys.length > 0 ? least(prices) : most(prices)
  return side.filter(({ order }) => order.price === worst).at(-1)!
}

/** Step 4's last sentence. */
function lastWithoutTrade(book: NaiveBook, live: Live[]): bigint | null {
  const edges = edgesOf(book)
  const buys = live.filter(({ order }) => !order.sell).map(({ order }) => order.price)
  const sells = live.filter(({ order }) => order.sell).map(({ order }) => order.price)
  if (!edges || buys.length === 0 || sells.length === 0) return book.last
  const [highest, lowest] = [most(buys), least(sells)]
  if (highest < lowest) return book.last
  if (lowest > edges.high) return edges.high
  return highest < edges.low ? edges.low : book.last
}

/** Steps 2 to 6. */
export function naiveClear(book: NaiveBook): NaiveClearing {
  const out: (string | null)[] = book.orders.map(() => null)
  const surviving = withoutSelfTrades(book.orders, out)
  const covered = book.money ? cutByMargin(book.money, surviving, out) : surviving
  let considered = oldest(covered, out)
  for (;;) {
    const live = crowded(considered, book.maxFills)
    const p = priceOf(book, live)
    const fills = p === null ? new Map<Live, bigint>() : fillsAt(book, live, p)
    const worst = p === null ? null : leftOut(live, p, fills)
    if (worst) {
      out[worst.seq] = worst.order.fillOrKill ? 'fill-or-kill' : 'min-fill'
      considered = considered.filter((one) => one !== worst)
      continue
    }
    for (const one of considered) if (!live.includes(one)) out[one.seq] = 'crowded-out'
    const lots = book.orders.map(() => 0n)
    for (const [{ seq }, count] of fills) lots[seq] = count
    if (p === null) return { price: null, volume: 0n, last: lastWithoutTrade(book, live), fills: lots, out }
    return { price: p, volume: volumeAt(live, p), last: p, fills: lots, out }
  }
}
