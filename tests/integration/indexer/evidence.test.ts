import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest'
import { checkSealingKey } from '../../../app/_attest/checkSealingKey'
import { judge } from '../../../app/_attest/judge'
import { enclaveEvidenceResponseSchema } from '../../../app/api/v1/_schemas/enclave'
import { GET as getEvidence } from '../../../app/api/v1/enclaves/[keyId]/evidence/route'
import type { Deployment } from '../../../lib/chain/deployment'
import { simulatorRootCertificate } from '../../../lib/enclave/keys/simulator'
import { fetchDueEvidence, newEvidenceMemory } from '../../../lib/indexer/evidence/followEvidence'
import { simulatorRoot } from '../../../lib/protocol/attestation/simulatorRoot'
import { startAnvil, type TestChain } from '../../fixtures/anvil'
import { deployContracts } from '../../fixtures/deploy'
import { createEnclaveFiles, startTestEnclave, type TestEnclave, type TestEnclaveFiles } from '../../fixtures/enclave'
import { startPostgres, type TestPostgres } from '../../fixtures/postgres'
import { at, read, url } from '../api/requests'
import { serveFrom } from '../api/serveFrom'
import { openIndex } from './testIndex'

let postgres: TestPostgres
let chain: TestChain
let files: TestEnclaveFiles
let deployment: Deployment
let enclave: TestEnclave
let root: string
let truth: Record<string, unknown>
let index: Awaited<ReturnType<typeof openIndex>>
let stopServing: () => Promise<void>
let memory: ReturnType<typeof newEvidenceMemory>
/** What a place answers that the index is told of. */
let place: Server
let placeUrl: string
let answer: unknown

beforeAll(async () => {
  ;[postgres, chain, files] = await Promise.all([startPostgres(), startAnvil(), createEnclaveFiles()])
  deployment = await deployContracts(chain, files.root)
  enclave = await startTestEnclave(chain, deployment, files)
  root = simulatorRoot(await simulatorRootCertificate(files.rootFile)).fingerprint
  await chain.mine(3)
  truth = (await (await fetch(`${enclave.url}/v1/evidence/${enclave.keyId}`)).json()) as typeof truth
  place = createServer((_request, response) => response.end(JSON.stringify(answer)))
  place.listen(0, '127.0.0.1')
  await once(place, 'listening')
  placeUrl = `http://127.0.0.1:${(place.address() as AddressInfo).port}`
  // Offline from here on, for good.
  await enclave.close()
})
afterAll(async () => {
  place.closeAllConnections()
  place.close()
  await Promise.all([chain.stop(), files.remove(), postgres.stop()])
})
beforeEach(async () => {
  index = await openIndex(postgres, { connection: chain.connection, deployment })
  await index.sync()
  memory = newEvidenceMemory()
  answer = truth
  stopServing = serveFrom(index.url)
})
afterEach(async () => {
  await stopServing()
  await index.close()
})

/** A round of the index, which every place gives `answer`. @returns How many enclaves' evidence is missing then. */
async function fetchFrom(enclaveUrl = placeUrl): Promise<number> {
  const { db, log, metrics } = index
  const context = { connection: chain.connection, deployment, db, term: null, log, metrics, enclaveUrl }
  await fetchDueEvidence(context, memory, new AbortController().signal)
  return (await metrics.evidenceMissing.get()).values[0]!.value
}

const served = () => {
  const { keyId } = enclave
  return read(enclaveEvidenceResponseSchema, getEvidence(url(`enclaves/${keyId}/evidence`), at({ keyId })))
}

/** What a browser finds of the key, from the chain and the API. Null: bids may be sealed to it. */
async function problem(): Promise<string | null> {
  const finding = await checkSealingKey(
    {
      ...{ chain: chain.connection, deployment, simulatorRoot: root, now: () => 0 },
      readEvidence: async () => (await served()) as never,
      judge: (question) => judge(question, { chainId: 31337n, policy: undefined }),
    },
    enclave.keyId,
  )
  return finding.problem
}

describe('an enclave that is offline', () => {
  it('does not block its key where the index has kept its evidence', async () => {
    expect(await fetchFrom()).toBe(0)
    answer = null
    expect(await problem()).toBeNull()
    expect((await served()).enclaves[0]?.evidence).toMatchObject({ eventLog: truth.eventLog })
    // Nobody is asked again while it holds.
    expect(await fetchFrom('http://127.0.0.1:9')).toBe(0)
  })

  it.each<[string, (evidence: Record<string, unknown>) => unknown]>([
    ['nothing', () => null],
    ['evidence of another signer', (evidence) => ({ ...evidence, signer: `0x${'12'.repeat(20)}` })],
    ['no event log', (evidence) => ({ ...evidence, eventLog: null })],
    [
      'an event log with another firmware',
      (evidence) => ({
        ...evidence,
        eventLog: (evidence.eventLog as object[]).map((event, place) =>
          place === 0 ? { ...event, digest: 'ab'.repeat(48) } : event,
        ),
      }),
    ],
    [
      'an event log without its last event',
      (evidence) => ({ ...evidence, eventLog: (evidence.eventLog as unknown[]).slice(0, -1) }),
    ],
    ['collateral that is none', (evidence) => ({ ...evidence, collateral: { tcb_info: '{}' } })],
  ])('has nothing kept for it that does not fit its quote: %s', async (_what, change) => {
    answer = change(truth)
    expect(await fetchFrom()).toBe(1)
    // And what a liar gave does not stand in the way of the truth.
    answer = truth
    memory = newEvidenceMemory()
    expect(await fetchFrom()).toBe(0)
    expect(await problem()).toBeNull()
  })

  it('is asked for again, where it could not be had, and no more often than it must', async () => {
    answer = null
    expect(await fetchFrom()).toBe(1)
    answer = truth
    // The time for it has not come.
    expect(await fetchFrom()).toBe(1)
    expect(memory.attempts.size).toBe(1)
  })
})
