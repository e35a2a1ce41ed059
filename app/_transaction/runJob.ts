import type { Network } from '../_data/network'
import { browserStorage } from '../_sealing/receiptStore'
import type { WalletSession } from '../_wallet/session'
import { DroppedError } from './dropped'
import type { Flow, Included, Job } from './flow'
import { eraseJournal, writeJournal, type JournalEntry } from './journal'
import { explain, problemOf } from './problem'
import { guardWallet, sendCall, sendCalls } from './sendCall'
import { withSendLock } from './sendLock'
import type { TransactionState } from './state'
import { ReplacedError } from './waitForInclusion'
import { waitUntilFinal } from './waitUntilFinal'

type Tools = {
  session: WalletSession
  network: Network
  state: () => TransactionState
  go: (next: TransactionState) => TransactionState
  /** Waits for the person's answer to what the dialog asks. */
  ask: () => Promise<boolean>
  /** Something on the chain is another than it was. */
  onChanged: () => void
}

const UNDONE =
  'A block had included the transaction, but the chain has since gone another way, without it. What the page said of it no longer holds.'

/**
 * Does a job to its end, writing down where it stands before each step that takes time, so that a page that is closed
 * at any of them can find out later what became of it.
 */
export async function runJob(job: Job, { session, network, state, go: show, ask, onChanged }: Tools): Promise<void> {
  const { account } = job
  const { chainId, contracts } = network
  const { config, client } = await session.engine()
  let entry: JournalEntry = {
    version: 2,
    id: crypto.randomUUID(),
    chainId,
    contract: contracts[job.room ?? 'auctions'],
    account,
    title: job.title,
    done: job.done,
    stage: 'checking',
    step: job.title,
    sealed: null,
    hash: null,
    updatedAt: 0,
  }
  const note = (change: Partial<JournalEntry>) => {
    entry = { ...entry, ...change, updatedAt: Date.now() }
    writeJournal(entry, browserStorage)
  }
  const go = (next: TransactionState) => {
    const now = show(next)
    if (now === next && isNoted(next.at)) {
      note({
        stage: next.at,
        ...('step' in next ? { step: next.step } : {}),
        hash: 'hash' in next ? (next.hash ?? null) : null,
      })
    }
  }
  let last: Included | undefined
  const options = (step: string, seen?: () => Promise<Included | null>) => ({
    config,
    client,
    chainId,
    account,
    seen,
    onChecked: () => go({ at: 'awaiting-signature', step }),
    onSubmitted: (hash?: `0x${string}`) => go({ at: 'submitted', step, hash }),
    onOverdue: (hash: `0x${string}` | undefined, dropped: boolean) => {
      show({ at: 'overdue', step, hash, dropped })
      return ask()
    },
  })
  const flow: Flow = {
    encrypting: () => go({ at: 'encrypting' }),
    asking: (step) => go({ at: 'awaiting-signature', step }),
    async saved(saving, fromBlock) {
      const { id, x, y } = saving.receipt
      note({ sealed: { id, fromBlock: fromBlock.toString(), x: x.toString(), y: y.toString() } })
      const download = !(saving.repeatable && saving.kept)
      go({ at: 'saved', download: download ? saving : null })
      if (download) await ask()
    },
    async send(call, step, seen) {
      go({ at: 'checking', step })
      return (last = await sendCall(call, options(step, seen)))
    },
    async sendTogether(calls, step, seen) {
      go({ at: 'checking', step })
      return (last = await sendCalls(calls, options(step, seen)))
    },
  }

  note({})
  try {
    await withSendLock(chainId, account, async () => {
      await guardWallet(config, chainId, account)
      await job.run(flow)
    })
    if (last) go({ at: 'included', ...last })
    else eraseJournal(entry.id, browserStorage)
  } catch (error) {
    const failing = state()
    const hash = failing.at === 'submitted' || failing.at === 'overdue' ? failing.hash : undefined
    const problem = explain(error)
    if (error instanceof ReplacedError) show({ at: 'replaced', hash: error.hash })
    else if (error instanceof DroppedError) show({ at: 'failed', problem: problemOf('TRANSACTION_DROPPED'), hash })
    else if (problem.code === 'USER_REJECTED') show({ at: 'rejected', problem })
    else show({ at: 'failed', problem, hash })
    // Where the person stopped waiting, the transaction may still come: the next page looks again.
    if (!(hash && problem.code === 'RPC_UNAVAILABLE')) eraseJournal(entry.id, browserStorage)
  }
  onChanged()
  if (!last || state().at !== 'included') return
  const finality = await waitUntilFinal(client, last)
  if (finality.at === 'final') show({ at: 'final', hash: last.hash, block: finality.block })
  if (finality.at === 'undone') {
    show({ at: 'failed', problem: problemOf('TRANSACTION_REVERTED', UNDONE), hash: last.hash })
    onChanged()
  }
  if (finality.at !== 'unknown') eraseJournal(entry.id, browserStorage)
}

const NOTED = ['checking', 'encrypting', 'saved', 'awaiting-signature', 'submitted', 'included'] as const

function isNoted(at: TransactionState['at']): at is (typeof NOTED)[number] {
  return (NOTED as readonly string[]).includes(at)
}
