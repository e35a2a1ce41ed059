import type { OutcomeBid } from '../../protocol/auction/outcome'
import type { Openings } from '../opening/openBids'
import type { PackedBids } from './packedBids'

/** A packed bid as the outcome takes it: fields are unpacked as they are asked for, so that many take little memory. */
export class PackedOutcomeBid implements OutcomeBid {
  readonly #bids: PackedBids
  readonly #openings: Openings
  readonly #position: number

  constructor(bids: PackedBids, openings: Openings, position: number) {
    this.#bids = bids
    this.#openings = openings
    this.#position = position
  }

  get seq(): number {
    return this.#bids.seqAt(this.#position)
  }

  get bidder(): string {
    return this.#bids.bidderAt(this.#position)
  }

  get collateral(): bigint {
    return this.#bids.collateralAt(this.#position)
  }

  get state(): 'live' | 'cancelled' {
    return this.#bids.isLive(this.#position) ? 'live' : 'cancelled'
  }

  get opening(): { price: number; quantity: number } | null {
    return this.#openings.at(this.#position)
  }
}
