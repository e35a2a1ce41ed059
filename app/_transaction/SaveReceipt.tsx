'use client'

import { useState } from 'react'
import { downloadReceipt } from '../_sealing/downloadReceipt'
import { Button } from '../_ui/Button'
import { Notice } from '../_ui/Notice'
import type { ReceiptToSave } from './state'

type Props = { saving: ReceiptToSave; thing: 'bid' | 'order'; onDownloaded: () => void }

/** Holds a bid or an order back until its receipt has been handed to the person as a file. */
export function SaveReceipt({ saving, thing, onDownloaded }: Props) {
  const [downloaded, setDownloaded] = useState(false)
  return (
    <Notice tone="yours" title="Save your receipt first" live>
      <p>
        {whyToSave(saving, thing)} Whoever has the file can read this {thing}, so keep it to yourself.
      </p>
      <div className="flex flex-wrap gap-3 pt-2">
        <Button
          look="seal"
          onClick={() => {
            downloadReceipt(saving.receipt)
            setDownloaded(true)
          }}
        >
          Download receipt
        </Button>
        <Button onClick={onDownloaded} disabled={!downloaded}>
          I have it: go on
        </Button>
      </div>
    </Notice>
  )
}

/** Why the file is needed: because of the wallet, of the browser, or of both. */
export function whyToSave(
  { repeatable, kept }: Pick<ReceiptToSave, 'repeatable' | 'kept'>,
  thing: 'bid' | 'order' = 'bid',
): string {
  if (repeatable) {
    return `This browser refused to store a record of the ${thing}. Your wallet can open it once it is on the chain; until then this file is the only record that you sealed it.`
  }
  const wallet = `Your wallet does not sign the same way twice, so it cannot open this ${thing} again.`
  return kept
    ? `${wallet} A copy is in this browser, and this file is the only other one.`
    : `${wallet} This browser refused to store a copy too, so this file is the only copy of your ${thing} in the clear.`
}
