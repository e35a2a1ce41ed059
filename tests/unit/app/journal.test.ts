import { describe, expect, it } from 'vitest'
import { eraseJournal, readJournal, writeJournal, type JournalEntry } from '../../../app/_transaction/journal'
import { JOURNAL_KEY } from '../../../app/_transaction/journalKey'

function storage(initial?: string) {
  const kept = new Map<string, string>(initial === undefined ? [] : [[JOURNAL_KEY, initial]])
  const open = () => ({
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  })
  return { kept, open }
}

const entry: JournalEntry = {
  version: 2,
  id: 'one',
  chainId: 31337,
  contract: `0x${'11'.repeat(20)}`,
  account: `0x${'22'.repeat(20)}`,
  title: 'Seal and place your bid',
  done: 'Your bid is sealed and counted.',
  stage: 'submitted',
  step: 'Place your bid',
  sealed: { id: `0x${'33'.repeat(32)}`, fromBlock: '5', x: '7', y: '9' },
  hash: `0x${'44'.repeat(32)}`,
  updatedAt: 1,
}

describe('the journal of jobs under way', () => {
  it('gives back what was written, once a job, and nothing once all are erased', () => {
    const { kept, open } = storage()
    expect(writeJournal(entry, open)).toBe(true)
    expect(writeJournal({ ...entry, stage: 'included' }, open)).toBe(true)
    expect(readJournal(open)).toEqual([{ ...entry, stage: 'included' }])
    eraseJournal('one', open)
    expect(kept.has(JOURNAL_KEY)).toBe(false)
  })

  it('passes over what is not an entry, and keeps the others', () => {
    const bad = [
      { ...entry, version: 1 },
      { ...entry, hash: '0x12' },
      { ...entry, secret: 'what a journal never holds' },
      { ...entry, stage: 'dreaming' },
      null,
    ]
    const { open } = storage(JSON.stringify([...bad, entry]))
    expect(readJournal(open)).toEqual([entry])
  })

  it.each(['{', '{}', '7', 'null'])('reads %s as no jobs at all', (text) => {
    expect(readJournal(storage(text).open)).toEqual([])
  })

  it('keeps no more than the last twenty', () => {
    const { open } = storage()
    for (let job = 0; job < 25; job++) writeJournal({ ...entry, id: `job ${job}` }, open)
    const ids = readJournal(open).map(({ id }) => id)
    expect(ids).toHaveLength(20)
    expect(ids[0]).toBe('job 5')
  })

  it('says so where the browser stores nothing', () => {
    const refuse = () => {
      throw new DOMException('Access is denied.', 'SecurityError')
    }
    expect(writeJournal(entry, refuse)).toBe(false)
    expect(readJournal(refuse)).toEqual([])
  })
})
