'use client'

import { useState } from 'react'
import { Button } from '../_ui/Button'

/** Offers to remove from this browser what can read a bid that is paid out. */
export function ForgetReceipt({ onForget }: { onForget: () => void }) {
  const [asked, setAsked] = useState(false)
  return (
    <div className="space-y-2 text-sm">
      <p className="text-muted">
        This browser still holds a receipt that can read your bid. Everything is claimed, so you need it only to show
        others what you bid.
      </p>
      {asked ? (
        <Button onClick={onForget}>Remove it for good</Button>
      ) : (
        <Button onClick={() => setAsked(true)}>Remove the receipt from this browser</Button>
      )}
    </div>
  )
}
