import type { Hex } from 'viem'
import type { Logger } from '../../observe/logger'
import { Journal } from '../journal/journal'
import {
  parseAnchorRecord,
  type AnchoredRecord,
  type AnchorIdentity,
  type AnchorRecord,
  type SignedAnchor,
} from './records'

/** What the journal's lines come to. One transaction at most is under way: nodes may keep no more of an account. */
export type AnchorMemory = {
  identity: AnchorIdentity | null
  /** The last final block whose settlements are known; null before the first. */
  read: bigint | null
  /** In the order of the chain. */
  due: Set<Hex>
  signed: SignedAnchor | null
  anchored: Map<Hex, AnchoredRecord>
}

const empty = (): AnchorMemory => ({ identity: null, read: null, due: new Set(), signed: null, anchored: new Map() })

/** Reads the lines in order. */
export function replayAnchors(records: readonly AnchorRecord[]): AnchorMemory {
  const memory = empty()
  for (const record of records) apply(memory, record)
  return memory
}

/** The shortest journal that comes to this memory. */
export function journalOfAnchors({ identity, read, due, signed, anchored }: AnchorMemory): AnchorRecord[] {
  return [
    ...(identity ? [{ type: 'identity' as const, version: 1 as const, ...identity }] : []),
    ...(read === null ? [] : [{ type: 'read' as const, block: read }]),
    ...anchored.values(),
    ...[...due].map((bytes) => ({ type: 'due' as const, bytes })),
    ...(signed ? [signed] : []),
  ]
}

function apply(memory: AnchorMemory, record: AnchorRecord): void {
  switch (record.type) {
    case 'identity': {
      const { chainId, contract, origin, anchorOrigin, account } = record
      memory.identity = { chainId, contract, origin, anchorOrigin, account }
      break
    }
    case 'read':
      memory.read = record.block
      break
    case 'due':
      if (!memory.anchored.has(record.bytes)) memory.due.add(record.bytes)
      break
    case 'signed':
      memory.signed = record
      break
    case 'dropped':
      memory.signed = null
      break
    case 'anchored':
      memory.anchored.set(record.bytes, record)
      memory.due.delete(record.bytes)
      if (memory.signed?.bytes === record.bytes) memory.signed = null
      break
  }
}

/** The memory of what was anchored and is about to be, on the disk; as `KeeperState` is of the other transactions. */
export class AnchorState {
  private constructor(
    private readonly journal: Journal<AnchorRecord>,
    private readonly log: Logger,
    readonly now: AnchorMemory,
  ) {}

  /** @throws JournalHeld where another process works with the file. */
  static async open(file: string, log: Logger): Promise<AnchorState> {
    const { journal, contents } = await Journal.open(file, parseAnchorRecord)
    if (contents.damaged > 0) log.error({ file, lines: contents.damaged }, 'lines of the journal cannot be read')
    return new AnchorState(journal, log, replayAnchors(contents.records))
  }

  /** Resolves when the lines are on the disk, and only then holds what they say. */
  async record(...records: AnchorRecord[]): Promise<void> {
    await this.journal.append(...records)
    for (const record of records) apply(this.now, record)
    const shortest = journalOfAnchors(this.now)
    if (this.journal.isLong(shortest.length)) await this.journal.rewrite(shortest)
  }

  /** A journal about other chains, another contract or account is kept under another name, and a new one begun. */
  async identify(identity: AnchorIdentity): Promise<void> {
    const held = this.now.identity
    if (held && text(held) === text(identity)) return
    if (held) {
      const kept = `${this.journal.file}.${Date.now()}`
      await this.journal.setAside(kept)
      Object.assign(this.now, empty())
      this.log.warn({ kept }, 'the anchors were of other chains, or another account; a new record begins')
    }
    await this.record({ type: 'identity', version: 1, ...identity })
  }

  close(): Promise<void> {
    return this.journal.close()
  }
}

function text({ chainId, contract, origin, anchorOrigin, account }: AnchorIdentity): string {
  return [chainId, contract, origin, anchorOrigin, account].join().toLowerCase()
}
