'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import type { Address } from 'viem'
import { useAccount } from '../_data/useAccount'
import { sameHex } from '../_format/hex'
import { Hash } from '../_ui/Hash'

/** Whose portfolio this is, and whether the viewer is he. It follows its owner when he changes the account. */
export function Viewer({ address }: { address: Address }) {
  const account = useAccount()
  const router = useRouter()
  const wasOwn = useRef(false)
  const own = sameHex(account, address)
  useEffect(() => {
    if (own) wasOwn.current = true
    else if (account && wasOwn.current) router.replace(`/portfolio?address=${account}`)
  }, [own, account, router])
  return (
    <p className="text-muted min-h-6 text-sm">
      <Hash value={address} label="address" kind="address" />{' '}
      {own ? (
        'This is you.'
      ) : (
        <>
          Public record of this address, read only.{' '}
          <Link href={account ? `/portfolio?address=${account}` : '/portfolio'} className="underline">
            {account ? 'Yours' : 'Another address'}
          </Link>
        </>
      )}
    </p>
  )
}
