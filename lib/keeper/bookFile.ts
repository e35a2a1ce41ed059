import { open, readFile, rename } from 'node:fs/promises'
import type { Hash } from 'viem'
import { z } from 'zod'
import type { TrackedAuction } from './auctionBook'
import { address, count, decimal, encode, hash } from './fields'
import type { TrackedMarket } from './marketBook'

const bid = z.object({
  ...{ seq: count, slot: count, bidder: address },
  ...{ collateral: decimal, points: z.int(), creditBps: count, x: decimal, y: decimal, sealedHash: hash },
})

const auction = z.object({
  id: hash,
  seller: address,
  params: z.object({ keyId: hash, closesAt: decimal, settleBy: decimal, supply: count }),
  status: z.enum(['open', 'settled', 'voided']),
  locked: z.array(bid).transform((bids) => new Map(bids.map((one) => [one.seq, one]))),
  unsent: z.array(z.object({ bidder: address, slot: count })),
  challengeUntil: decimal,
  unsoldLots: count,
  proceeds: decimal,
})

const fill = z.object({ leaf: hash, trader: address, sell: z.boolean(), lots: count })

const settlement = z.object({
  ...{ marketId: hash, batchId: decimal, acc: hash, count, round: count, price: count },
  ...{ fillsHash: hash, carriedHash: hash, proofHash: hash },
})

const batch = z.discriminatedUnion('status', [
  z.object({ status: z.literal('open') }),
  z.object({ status: z.literal('settled'), challengeUntil: decimal, settlement, fills: z.array(fill) }),
])

const market = z.object({
  id: hash,
  startsAt: decimal,
  params: z.object({ batchLength: count, batchSettleBy: count }),
  strikes: count,
  tail: decimal,
  batches: z.array(z.tuple([decimal, batch])).transform((batches) => new Map(batches)),
  withdrawals: z.array(z.tuple([address, decimal])).transform((withdrawals) => new Map(withdrawals)),
})

const file = z.object({
  version: z.literal(3),
  chainId: count,
  contract: address,
  bookContract: address,
  /** The last block it counts, which was final. */
  block: decimal,
  blockHash: hash,
  auctions: z.array(auction),
  markets: z.array(market),
})

/** The book of auctions and that of markets as of a final block. `contract`: the auctions'. */
export type BookCheckpoint = {
  chainId: number
  contract: string
  bookContract: string
  block: bigint
  blockHash: Hash
  auctions: TrackedAuction[]
  markets: TrackedMarket[]
}

/** Saves what a start would otherwise read from the chain. Losing the file costs that reading, and nothing else. */
export async function saveBook(path: string, checkpoint: BookCheckpoint): Promise<void> {
  const auctions = checkpoint.auctions.map((one) => ({ ...one, locked: [...one.locked.values()] }))
  const markets = checkpoint.markets.map((one) => ({
    ...one,
    batches: [...one.batches],
    withdrawals: [...one.withdrawals],
  }))
  const fresh = `${path}.new`
  const writer = await open(fresh, 'w', 0o600)
  try {
    await writer.writeFile(encode({ ...checkpoint, version: 3, auctions, markets }))
    await writer.sync()
  } finally {
    await writer.close()
  }
  await rename(fresh, path)
}

/** @returns null where there is no such file, or it cannot be read. */
export async function loadBook(path: string): Promise<BookCheckpoint | null> {
  try {
    return file.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return null
  }
}
