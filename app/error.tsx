'use client'

import { useRouter } from 'next/navigation'
import { startTransition } from 'react'
import { Button } from './_ui/Button'

/** A page broke: says what that means for the money, and lets one try again. */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const router = useRouter()

  /** What broke may have been the server's part, which `reset` alone does not ask for again. */
  function tryAgain() {
    startTransition(() => {
      router.refresh()
      reset()
    })
  }

  return (
    <div className="space-y-4" role="alert">
      {/* What names the page may be what broke. */}
      <title>This page failed to show · Subrosa</title>
      <h1 className="text-3xl font-semibold">This page failed to show.</h1>
      <p className="text-muted max-w-prose">
        Your money and your bids are on the chain and not affected. A transaction already sent may still be included.
        {error.digest ? ` Reference: ${error.digest}.` : ''}
      </p>
      <Button look="main" onClick={tryAgain}>
        Try again
      </Button>
    </div>
  )
}
