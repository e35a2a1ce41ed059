import { readFile } from 'node:fs/promises'
import { getAddress, isAddressEqual } from 'viem/utils'
import { z } from 'zod'
import { downloadFile, enclaveFileUrl } from '../../chain/enclaveFile'
import { readEnclaveUrlOf } from '../../chain/enclaveUrl'
import type { LiveSigner } from '../../db/keptEvidence'
import type { EvidenceContext } from './followEvidence'

/** A quote, an event log and Intel's collateral take some eighty kilobytes. */
const LIMITS = { maxBytes: 1024 * 1024, timeoutMs: 10_000 }

const answerSchema = z.object({
  signer: z.string().regex(/^0x[0-9a-fA-F]{40}$/),
  eventLog: z.unknown(),
  collateral: z.unknown(),
})

/** What a place gives for a signer's evidence, whoever it is: nothing in it is to be believed. */
export type Offer = { from: string; eventLog: unknown; collateral: unknown }

/**
 * Asks for a signer's evidence one place after another: where the registry says that it is reached, where the operator
 * of this index said, and last the operator's own file of collateral. Places that give nothing of the form are left out.
 */
export async function* askPlaces(
  { connection, deployment, enclaveUrl, collateralFile }: EvidenceContext,
  { keyId, signer }: LiveSigner,
  stopping: AbortSignal,
): AsyncGenerator<Offer> {
  const named = await readEnclaveUrlOf(connection, deployment, getAddress(signer)).catch(() => null)
  const path = `/v1/evidence/${keyId}`
  const urls = [named, enclaveUrl].flatMap((base) => (base ? (enclaveFileUrl(base, path) ?? []) : []))
  for (const url of new Set(urls)) {
    const served = await downloadFile(url, 'application/json', LIMITS, stopping)
    const answer = served.ok ? answerSchema.safeParse(jsonOf(new TextDecoder().decode(served.bytes))) : null
    if (answer?.success && isAddressEqual(getAddress(answer.data.signer), getAddress(signer))) {
      const { eventLog, collateral } = answer.data
      yield { from: url, eventLog, collateral }
    }
  }
  const text = collateralFile === undefined ? null : await readFile(collateralFile, 'utf8').catch(() => null)
  if (text !== null && text.length <= LIMITS.maxBytes) {
    yield { from: 'ENCLAVE_COLLATERAL_FILE', eventLog: null, collateral: jsonOf(text) }
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
