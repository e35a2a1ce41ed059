import type { Hex } from 'viem'
import { carriedPath, MAX_CARRIED_BYTES, parseCarried } from '../chain/book/carriedFile'
import type { ChainConnection } from '../chain/connection'
import type { RegistryDeployment } from '../chain/deployment'
import { downloadFile, enclaveFileUrl } from '../chain/enclaveFile'
import { readEnclaveUrlOf } from '../chain/enclaveUrl'
import type { BatchEvidence, SettledLog } from '../protocol/book/batchEvidence'
import type { Carried } from '../protocol/book/carried'
import type { CarriedLists } from '../protocol/book/carriedChecks'
import { wantedLists } from '../protocol/book/wantedLists'
import { loadFile } from './loadFile'

/** Where lists come from; one that is left out is asked for where the registry says that its enclave is. */
export type CarriedSources = { carried?: string | undefined; carriedBefore?: string | undefined }

const TIMEOUT_MS = 60_000

type Say = (line: string) => void

/**
 * The lists that a batch is judged by. Who serves them plays no part: their hashes are signed.
 *
 * @returns undefined where the batch's own is not to be had, which `say` is told.
 */
export async function loadCarriedLists(
  connection: ChainConnection,
  deployment: RegistryDeployment,
  evidence: BatchEvidence,
  { carried: source, carriedBefore }: CarriedSources,
  say: Say,
): Promise<CarriedLists | undefined> {
  const { own, before } = wantedLists(evidence)
  if (!own) return undefined
  const load = (log: SettledLog, from: string | undefined) =>
    from === undefined ? askEnclave(connection, deployment, evidence.marketId, log, say) : readNamed(from, say)
  const carried = await load(own, source)
  if (!carried) return undefined
  // Whoever names a file may be where nothing else can be reached.
  const isAsked = before !== null && (carriedBefore !== undefined || source === undefined)
  return { carried, before: isAsked ? await load(before, carriedBefore) : null }
}

async function readNamed(source: string, say: Say): Promise<Carried[] | null> {
  try {
    return listIn(await loadFile(source, MAX_CARRIED_BYTES), source, say)
  } catch (error) {
    say(`The list cannot be had from ${source}: ${error instanceof Error ? error.message : String(error)}`)
    return null
  }
}

async function askEnclave(
  connection: ChainConnection,
  deployment: RegistryDeployment,
  marketId: Hex,
  { batchId, signer }: SettledLog,
  say: Say,
): Promise<Carried[] | null> {
  const base = await readEnclaveUrlOf(connection, deployment, signer)
  const url = base === null ? null : enclaveFileUrl(base, carriedPath(marketId, batchId))
  if (url === null) {
    say(`No list of batch ${batchId}: the registry names no place where ${signer} is.`)
    return null
  }
  const served = await downloadFile(url, 'application/json', { maxBytes: MAX_CARRIED_BYTES, timeoutMs: TIMEOUT_MS })
  if (served.ok) return listIn(served.bytes, url, say)
  say(`The list of batch ${batchId} cannot be had from ${url}: ${served.reason}`)
  return null
}

/** What is no list at all is taken for one that nobody has: only a list can be a wrong one. */
function listIn(bytes: Uint8Array, source: string, say: Say): Carried[] | null {
  const carried = parseCarried(new TextDecoder().decode(bytes))
  if (!carried) say(`What ${source} has is no list of orders.`)
  return carried
}
