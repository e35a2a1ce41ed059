import type { JournalIdentity, JournalRecord, MinedRecord, SignedRecord } from './records'

/** One nonce of the account, and every transaction that was signed for it: a block takes one of them, and only one. */
export type Slot = { nonce: number; attempts: [SignedRecord, ...SignedRecord[]]; mined: MinedRecord | null }

/** How often a task failed, and until when (milliseconds since 1970) it is left alone. */
export type Pause = { failures: number; until: number }

/** What the journal's lines come to. */
export type JournalState = {
  identity: JournalIdentity | null
  slots: Map<number, Slot>
  pauses: Map<string, Pause>
  /** By auction: how often its lots reverted in blocks. */
  lots: Map<string, number>
}

/** Reads the lines in order. Lines about a nonce whose beginning is missing are passed over. */
export function replayJournal(records: readonly JournalRecord[]): JournalState {
  const state: JournalState = { identity: null, slots: new Map(), pauses: new Map(), lots: new Map() }
  for (const record of records) applyRecord(state, record)
  return state
}

/** The shortest journal that comes to this state. */
export function journalOf({ identity, slots, pauses, lots }: JournalState): JournalRecord[] {
  const records: JournalRecord[] = identity ? [{ type: 'identity', version: 1, ...identity }] : []
  for (const { attempts, mined } of slots.values()) records.push(...attempts, ...(mined ? [mined] : []))
  for (const [task, pause] of pauses) records.push({ type: 'paused', task, ...pause })
  for (const [id, reverts] of lots) records.push({ type: 'lots', id: id as `0x${string}`, reverts })
  return records
}

/** Changes the state as the line says. */
export function applyRecord(state: JournalState, record: JournalRecord): void {
  const { slots, pauses, lots } = state
  switch (record.type) {
    case 'identity': {
      const { chainId, contract, account, origin } = record
      state.identity = { chainId, contract, account, origin }
      break
    }
    case 'signed': {
      const slot = slots.get(record.nonce)
      if (slot) slot.attempts.push(record)
      else slots.set(record.nonce, { nonce: record.nonce, attempts: [record], mined: null })
      break
    }
    case 'mined': {
      const slot = slots.get(record.nonce)
      if (slot) slot.mined = record
      break
    }
    case 'unmined': {
      const slot = slots.get(record.nonce)
      if (slot) slot.mined = null
      break
    }
    case 'closed':
      slots.delete(record.nonce)
      break
    case 'paused':
      pauses.set(record.task, { failures: record.failures, until: record.until })
      break
    case 'resumed':
      pauses.delete(record.task)
      break
    case 'lots':
      lots.set(record.id, record.reverts)
      break
  }
}
