'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { SubrosaError } from '../../lib/protocol/errors'
import { parseReceipt } from '../../lib/protocol/receipt'
import { explain, type Problem } from '../_transaction/problem'
import { ProblemNotice } from '../_transaction/ProblemNotice'
import { useTransactions } from '../_transaction/TransactionProvider'
import { Button } from '../_ui/Button'
import { Notice } from '../_ui/Notice'
import { downloadReceipt } from './downloadReceipt'
import {
  browserStorage,
  dropKept,
  isReceipt,
  isReceiptOf,
  isSameCommitment,
  keepRecord,
  readKept,
  type Kept,
  type SealPlace,
} from './receiptStore'

/** A receipt is a few hundred bytes: what is longer is something else. */
const LONGEST_FILE = 20_000

type Props = {
  place: SealPlace
  thing: 'bid' | 'order'
  /** What a record is called on the chain; null where the chain does not have it. */
  nameOf: (record: Kept) => string | null
}

/** What this browser keeps of one account's bids or orders here: listed, exported, imported, forgotten on demand. */
export function KeptRecords({ place, thing, nameOf }: Props) {
  const queries = useQueryClient()
  const { busy } = useTransactions()
  const { data: kept = [] } = useQuery({
    queryKey: ['kept-records', place],
    queryFn: () => readKept(place, browserStorage),
  })
  const [problem, setProblem] = useState<Problem | null>(null)
  const [asked, setAsked] = useState(false)
  const unsent = kept.filter((record) => nameOf(record) === null)

  async function load(file: File | undefined) {
    if (!file) return
    setProblem(null)
    try {
      if (file.size > LONGEST_FILE) throw new SubrosaError('INVALID_RECEIPT', { details: 'The file is too long.' })
      const receipt = parseReceipt(await file.text())
      if (!isReceiptOf(receipt, place)) {
        throw new SubrosaError('INVALID_RECEIPT', {
          details: `It is a receipt, but for another ${thing === 'bid' ? 'auction' : 'market'}, account, contract or chain.`,
        })
      }
      if (!kept.some((record) => isReceipt(record) && isSameCommitment(record, receipt))) {
        if (!keepRecord(place, receipt, browserStorage)) {
          throw new SubrosaError('INVALID_RECEIPT', { details: 'This browser refused to store it.' })
        }
      }
      await queries.invalidateQueries()
    } catch (error) {
      setProblem(explain(error))
    }
  }

  return (
    <>
      {unsent.length > 0 && !busy ? (
        <Notice title={`A sealed ${thing} is saved here that is not on the chain.`}>
          <p>
            If you declined it in your wallet, nothing happened and nothing is locked. If you sent it, it may still be
            included: look in your wallet before you {thing === 'bid' ? 'bid' : 'order'} again.
          </p>
        </Notice>
      ) : null}
      <details className="text-sm">
        <summary className="text-muted min-h-11 cursor-pointer py-3 underline">
          {kept.length === 0 ? 'Receipts' : `Receipts in this browser: ${kept.length}`}
        </summary>
        <div className="space-y-3 pb-2">
          <p className="text-muted">
            A receipt can read your {thing} again, on any device. Where your wallet can do that by itself, this browser
            keeps a record without {thing === 'bid' ? 'the price' : 'its terms'} only.
          </p>
          <ul className="divide-rule divide-y">
            {kept.map((record) => (
              <li
                key={`${record.x}-${isReceipt(record) ? 'receipt' : 'record'}`}
                className="flex flex-wrap items-center justify-between gap-2 py-2"
              >
                <span>
                  {nameOf(record) ?? 'Not on the chain'}:{' '}
                  {isReceipt(record) ? 'receipt' : `record without ${thing === 'bid' ? 'the price' : 'its terms'}`}
                </span>
                {isReceipt(record) ? <Button onClick={() => downloadReceipt(record)}>Download</Button> : null}
              </li>
            ))}
          </ul>
          <div className="flex flex-wrap items-center gap-3">
            <label className="focus-within:outline-ink inline-flex min-h-11 cursor-pointer items-center underline focus-within:outline-2">
              Import a receipt
              <input
                type="file"
                accept="application/json,.json"
                className="sr-only"
                aria-describedby={problem ? 'receipt-problem' : undefined}
                aria-invalid={problem !== null}
                onChange={(event) => {
                  void load(event.target.files?.[0])
                  event.target.value = ''
                }}
              />
            </label>
            {kept.length > 0 ? (
              <Button
                onClick={() => {
                  setAsked(!asked)
                  if (!asked) return
                  dropKept(place, browserStorage)
                  void queries.invalidateQueries()
                }}
              >
                {asked ? 'Yes, forget them for good' : 'Forget what is kept here'}
              </Button>
            ) : null}
          </div>
          <div id="receipt-problem">{problem ? <ProblemNotice problem={problem} /> : null}</div>
        </div>
      </details>
    </>
  )
}
