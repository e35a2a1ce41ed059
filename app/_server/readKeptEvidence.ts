import { bytesToHex, keccak256, type Address, type Hex } from 'viem'
import type { Queryable } from '../../lib/db/client'
import { listAdmittedEvidence, readCollateral, readEventLog } from '../../lib/db/keptEvidence'
import { readSyncState } from '../../lib/db/sync'
import { decodeEvidence } from '../../lib/protocol/attestation/evidence'
import { platformOf } from '../../lib/protocol/attestation/keepable'
import { toAddress } from '../api/v1/_lib/hex'

/** What the index keeps for one of a key's enclaves. `quote`: its own on the chain; null where that is none. */
export type KeptEvidence = { signer: Address; quote: Hex | null; eventLog: unknown; collateral: unknown }

/**
 * What the index keeps for each of a key's enclaves: the event log of its quote, and its platform's collateral while that
 * holds at the index's time. Null where there is none.
 *
 * @returns none for a key that is not indexed.
 */
export async function readKeptEvidence(db: Queryable, keyId: Hex): Promise<KeptEvidence[]> {
  const [rows, state] = await Promise.all([listAdmittedEvidence(db, keyId), readSyncState(db)])
  const bySigner = new Map(rows.map((row) => [row.signer, row.evidence]))
  const at = state?.cursor?.time ?? 0n
  return Promise.all([...bySigner].map(([signer, evidence]) => keptFor(db, toAddress(signer), { evidence, at })))
}

async function keptFor(
  db: Queryable,
  signer: Address,
  { evidence, at }: { evidence: Uint8Array; at: bigint },
): Promise<KeptEvidence> {
  const quote = decodeEvidence(bytesToHex(evidence))?.quote
  if (!quote) return { signer, quote: null, eventLog: null, collateral: null }
  const [log, collateral] = await Promise.all([readEventLog(db, keccak256(quote)), collateralFor(db, quote)])
  return {
    ...{ signer, quote: bytesToHex(quote) },
    eventLog: log === null ? null : JSON.parse(log),
    collateral: collateral && collateral.validUntil >= at ? JSON.parse(collateral.content) : null,
  }
}

async function collateralFor(db: Queryable, quote: Uint8Array) {
  try {
    return await readCollateral(db, platformOf(quote).platform)
  } catch {
    // Admitted, but no quote: nobody can verify it, and nothing is kept for it.
    return null
  }
}
