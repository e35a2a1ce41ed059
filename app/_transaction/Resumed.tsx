'use client'

import { useEffect, useState } from 'react'
import type { PublicClient } from 'viem'
import { browserStorage } from '../_sealing/receiptStore'
import { useNetwork } from '../_data/network'
import { queryClient } from '../_data/queryClient'
import { useChain } from '../_data/useChain'
import { shortHex } from '../_format/hex'
import { roomOf } from '../_data/roomOf'
import { Button } from '../_ui/Button'
import { Hash } from '../_ui/Hash'
import { Notice } from '../_ui/Notice'
import { useWalletSession } from '../_wallet/useWallet'
import { eraseJournal, readJournal, type JournalEntry } from './journal'
import { tellOutcome } from './tellOutcome'
import { whatBecame, type Outcome } from './whatBecame'
import { withSendLock } from './sendLock'

const LOOK_INTERVAL_MS = 3_000
/** Looks at a job that is not decided: about three minutes, then the person is told what is known and how to go on. */
const LOOKS = 60

type Left = { entry: JournalEntry; outcome: Outcome | null; over: boolean }

/** What became of jobs that were under way when a page was closed: read from the chain, told in words, and dismissed. */
export function Resumed({ busy }: { busy: boolean }) {
  const session = useWalletSession()
  const network = useNetwork()
  const chain = useChain()
  // What was there when the page opened: later jobs are this page's own, and told by its dialog.
  const [left, setLeft] = useState<readonly Left[]>(() =>
    readJournal(browserStorage)
      .filter((entry) => entry.chainId === network.chainId && roomOf(network, entry.contract) !== null)
      .map((entry) => ({ entry, outcome: null, over: false })),
  )

  useEffect(() => {
    const stop = new AbortController()
    const tell = (id: string, news: Partial<Left>) =>
      setLeft((before) => before.map((each) => (each.entry.id === id ? { ...each, ...news } : each)))
    const drop = (id: string) => setLeft((before) => before.filter(({ entry }) => entry.id !== id))

    async function follow({ entry }: Left) {
      for (let look = 0; look < LOOKS && !stop.signal.aborted; look++) {
        // Another page may be at this very job: it tells of it, and clears it away.
        if (!readJournal(browserStorage).some(({ id }) => id === entry.id)) {
          drop(entry.id)
          return
        }
        const { client } = await session.engine()
        const outcome = await whatBecame(entry, { client, chain, deployment: network }).catch(() => null)
        const free = await withSendLock(entry.chainId, entry.account, () => Promise.resolve(true)).catch(() => false)
        const told = outcome && wasTold(entry, outcome) ? outcome : null
        const news = free && !told ? outcome : null
        if (news) tell(entry.id, { outcome: news })
        if (news && isDecided(news)) {
          tell(entry.id, { over: true })
          void queryClient().invalidateQueries()
          return
        }
        // Only its undoing would still be news.
        if (told && (await isFinal(client, told.block))) {
          eraseJournal(entry.id, browserStorage)
          drop(entry.id)
          return
        }
        await new Promise((resolve) => setTimeout(resolve, LOOK_INTERVAL_MS))
      }
      if (!stop.signal.aborted && entry.stage !== 'included') tell(entry.id, { over: true })
    }
    for (const each of left) void follow(each).catch(() => tell(each.entry.id, { over: true }))
    return () => stop.abort()
    // Once, with what was there at first.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [])

  const told = left.filter(({ outcome, over }) => outcome !== null || over)
  if (told.length === 0 || busy) return null
  return (
    <section
      aria-label="What became of what you left"
      className="fixed inset-x-4 bottom-4 z-10 mx-auto max-h-[60dvh] max-w-xl space-y-2 overflow-y-auto shadow-lg"
    >
      {told.map(({ entry, outcome, over }) => {
        const { tone, title, text } = tellOutcome(entry, outcome, over)
        return (
          <div key={entry.id} className="bg-sheet border-edge border">
            <Notice tone={tone} title={title} live>
              <p>{text}</p>
              <p className="text-muted">
                {entry.title}, for {shortHex(entry.account)}.
              </p>
              {outcome && 'hash' in outcome ? (
                <p>
                  <Hash value={outcome.hash} label="transaction" kind="transaction" />
                </p>
              ) : null}
              <Button
                onClick={() => {
                  eraseJournal(entry.id, browserStorage)
                  setLeft((before) => before.filter((each) => each.entry.id !== entry.id))
                }}
              >
                {over ? 'Dismiss' : 'Stop looking'}
              </Button>
            </Notice>
          </div>
        )
      })}
    </section>
  )
}

type Told = Extract<Outcome, { at: 'counted' | 'included' }>

/** Whether the page that closed had already said that a block has it. */
function wasTold(entry: JournalEntry, outcome: Outcome): outcome is Told {
  return entry.stage === 'included' && (outcome.at === 'counted' || outcome.at === 'included')
}

async function isFinal(client: PublicClient, block: bigint): Promise<boolean> {
  const final = await client.getBlock({ blockTag: 'finalized' }).catch(() => null)
  return final !== null && final.number >= block
}

/** What another look cannot change. A request that a wallet still shows may yet be approved. */
function isDecided(outcome: Outcome): boolean {
  if (outcome.at === 'unsent') return !outcome.asked
  return outcome.at === 'counted' || outcome.at === 'included' || outcome.at === 'reverted'
}
