'use client'

import Link from 'next/link'
import { SECRET_REASON, secretSource } from '../../lib/protocol/polkadot/bidSecret'
import { mappedAddress } from '../../lib/protocol/polkadot/mappedAddress'
import { encodeSs58, GENERIC_PREFIX } from '../../lib/protocol/polkadot/ss58'
import { useNetwork } from '../_data/network'
import { Button } from '../_ui/Button'
import { Field } from '../_ui/Field'
import { Hash } from '../_ui/Hash'
import { ActingPart } from './ActingPart'
import type { PolkadotAccount, PolkadotWallet } from './injected'
import { MappingPart } from './MappingPart'
import { choosePolkadotAccount, setPolkadot } from './polkadotStore'

type Props = { wallet: PolkadotWallet; account: PolkadotAccount }

/** One Polkadot account: how the chain writes it, how contracts know it, and what its kind of key means for bids. */
export function PolkadotAccountPanel({ wallet, account }: Props) {
  const { polkadot, hub, chainId } = useNetwork()
  const { accountId, kind } = account
  return (
    <div className="space-y-3 text-sm">
      <p className="font-semibold">{wallet.name}</p>
      <Field label="Polkadot account" hint="Those your wallet lets this page see.">
        {(control) => (
          <select
            {...control}
            className="input"
            value={account.address}
            onChange={(event) => choosePolkadotAccount(event.target.value)}
          >
            {wallet.accounts.map(({ address, name }) => (
              <option key={address} value={address}>
                {name ? `${name} (${shorten(address)})` : shorten(address)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <dl className="space-y-2">
        <div>
          <dt className="text-muted">
            {hub || polkadot ? 'Address on the chain used here' : 'Address, in the form for any chain'}
          </dt>
          <dd data-account="ss58">
            <Hash
              value={encodeSs58(accountId, (hub ?? polkadot)?.ss58Prefix ?? GENERIC_PREFIX)}
              label="Polkadot address"
            />
          </dd>
        </div>
        <div>
          <dt className="text-muted">As contracts on Polkadot Hub see it</dt>
          <dd data-account="mapped">
            <Hash value={mappedAddress(accountId)} label="mapped address" />
          </dd>
        </div>
      </dl>
      <details>
        <summary className="text-muted min-h-11 cursor-pointer py-3 underline">What is the second address?</summary>
        <p className="text-muted pb-2">
          Contracts know accounts by 20 bytes, and this account has 32. Polkadot Hub takes the last 20 bytes of its
          hash, so everyone can work out one from the other in this direction, and nobody back. That is why an account
          is mapped once before it first calls a contract: the chain then keeps the account with its hash. Do not send
          coins to the second address from elsewhere before that.
        </p>
      </details>
      <p data-secret={kind ? secretSource(kind) : 'unknown'}>
        <strong>
          {kind && secretSource(kind) === 'wallet' ? 'Bids are read with this wallet.' : 'Bids need a receipt.'}
        </strong>{' '}
        {kind
          ? SECRET_REASON[kind]
          : 'The wallet does not say what kind of key this account has, so a random secret and a receipt are used: that works with every kind.'}
      </p>
      {hub ? <ActingPart key={account.address} wallet={wallet} account={account} /> : null}
      {hub ? null : (
        <p>
          Nothing can be bid from it here: these contracts live on chain {chainId}, which no Polkadot account can call.
          Bid with an Ethereum wallet; a link says that both accounts are yours.
        </p>
      )}
      {polkadot && !hub ? (
        <MappingPart key={account.address} url={polkadot.url} wallet={wallet} account={account} />
      ) : null}
      <p>
        <Link href="/portfolio" className="underline">
          Link it to an Ethereum account
        </Link>{' '}
        in your portfolio.
      </p>
      <Button className="w-full" onClick={() => setPolkadot(null)}>
        Leave this wallet
      </Button>
    </div>
  )
}

const shorten = (address: string) => `${address.slice(0, 6)}…${address.slice(-6)}`
