'use client'

import { useAccount } from '../../_data/useAccount'
import { sameHex } from '../../_format/hex'
import { Hash } from '../../_ui/Hash'

/** An address, or "you" where it is the viewer's own. */
export function You({ address, label }: { address: string; label: string }) {
  const account = useAccount()
  if (sameHex(address, account)) return <strong className="text-rose">you</strong>
  return <Hash value={address} label={label} kind="address" />
}
