import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { loadBook, saveBook, type BookCheckpoint } from '../../../lib/keeper/bookFile'

const hash = `0x${'11'.repeat(32)}` as const
const trader = '0x2222222222222222222222222222222222222222'
const settlement = {
  ...{ marketId: hash, batchId: 2n, acc: hash, count: 2, round: 1, price: 5 },
  ...{ fillsHash: hash, carriedHash: hash, proofHash: hash },
}
const checkpoint: BookCheckpoint = {
  ...{ chainId: 31337, contract: trader, bookContract: trader, block: 2n ** 60n, blockHash: hash, auctions: [] },
  markets: [
    {
      ...{ id: hash, startsAt: 1_000n, params: { batchLength: 10, batchSettleBy: 100 }, strikes: 2, tail: 3n },
      batches: new Map([
        [3n, { status: 'open' }],
        [
          2n,
          { status: 'settled', challengeUntil: 99n, settlement, fills: [{ leaf: hash, trader, sell: true, lots: 7 }] },
        ],
      ]),
      withdrawals: new Map([[trader, 4n]]),
    },
  ],
}

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'subrosa-book-'))
})
afterAll(() => rm(folder, { recursive: true }))

it('a checkpoint gives back the markets as they were saved', async () => {
  const file = join(folder, 'book')
  await saveBook(file, checkpoint)
  const { version, ...loaded } = (await loadBook(file)) as BookCheckpoint & { version: number }
  expect(version).toBe(3)
  expect(loaded).toEqual(checkpoint)
})

it('a checkpoint of before there were markets is passed over: the chain is read again', async () => {
  const file = join(folder, 'old')
  const old = { version: 1, chainId: 31337, contract: trader, block: '1', blockHash: hash, auctions: [] }
  await writeFile(file, JSON.stringify(old))
  expect(await loadBook(file)).toBeNull()
})

it('a checkpoint of before bids had points and a credit is passed over likewise', async () => {
  const file = join(folder, 'pointless')
  await saveBook(file, checkpoint)
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace('"version":3', '"version":2'))
  expect(await loadBook(file)).toBeNull()
})
