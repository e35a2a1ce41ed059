'use client'

import dynamic from 'next/dynamic'
import { useState } from 'react'
import type { Address } from 'viem'
import { Button } from '../_ui/Button'

// Signing and checking need both worlds' code: nobody who only looks at a portfolio loads it.
const LinkDesk = dynamic(() => import('./LinkDesk').then(({ LinkDesk }) => LinkDesk), {
  ssr: false,
  loading: () => <p role="status">Loading…</p>,
})

/** Where a Polkadot account and an Ethereum account are shown to be one person's. */
export function LinkSection({ address }: { address: Address }) {
  const [open, setOpen] = useState(false)
  if (open) return <LinkDesk address={address} />
  return <Button onClick={() => setOpen(true)}>Make or check a link</Button>
}
