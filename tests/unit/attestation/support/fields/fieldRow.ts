import type { CheckCode } from '../../../../../lib/protocol/attestation/checks'
import type { World } from '../world'

/** One field that is changed alone. `code` null: nothing rests on it, so the verdict stays. */
export type FieldRow = [field: string, change: string, make: (world: World) => void, code: CheckCode | null]
