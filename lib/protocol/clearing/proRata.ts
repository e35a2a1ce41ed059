/**
 * Shares `volume` lots among orders in proportion to their quantities, by largest remainder, ties by place: floor first,
 * then a lot each to those whose floor cut off the most. Nobody gets more than his quantity, and the sum is `volume`.
 *
 * @param members Indexes into `quantity`, in seq order.
 * @param volume Lots, at most the members' total.
 * @param total The members' quantities, summed.
 * @param fills Written at the members' indexes.
 */
export function shareProRata(
  members: Uint32Array,
  quantity: Uint32Array,
  volume: number,
  total: number,
  fills: Uint32Array,
): void {
  const remainders = new Float64Array(members.length)
  let missing = volume
  for (let place = 0; place < members.length; place++) {
    const at = members[place]!
    const [share, remainder] = divide(quantity[at]!, volume, total)
    fills[at] = share
    remainders[place] = remainder
    missing -= share
  }
  if (missing === 0) return
  // The remainder of the last one who gets a lot more: all above it do, and of its equals the first in line.
  const threshold = remainders.slice().sort()[members.length - missing]!
  let equals = missing
  for (const remainder of remainders) if (remainder > threshold) equals--
  for (let place = 0; place < members.length; place++) {
    const remainder = remainders[place]!
    if (remainder > threshold || (remainder === threshold && equals-- > 0)) fills[members[place]!]!++
  }
}

/** Quotient and remainder of `quantity * volume / total`; both are below 2^53, though the product may not be. */
function divide(quantity: number, volume: number, total: number): [number, number] {
  const product = quantity * volume
  if (product <= Number.MAX_SAFE_INTEGER) {
    const remainder = product % total
    return [(product - remainder) / total, remainder]
  }
  const exact = BigInt(quantity) * BigInt(volume)
  return [Number(exact / BigInt(total)), Number(exact % BigInt(total))]
}
