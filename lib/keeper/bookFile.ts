import { open, readFile, rename } from 'node:fs/promises'
import type { Hash } from 'viem'
import { z } from 'zod'
import type { TrackedAuction } from './auctionBook'
import { address, count, decimal, encode, hash } from './fields'

const bid = z.object({
  ...{ seq: count, slot: count, bidder: address },
  ...{ collateral: decimal, x: decimal, y: decimal, sealedHash: hash },
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

const file = z.object({
  version: z.literal(1),
  chainId: count,
  contract: address,
  /** The last block it counts, which was final. */
  block: decimal,
  blockHash: hash,
  auctions: z.array(auction),
})

/** The book of auctions as of a final block. */
export type BookCheckpoint = {
  chainId: number
  contract: string
  block: bigint
  blockHash: Hash
  auctions: TrackedAuction[]
}

/** Saves what a start would otherwise read from the chain. Losing the file costs that reading, and nothing else. */
export async function saveBook(path: string, checkpoint: BookCheckpoint): Promise<void> {
  const auctions = checkpoint.auctions.map((one) => ({ ...one, locked: [...one.locked.values()] }))
  const fresh = `${path}.new`
  const writer = await open(fresh, 'w', 0o600)
  try {
    await writer.writeFile(encode({ ...checkpoint, version: 1, auctions }))
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
