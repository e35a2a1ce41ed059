import type { SealingKey } from '../_data/readSealingKeys'
import { Hash } from '../_ui/Hash'
import { Moment } from '../_ui/Moment'
import { Tag } from '../_ui/Tag'
import { Term, Terms } from '../_ui/Terms'
import { EnclaveChecks } from './EnclaveChecks'
import { keyStanding } from './keyStanding'

type Props = {
  entry: SealingKey
  /** Chain time, Unix seconds. */
  now: number
  /** Its enclave was thrown away on purpose, for the demo. */
  demonstration: boolean
}

/** One sealing key, whether it may be used now, and what stands behind it. */
export function KeyEntry({ entry, now, demonstration }: Props) {
  const simulated = entry.signers.some((signer) => signer.simulated)
  const standing = keyStanding(entry, now)
  return (
    <article className="space-y-3">
      <h3 className="flex flex-wrap items-center gap-3 text-lg font-semibold">
        Epoch {entry.epoch.toString()}
        <Tag tone={standing === 'in use' ? 'open' : 'plain'}>{standing}</Tag>
        {simulated ? <Tag tone="warn">simulated enclave</Tag> : null}
        {demonstration ? <Tag tone="plain">demonstration</Tag> : null}
      </h3>
      {demonstration ? (
        <p className="text-muted text-sm">
          The demo threw this enclave away when its key was admitted, to show what happens then: nobody can fetch what
          proves it, so browsers seal nothing to it. The auction that names it is refunded in full.
        </p>
      ) : null}
      {simulated && !demonstration ? (
        <p className="text-muted text-sm">
          No hardware protection: an ordinary process on this machine holds the key, and whoever runs it could read
          bids.
        </p>
      ) : null}
      {standing === 'retired' ? (
        <p className="text-muted text-sm">
          What its enclaves run on is out of date. Nothing new can be sealed to it; what names it already is settled as
          usual.
        </p>
      ) : null}
      <Terms>
        <Term name="Sealing key">
          <Hash value={entry.keyId} label="sealing key" />
        </Term>
        <Term name={entry.signers.length === 1 ? 'Signer' : 'Signers'}>
          {entry.signers.map(({ address }) => (
            <span key={address} className="block">
              <Hash value={address} label="signer" kind="address" />
            </span>
          ))}
        </Term>
        <Term name="Operator">
          <Hash value={entry.operator} label="operator" kind="address" />
        </Term>
        <Term name="Valid">
          <Moment at={Number(entry.notBefore)} /> to <Moment at={Number(entry.notAfter)} />
        </Term>
      </Terms>
      {standing === 'in use' ? <EnclaveChecks keyId={entry.keyId} /> : null}
    </article>
  )
}
