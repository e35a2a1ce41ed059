import { appendFile, mkdtemp, readdir, readFile, rm, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getAddress } from 'viem'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Journal } from '../../../lib/keeper/journal/journal'
import { KeeperState } from '../../../lib/keeper/journal/keeperState'
import { JournalHeld } from '../../../lib/keeper/journal/lock'
import { parseRecord, type JournalRecord } from '../../../lib/keeper/journal/records'
import { journalOf, replayJournal } from '../../../lib/keeper/journal/state'
import { createLogger } from '../../../lib/observe/logger'

const hash = (digit: string) => `0x${digit.repeat(64)}` as const
const contract = getAddress(`0x${'ab'.repeat(20)}`)
const identity = { chainId: 31337, contract, account: contract, origin: hash('0') }
const fees = { gas: 21_000n, maxFeePerGas: 2n ** 70n, maxPriorityFeePerGas: 1n }

function signed(nonce: number, digit: string): JournalRecord {
  const call = { to: contract, data: '0x1234', value: 0n, method: 'settle' } as const
  return {
    type: 'signed',
    nonce,
    task: 'x/settle/',
    kind: 'settle',
    hash: hash(digit),
    ...call,
    ...fees,
    head: 9n,
    at: 5,
  }
}
const mined = (nonce: number, digit: string): JournalRecord => ({
  ...{ type: 'mined', nonce, hash: hash(digit), blockNumber: 10n, blockHash: hash('b'), succeeded: true },
  ...{ gasUsed: 5n, gasPrice: 7n },
})

let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'subrosa-journal-'))
  file = join(folder, 'journal')
})
afterEach(() => rm(folder, { recursive: true }))

const log = createLogger('keeper', 'silent')

async function recordsOf(): Promise<JournalRecord[]> {
  const { journal, contents } = await Journal.open(file, parseRecord)
  await journal.close()
  return contents.records
}

describe('a journal', () => {
  it('has after a restart what was appended, in order, big numbers whole', async () => {
    const { journal } = await Journal.open(file, parseRecord)
    const lines = [signed(1, '1'), signed(1, '2'), mined(1, '2')]
    await Promise.all(lines.map((line) => journal.append(line)))
    await journal.close()
    expect(await recordsOf()).toEqual(lines)
  })

  it('cuts off a last line without its end, wherever it was torn, and goes on', async () => {
    const { journal } = await Journal.open(file, parseRecord)
    await journal.append(signed(1, '1'), signed(2, '2'))
    await journal.close()
    const whole = await readFile(file, 'utf8')
    const first = whole.indexOf('\n') + 1
    for (const length of [first + 1, first + 40, whole.length - 1]) {
      await rm(file)
      await appendFile(file, whole.slice(0, length))
      const { journal: torn, contents } = await Journal.open(file, parseRecord)
      expect(contents).toEqual({ records: [signed(1, '1')], damaged: 0 })
      await torn.append(signed(3, '3'))
      await torn.close()
      expect(await recordsOf()).toEqual([signed(1, '1'), signed(3, '3')])
    }
  })

  it('passes over whole lines that are no records, and counts them', async () => {
    await appendFile(file, '{"type":"closed","nonce":-1}\nnonsense\n{"type":"closed","nonce":4}\n')
    const { journal, contents } = await Journal.open(file, parseRecord)
    await journal.close()
    expect(contents).toEqual({ records: [{ type: 'closed', nonce: 4 }], damaged: 2 })
  })

  it('belongs to one process at a time', async () => {
    const { journal } = await Journal.open(file, parseRecord)
    await expect(Journal.open(file, parseRecord)).rejects.toThrow(JournalHeld)
    await journal.close()
    expect(await recordsOf()).toEqual([])
  })

  it('writes nothing more once its lock is gone', async () => {
    const { journal } = await Journal.open(file, parseRecord)
    await unlink(`${file}.lock`)
    await expect(journal.append(signed(1, '1'))).rejects.toThrow(JournalHeld)
    const { journal: other } = await Journal.open(file, parseRecord)
    await expect(journal.append(signed(1, '1'))).rejects.toThrow(JournalHeld)
    await journal.close()
    await other.append(signed(2, '2'))
    await other.close()
    expect(await recordsOf()).toEqual([signed(2, '2')])
  })

  it('is rewritten to what it comes to when it is long', async () => {
    const state = await KeeperState.open(file, log)
    await state.identify(identity)
    await state.record(signed(7, '7'), mined(7, '7'))
    const noise = Array.from({ length: 2_100 }, () => ({ type: 'paused', task: 't', failures: 3, until: 8 }) as const)
    await state.record(...noise)
    await state.record({ type: 'lots', id: hash('c'), reverts: 2 })
    await state.close()
    expect((await readFile(file, 'utf8')).split('\n').length).toBeLessThan(10)
    const again = await KeeperState.open(file, log)
    expect(again.now).toEqual(state.now)
    await again.close()
  })

  it('of another chain is set aside, not acted on', async () => {
    const state = await KeeperState.open(file, log)
    await state.identify(identity)
    await state.record(signed(7, '7'))
    await state.identify({ ...identity, origin: hash('1') })
    expect(state.now.slots.size).toBe(0)
    await state.close()
    expect((await readdir(folder)).filter((name) => name.startsWith('journal.'))).toHaveLength(1)
    expect(await recordsOf()).toHaveLength(1)
  })
})

describe('a journal’s state', () => {
  it('comes out of the shortest journal as it went in', () => {
    const state = replayJournal([
      ...[{ type: 'identity', version: 1, ...identity } as const, signed(1, '1'), signed(2, '2'), signed(2, '3')],
      ...[mined(2, '3'), signed(4, '4'), { type: 'closed', nonce: 4 } as const, mined(9, '9')],
      ...[{ type: 'unmined', nonce: 1 } as const, { type: 'paused', task: 'a', failures: 1, until: 5 } as const],
      ...[{ type: 'resumed', task: 'a' } as const, { type: 'lots', id: hash('d'), reverts: 1 } as const],
    ])
    expect([...state.slots.keys()]).toEqual([1, 2])
    expect(state.pauses.size).toBe(0)
    expect(replayJournal(journalOf(state))).toEqual(state)
  })
})
