const BITS = 11
const BUCKETS = 1 << BITS
const PASSES = 3

/**
 * Indexes of `price`, lowest price first and equal prices in their order: a radix sort, 11 bits a pass, which is linear
 * where a comparison sort of a hundred thousand orders would take longer than all the rest of the clearing.
 */
export function sortByPrice(price: Uint32Array, count: number): Uint32Array {
  const histogram = new Uint32Array(PASSES * BUCKETS)
  for (let at = 0; at < count; at++) {
    const key = price[at]!
    histogram[key & (BUCKETS - 1)]!++
    histogram[BUCKETS + ((key >>> BITS) & (BUCKETS - 1))]!++
    histogram[2 * BUCKETS + (key >>> (2 * BITS))]!++
  }
  let from = new Uint32Array(count)
  let to = new Uint32Array(count)
  for (let at = 0; at < count; at++) from[at] = at
  for (let pass = 0; pass < PASSES; pass++) {
    const places = histogram.subarray(pass * BUCKETS, (pass + 1) * BUCKETS)
    let start = 0
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const size = places[bucket]!
      places[bucket] = start
      start += size
    }
    for (let at = 0; at < count; at++) {
      const index = from[at]!
      to[places[(price[index]! >>> (pass * BITS)) & (BUCKETS - 1)]!++] = index
    }
    ;[from, to] = [to, from]
  }
  return from
}
