import type { Logger } from '../../observe/logger'
import { Journal } from './journal'
import { parseRecord, type JournalIdentity, type JournalRecord } from './records'
import { applyRecord, journalOf, replayJournal, type JournalState } from './state'

/** The keeper's memory: what its journal comes to, and the only way to change it. */
export class KeeperState {
  private constructor(
    private readonly journal: Journal<JournalRecord>,
    private readonly log: Logger,
    readonly now: JournalState,
  ) {}

  /** @throws JournalHeld where another process works with the file. */
  static async open(file: string, log: Logger): Promise<KeeperState> {
    const { journal, contents } = await Journal.open(file, parseRecord)
    if (contents.damaged > 0) {
      log.error({ file, lines: contents.damaged }, 'lines of the journal cannot be read; going by the chain instead')
    }
    return new KeeperState(journal, log, replayJournal(contents.records))
  }

  /** Resolves when the lines are on the disk, and only then holds what they say. */
  async record(...records: JournalRecord[]): Promise<void> {
    await this.journal.append(...records)
    for (const record of records) applyRecord(this.now, record)
    if (this.journal.isLong()) await this.journal.rewrite(journalOf(this.now))
  }

  /**
   * Makes sure that the journal is about this chain, contract and account. Nothing of another one's is of use here, and
   * acting on it would be wrong, so such a file is kept under another name.
   */
  async identify(identity: JournalIdentity): Promise<void> {
    const held = this.now.identity
    if (held && sameIdentity(held, identity)) return
    const isEmpty = this.now.slots.size === 0 && this.now.pauses.size === 0 && this.now.lots.size === 0
    if (held || !isEmpty) {
      const kept = `${this.journal.file}.${Date.now()}`
      await this.journal.setAside(kept)
      Object.assign(this.now, replayJournal([]))
      this.log.warn({ kept }, 'the journal was of another chain, deployment or account; a new one begins')
    }
    await this.record({ type: 'identity', version: 1, ...identity })
  }

  close(): Promise<void> {
    return this.journal.close()
  }
}

function sameIdentity(a: JournalIdentity, b: JournalIdentity): boolean {
  const text = ({ chainId, contract, account, origin }: JournalIdentity) =>
    [chainId, contract, account, origin].join().toLowerCase()
  return text(a) === text(b)
}
