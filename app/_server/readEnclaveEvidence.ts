import { isAddressEqual, type Address, type Hex } from 'viem'
import { z } from 'zod'
import { readEnclaveUrlOf } from '../../lib/chain/enclaveUrl'
import { evmConnection } from '../../lib/chain/evm/connection'
import { loadEnv, webEnv } from '../../lib/config/env'
import { addressSchema } from '../api/v1/_schemas/common'
import { servedEvidenceSchema, type EnclaveEvidence, type ServedEvidence } from '../api/v1/_schemas/enclave'
import { chainClient } from './chainClient'
import { fetchLimited } from './fetchLimited'
import { readOwnCollateral } from './readOwnCollateral'
import { isPublicAddress } from './isPublicAddress'
import { readNetwork } from './readNetwork'

type Found = EnclaveEvidence['enclaves'][number]

/** Collateral lives for weeks, and an enclave that does not answer should not be asked by every page. */
const KEEP_MS = 60_000
const KEEP_FAILURE_MS = 5_000
const MOST = 200
const TIMEOUT_MS = 5_000
/** A quote, an event log and Intel's collateral take some eighty kilobytes. */
const MAX_BYTES = 1024 * 1024

const answerSchema = servedEvidenceSchema.extend({ signer: addressSchema })
const kept = new Map<string, { until: number; found: Promise<Found>; last: Found | undefined }>()

/**
 * What one of a key's enclaves gives for its evidence, a minute old at most: asked where its signer says that it is
 * reached, else at the enclave that this server was told of. While it does not answer, what it gave last: bids need its
 * key and not itself, and evidence carries its own dates. It is data for who verifies; nobody here believes it.
 */
export function readEnclaveEvidence(keyId: Hex, signer: Address): Promise<Found> {
  const name = `${keyId}/${signer}`
  const known = kept.get(name)
  if (known && Date.now() < known.until) return known.found
  const found = ask(keyId, signer).then((answer) => (answer.evidence ? answer : (known?.last ?? answer)))
  const entry = { until: Date.now() + KEEP_MS, found, last: known?.last }
  kept.delete(name)
  kept.set(name, entry)
  void found.then((answer) => {
    const isNew = answer.evidence !== null && answer !== known?.last
    if (isNew) entry.last = answer
    else entry.until = Date.now() + KEEP_FAILURE_MS
  })
  const [oldest] = kept.keys()
  if (kept.size > MOST && oldest !== undefined) kept.delete(oldest)
  return found
}

async function ask(keyId: Hex, signer: Address): Promise<Found> {
  const url = await readUrl(signer).catch(() => null)
  const told = loadEnv(webEnv).ENCLAVE_URL
  const places = [...(url !== null && isPublicAddress(url) ? [url] : []), told]
  for (const place of new Set(places)) {
    const evidence = await fetchEvidence(place, keyId, signer).catch(() => null)
    if (evidence)
      return { signer, url, evidence: { ...evidence, collateral: evidence.collateral ?? (await readOwnCollateral()) } }
  }
  return { signer, url, evidence: null }
}

async function readUrl(signer: Address): Promise<string | null> {
  const [network, client] = await Promise.all([readNetwork(), chainClient()])
  return readEnclaveUrlOf(evmConnection(client), network, signer)
}

/** @returns null for another enclave's. @throws where there is no answer of the form. */
async function fetchEvidence(base: string, keyId: Hex, signer: Address): Promise<ServedEvidence | null> {
  const place = `${base.replace(/\/$/, '')}/v1/evidence/${keyId}`
  const text = await fetchLimited(place, { timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES })
  const { signer: by, ...evidence } = z.parse(answerSchema, JSON.parse(text))
  return isAddressEqual(by, signer) ? evidence : null
}
