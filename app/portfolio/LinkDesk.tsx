'use client'

import { useState } from 'react'
import type { Address } from 'viem'
import { parseLink, type AccountLink } from '../../lib/protocol/polkadot/link'
import { useAccount } from '../_data/useAccount'
import { useNetwork } from '../_data/network'
import { sameHex } from '../_format/hex'
import { listInjected } from '../_polkadot/injected'
import { PolkadotWallets } from '../_polkadot/PolkadotPart'
import { usePolkadot } from '../_polkadot/polkadotStore'
import { ThrownNotice } from '../_transaction/ThrownNotice'
import { Button } from '../_ui/Button'
import { Field } from '../_ui/Field'
import { useWalletSession } from '../_wallet/useWallet'
import { LinkResult } from './LinkResult'
import { checkLink, makeLink, type CheckedLink } from './accountLink'

/** Makes a link between two accounts, or checks one from a file. */
export function LinkDesk({ address }: { address: Address }) {
  const network = useNetwork()
  const session = useWalletSession()
  const own = sameHex(useAccount(), address)
  const chosen = usePolkadot()
  const [wallets] = useState(listInjected)
  const [step, setStep] = useState<string | null>(null)
  const [checked, setChecked] = useState<CheckedLink | null>(null)
  const [thrown, setThrown] = useState<unknown>(null)

  async function run(work: () => Promise<AccountLink>) {
    setThrown(null)
    setChecked(null)
    try {
      const link = await work()
      setStep('Checking both signatures …')
      setChecked(await checkLink(link, network.rpcUrl))
    } catch (error) {
      setThrown(error)
    } finally {
      setStep(null)
    }
  }

  const make = () =>
    chosen && void run(() => makeLink({ address, session, network, polkadot: chosen, onStep: setStep }))

  return (
    <div className="space-y-6">
      {own ? (
        <div className="max-w-prose space-y-3">
          {wallets.length === 0 ? (
            <p className="text-muted text-sm">
              No Polkadot wallet is in this browser. With one (Polkadot.js, Talisman, SubWallet), both accounts can sign
              here.
            </p>
          ) : chosen ? (
            <>
              <p className="text-sm">
                Both accounts sign the same text, which moves no money. What comes of it is a file: whoever you give it
                can see that the accounts are yours, and nobody else learns of it.
              </p>
              <Button look="main" disabled={step !== null} onClick={make}>
                Link to {chosen.account.name ?? 'your Polkadot account'}
              </Button>
            </>
          ) : (
            <>
              <p className="text-sm">First the Polkadot account: choose its wallet.</p>
              <PolkadotWallets wallets={wallets} />
            </>
          )}
        </div>
      ) : null}
      <div className="max-w-prose">
        <Field label="Check a link" hint="A file that someone gave you. It is read in this browser and sent nowhere.">
          {(control) => (
            <input
              {...control}
              type="file"
              accept="application/json,.json"
              className="block min-h-11 w-full text-sm"
              disabled={step !== null}
              onChange={(event) => {
                const file = event.target.files?.[0]
                if (file) void run(async () => parseLink(await file.text()))
              }}
            />
          )}
        </Field>
      </div>
      <div role="status" className="text-sm empty:hidden">
        {step}
      </div>
      {thrown ? <ThrownNotice error={thrown} /> : null}
      {checked ? <LinkResult key={checked.link.ethereumSignature} checked={checked} polkadot={chosen} /> : null}
    </div>
  )
}
