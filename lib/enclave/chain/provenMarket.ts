import { getAddress, numberToHex, pad, type Address, type Hex } from 'viem'
import { storageLayouts } from '../../abi/storageLayouts'
import type { BatchState } from '../../chain/book/batchState'
import type { MarketState } from '../../chain/book/marketState'
import type { Margin } from '../../chain/book/reads'
import type { DeadlineMove } from '../../protocol/book/deadline'
import { UINT32_MAX } from '../../protocol/constants'
import { fieldsOf, slotsOf, type MappingLayout } from './slots'

const { _markets, _batches, _margins, _withdrawals, _barred, _moves } = storageLayouts.HiddenBook
const { _signerIndexes } = storageLayouts.EnclaveRegistry

/** A trader's money in one market, with what he asked to take out. `batchId`: of his last request; null: not proven. */
export type ProvenAccount = { margin: Margin; withdrawal: Margin & { batchId: bigint | null } }

/** What is written of a struct, and how to read it back: slots of one contract, and what their values say. */
export type ProvenValue<T> = { slots: Hex[]; decode: (values: readonly Hex[]) => T }

const word = (value: bigint | number) => numberToHex(value, { size: 32 })
const addressOf = (value: bigint) => getAddress(numberToHex(value, { size: 20 }))

function valueOf<Name extends string, T>(
  layout: MappingLayout<Name>,
  keys: readonly Hex[],
  decode: (fields: Record<Name, bigint>) => T,
): ProvenValue<T> {
  const names = Object.keys(layout.fields) as Name[]
  return { slots: slotsOf(layout, keys, names), decode: (values) => decode(fieldsOf(layout, names, values)) }
}

/** A market as the book stores it, its terms included; `creator` is the zero address where there is none. */
export function marketValue(id: Hex): ProvenValue<MarketState> {
  return valueOf(_markets, [id], (fields) => ({
    id,
    creator: addressOf(fields.creator),
    base: addressOf(fields.base),
    quote: addressOf(fields.quote),
    tickSize: fields.tickSize,
    lotSize: fields.lotSize,
    batchLength: Number(fields.batchLength),
    feeBps: Number(fields.feeBps),
    bandBps: Number(fields.bandBps),
    batchSettleBy: Number(fields.batchSettleBy),
    challengeWindow: Number(fields.challengeWindow),
    operator: addressOf(fields.operator),
    minLots: Number(fields.minLots),
    maxOrderAge: Number(fields.maxOrderAge),
    maxFills: Number(fields.maxFills),
    startsAt: fields.startsAt,
    lastPrice: Number(fields.lastPrice),
    strikes: Number(fields.strikes),
    moves: Number(fields.moves),
    head: fields.head,
    toSettle: fields.toSettle,
    tail: fields.tail,
  }))
}

/** A batch as the book stores it: zeros where nobody used it. Of batch 0, `next` is the market's first used one. */
export function batchValue(id: Hex, batchId: bigint): ProvenValue<BatchState> {
  return valueOf(_batches, [id, word(batchId)], (fields) => ({
    acc: word(fields.acc),
    count: Number(fields.count),
    keyId: word(fields.keyId),
    next: fields.next,
    status: Number(fields.status),
    price: Number(fields.price),
    priceBefore: Number(fields.priceBefore),
    settlementHash: word(fields.settlementHash),
    challengeUntil: fields.challengeUntil,
    signer: addressOf(fields.signer),
    isStruck: fields.isStruck !== 0n,
  }))
}

/**
 * A trader's margin, and the withdrawal that waits.
 *
 * @param withBatch Whether the request's batch is proven as well: of no use where nothing was asked for, which its
 * amounts tell.
 */
export function accountValue(id: Hex, trader: Address, withBatch: boolean): ProvenValue<ProvenAccount> {
  const keys = [id, pad(trader)]
  const margin = valueOf(_margins, keys, ({ base, quote }) => ({ base, quote }))
  const names = withBatch ? (['base', 'quote', 'batchId'] as const) : (['base', 'quote'] as const)
  const asked = slotsOf<keyof typeof _withdrawals.fields>(_withdrawals, keys, names)
  const split = margin.slots.length
  return {
    slots: [...margin.slots, ...asked],
    decode(values) {
      const fields = fieldsOf<(typeof names)[number]>(_withdrawals, names, values.slice(split))
      const batchId = 'batchId' in fields && typeof fields.batchId === 'bigint' ? fields.batchId : null
      return { margin: margin.decode(values), withdrawal: { base: fields.base, quote: fields.quote, batchId } }
    },
  }
}

/** Whether a settlement of this signer was struck in the market. */
export function barredValue(id: Hex, signer: Address): ProvenValue<boolean> {
  return valueOf(_barred, [id, pad(signer)], ({ value }) => value !== 0n)
}

/** What a strike gave, by its number from 0 among those that moved deadlines. PROTOCOL.md section 9. */
export function moveValue(id: Hex, index: number): ProvenValue<DeadlineMove> {
  return valueOf(_moves, [id, word(index)], ({ from, unsettled, to, until }) => ({
    ...{ from, to, until },
    // The contract has the largest number where every used batch was settled.
    unsettled: unsettled === BigInt(UINT32_MAX) ? 0n : unsettled,
  }))
}

/** A signer's place among those of a key in the registry, from 1; 0 where it is none of them. */
export function signerIndexValue(keyId: Hex, signer: Address): ProvenValue<number> {
  return valueOf(_signerIndexes, [keyId, pad(signer)], ({ value }) => Number(value))
}
