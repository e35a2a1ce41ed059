import type { SealingKey } from '../_data/useSealingKeys'
import { formatTime } from '../_format/time'
import { Hash } from '../_ui/Hash'
import { Tag } from '../_ui/Tag'
import { Term, Terms } from '../_ui/Terms'

/** One sealing key, whether it may be used now, and what stands behind it. */
export function KeyEntry({ entry, now }: { entry: SealingKey; now: number | undefined }) {
  const simulated = entry.signers.some((signer) => signer.simulated)
  return (
    <article className="space-y-3">
      <h3 className="flex flex-wrap items-center gap-3 text-lg font-semibold">
        Epoch {entry.epoch.toString()}
        <Tag tone={standing(entry, now) === 'in use' ? 'open' : 'plain'}>{standing(entry, now)}</Tag>
        {simulated ? <Tag tone="warn">simulated enclave</Tag> : null}
      </h3>
      {simulated ? (
        <p className="text-muted text-sm">
          No hardware protection: an ordinary process on this machine holds the key, and whoever runs it could read
          bids.
        </p>
      ) : null}
      <Terms>
        <Term name="Sealing key">
          <Hash value={entry.keyId} label="sealing key" />
        </Term>
        <Term name="Signers">
          {entry.signers.map(({ address }) => (
            <Hash key={address} value={address} label="signer" />
          ))}
        </Term>
        <Term name="Valid">
          {formatTime(Number(entry.notBefore))} to {formatTime(Number(entry.notAfter))}
        </Term>
      </Terms>
    </article>
  )
}

function standing(entry: SealingKey, now: number | undefined): string {
  if (entry.revoked) return 'revoked'
  if (now === undefined) return 'unknown'
  if (now < entry.notBefore) return 'not yet valid'
  return now < entry.notAfter ? 'in use' : 'expired'
}
