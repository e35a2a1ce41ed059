import { bytesToHex, concatHex, hexToBytes, keccak256, type Address, type Hex } from 'viem'
import { registerKeyCall } from '../../lib/chain/calls/registerKey'
import type { ChainConnection, TransactionSender } from '../../lib/chain/connection'
import type { Deployment } from '../../lib/chain/deployment'
import { agreeingReader } from '../../lib/enclave/chain/agreeingReader'
import { agreeingChain } from '../../lib/enclave/chain/agreeingChain'
import { openHubEndpoint } from '../../lib/enclave/chain/hubEndpoint'
import { epochAt } from '../../lib/enclave/epochs'
import { keyDomainOf, loadEnclaveKeys } from '../../lib/enclave/keys/enclaveKeys'
import type { KeyProvider } from '../../lib/enclave/keys/provider'
import { openSimulator } from '../../lib/enclave/keys/simulator'
import { createEnclaveMetrics } from '../../lib/enclave/metrics'
import { OpeningPool } from '../../lib/enclave/opening/pool'
import { makeRegistration } from '../../lib/enclave/registration'
import { startEnclave, type RunningEnclave } from '../../lib/enclave/start'
import { createLogger } from '../../lib/observe/logger'
import { createEnclaveFiles } from '../fixtures/enclave'
import { THRESHOLD } from './deploy'
import { timed } from './figures'
import { ATTESTORS } from './people'

export type HubEnclave = Omit<RunningEnclave, 'keepersUrl'> & { signer: Address; keyId: Hex; sealingKey: Hex }

/**
 * The real enclave with simulated keys, reading the Hub through two connections that must agree, admitted because a
 * quorum of attestors signed its quote.
 */
export async function startHubEnclave(
  urls: string[],
  deployment: Deployment,
  connection: ChainConnection,
  operator: TransactionSender,
): Promise<HubEnclave> {
  const files = await createEnclaveFiles()
  const provider = attestedBy(await openSimulator(files), deployment)
  const keys = await loadEnclaveKeys(provider, keyDomainOf(deployment, operator.address))
  const chain = agreeingChain({
    endpoints: urls.map((url, index) => openHubEndpoint(url, index, 180_000)),
    ...{ threshold: urls.length, chainId: deployment.chainId },
    onFault: (endpoint, fault, details) => process.stderr.write(`endpoint ${endpoint}: ${fault} ${details ?? ''}\n`),
  })
  const log = createLogger('enclave', 'silent')
  const server = await startEnclave({
    ...{ provider, keys, deployment, log, metrics: createEnclaveMetrics() },
    ...{ host: '127.0.0.1', port: 0, requestsPerSecond: 1_000 },
    ...{ chain, reader: agreeingReader(chain, deployment) },
    pool: new OpeningPool({ size: 1 }),
  })
  const epoch = epochAt((await connection.readBlock('latest')).timestamp)
  const registration = await makeRegistration(deployment, provider, keys, epoch)
  await timed('register the enclave, by the quorum', () => operator.execute(registerKeyCall(deployment, registration)))
  const { keyId, publicKey } = await keys.sealingKey(epoch)
  return {
    ...{ url: server.url, signer: keys.signer, keyId, sealingKey: bytesToHex(publicKey) },
    async close() {
      await server.close()
      await files.remove()
    },
  }
}

/** The same provider, whose evidence carries what the contract asks for: enough attestors' signatures of the quote. */
function attestedBy(provider: KeyProvider, deployment: Deployment): KeyProvider {
  const types = {
    EnclaveAttestation: [
      { name: 'reportData', type: 'bytes' },
      { name: 'appId', type: 'bytes20' },
      { name: 'quoteHash', type: 'bytes32' },
    ],
  } as const
  const { chainId, contracts } = deployment
  const domain = { name: 'Subrosa', version: '1', chainId, verifyingContract: contracts.verifier }
  return {
    ...provider,
    async attest(reportData) {
      const attestation = await provider.attest(reportData)
      const quoteHash = keccak256(attestation.quote)
      const message = { reportData: bytesToHex(reportData), appId: provider.appId, quoteHash }
      const signers = ATTESTORS.slice(0, Number(THRESHOLD))
      const signatures = await Promise.all(
        signers.map((one) => one.signTypedData({ domain, types, primaryType: 'EnclaveAttestation', message })),
      )
      return { ...attestation, approval: hexToBytes(concatHex(signatures)) }
    },
  }
}
