'use client'

import { useState } from 'react'
import { encodeLinkDigest } from '../../lib/protocol/polkadot/link'
import { useNetwork } from '../_data/network'
import { bytesOfAccount } from '../_polkadot/sameAccount'
import type { PolkadotState } from '../_polkadot/polkadotStore'
import { ThrownNotice } from '../_transaction/ThrownNotice'
import { Button } from '../_ui/Button'
import { Hash } from '../_ui/Hash'
import { downloadLink, type CheckedLink } from './accountLink'

const QUESTIONS = {
  statement: 'Do both addresses name an account?',
  date: 'Was it issued before now?',
  ethereum: 'Did the Ethereum account sign it?',
  polkadot: 'Did the Polkadot account sign it?',
}

const STAGES = { signing: 'Answer in your wallet …', sent: 'Sent …', included: 'In a block, not final yet …' }

/** What a link says and whether it holds; for its maker, the file, and a way to date it. */
export function LinkResult({ checked, polkadot }: { checked: CheckedLink; polkadot: PolkadotState }) {
  const { link, verdict } = checked
  const chain = useNetwork().polkadot
  const [stage, setStage] = useState<string | null>(null)
  const [dated, setDated] = useState<string | null>(null)
  const [thrown, setThrown] = useState<unknown>(null)
  const isOwn = polkadot !== null && bytesOfAccount(link.polkadot) === bytesOfAccount(polkadot.account.address)

  async function date() {
    if (!polkadot || !chain) return
    setThrown(null)
    try {
      const { writeRemark } = await import('../../lib/chain/substrate/sendSigned')
      const by = { address: polkadot.account.address, signer: polkadot.wallet.signer }
      setDated(await writeRemark(chain.url, encodeLinkDigest(link), by, (next) => setStage(STAGES[next])))
    } catch (error) {
      setThrown(error)
    } finally {
      setStage(null)
    }
  }

  return (
    <div className="max-w-prose space-y-4" data-link={verdict.ok ? 'holds' : 'broken'}>
      <div role="status" className={`border-l-4 px-4 py-3 ${verdict.ok ? 'border-good' : 'border-bad bg-bad-wash'}`}>
        <p className="font-semibold">{verdict.ok ? 'One person holds both accounts.' : 'This link does not hold.'}</p>
        <p className="text-sm">
          <Hash value={link.ethereum} label="Ethereum address" kind="address" /> and{' '}
          <Hash value={link.polkadot} label="Polkadot address" />
        </p>
      </div>
      <ul className="divide-rule border-rule divide-y border-y text-sm">
        {verdict.checks.map(({ name, ok, detail }) => (
          <li key={name} data-check={name} className="grid grid-cols-[1.5rem_1fr] gap-x-2 py-2.5">
            <span className={ok ? 'text-good' : 'text-bad'}>
              <span aria-hidden="true">{ok ? '✓' : '✗'}</span>
              <span className="sr-only">{ok ? 'Yes:' : 'No:'}</span>
            </span>
            <div className="min-w-0">
              <p>{QUESTIONS[name]}</p>
              <p className="text-muted wrap-anywhere">{detail}</p>
            </div>
          </li>
        ))}
      </ul>
      {verdict.ok && isOwn ? (
        <div className="flex flex-wrap gap-3">
          <Button look="main" onClick={() => downloadLink(link)}>
            Save the file
          </Button>
          {chain && !dated ? (
            <Button disabled={stage !== null} onClick={() => void date()}>
              {stage ?? 'Date it on the Polkadot chain'}
            </Button>
          ) : null}
        </div>
      ) : null}
      {dated ? (
        <p role="status" className="text-sm">
          Written to block <Hash value={dated} label="block" />, as a hash that names nobody: with the file, it shows
          that the link existed then.
        </p>
      ) : null}
      {thrown ? <ThrownNotice error={thrown} /> : null}
    </div>
  )
}
