import type { Settlement } from '../api/v1/_schemas/auction'
import { Tag } from './Tag'

/** Whether there is anything to check a settlement with. That proofs hold, only checking them shows. */
export function ProofTag({ proof }: { proof: Settlement['proof'] }) {
  return proof.state === 'available' ? <Tag tone="open">proofs published</Tag> : <Tag tone="warn">unproven</Tag>
}
