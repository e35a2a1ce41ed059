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
import type { KeptEvidence } from './readKeptEvidence'
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
const remembered = new Map<string, { until: number; found: Promise<Found>; last: Found | undefined }>()

/**
 * The evidence of one of a key's enclaves: what the index keeps for it, where that is whole. Else it is asked where its
 * signer says that it is reached, then at the enclave that this server was told of, a minute ago at most; and while it does
 * not answer, there is what it gave last. Bids need its key and not itself. It is data for who verifies; nobody here
 * believes it.
 */
export function readEnclaveEvidence(keyId: Hex, kept: KeptEvidence): Promise<Found> {
  const name = `${keyId}/${kept.signer}`
  const known = remembered.get(name)
  if (known && Date.now() < known.until) return known.found
  const found = find(keyId, kept).then((answer) => (answer.evidence ? answer : (known?.last ?? answer)))
  const entry = { until: Date.now() + KEEP_MS, found, last: known?.last }
  remembered.delete(name)
  remembered.set(name, entry)
  void found.then((answer) => {
    const isNew = answer.evidence !== null && answer !== known?.last
    if (isNew) entry.last = answer
    else entry.until = Date.now() + KEEP_FAILURE_MS
  })
  const [oldest] = remembered.keys()
  if (remembered.size > MOST && oldest !== undefined) remembered.delete(oldest)
  return found
}

async function find(keyId: Hex, { signer, quote, eventLog, collateral }: KeptEvidence): Promise<Found> {
  const url = await readUrl(signer).catch(() => null)
  if (quote !== null && eventLog !== null && collateral !== null)
    return { signer, url, evidence: { quote, eventLog, collateral } }
  const served = await ask(keyId, signer, url)
  const evidence = served ?? (quote !== null && eventLog !== null ? { quote, eventLog, collateral: null } : null)
  if (!evidence) return { signer, url, evidence }
  return {
    ...{ signer, url },
    evidence: {
      quote: evidence.quote,
      eventLog: evidence.eventLog ?? eventLog,
      collateral: evidence.collateral ?? collateral ?? (await readOwnCollateral()),
    },
  }
}

/** The first place that gives this signer's evidence; null where none does. */
async function ask(keyId: Hex, signer: Address, url: string | null): Promise<ServedEvidence | null> {
  const told = loadEnv(webEnv).ENCLAVE_URL
  const places = [...(url !== null && isPublicAddress(url) ? [url] : []), told]
  for (const place of new Set(places)) {
    const evidence = await fetchEvidence(place, keyId, signer).catch(() => null)
    if (evidence) return evidence
  }
  return null
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
