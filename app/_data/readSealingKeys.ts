import { parseEventLogs, type Address, type Hex } from 'viem'
import { enclaveRegistryAbi } from '../../lib/abi/enclaveRegistry'
import type { ChainConnection } from '../../lib/chain/connection'
import type { Deployment } from '../../lib/chain/deployment'
import { readAllLogs } from '../../lib/chain/logPages'
import { readSealingKey, type SealingKeyEntry } from '../../lib/chain/sealingKeys'

/** A key that bids may be sealed to, and the enclaves that hold it, each with the evidence that it was admitted on. */
export type SealingKey = SealingKeyEntry & {
  keyId: Hex
  signers: { address: Address; simulated: boolean; evidence: Hex }[]
}

/** Every sealing key the registry ever admitted, the newest epoch first, from the chain's own events. */
export async function readSealingKeys(chain: ChainConnection, deployment: Deployment): Promise<SealingKey[]> {
  const { number } = await chain.readBlock('latest')
  const raw = await readAllLogs(chain, {
    address: deployment.contracts.registry,
    fromBlock: BigInt(deployment.startBlock),
    toBlock: number,
  })
  const events = parseEventLogs({ abi: enclaveRegistryAbi, logs: raw.map(asViemLog), eventName: 'SignerAdmitted' })
  const signers = new Map<Hex, SealingKey['signers']>()
  for (const { args } of events) {
    const { keyId, signer, simulated, evidence } = args
    signers.set(keyId, [...(signers.get(keyId) ?? []), { address: signer, simulated, evidence }])
  }
  const keys = await Promise.all(
    [...signers].map(async ([keyId, admitted]) => {
      const entry = await readSealingKey(chain, deployment, keyId)
      return entry && { ...entry, keyId, signers: admitted }
    }),
  )
  return keys.filter((key) => key !== null).sort((a, b) => Number(b.epoch - a.epoch))
}

type RawLog = Awaited<ReturnType<typeof readAllLogs>>[number]

/** viem's shape: logs of a block that exists, with the place in it that nobody here needs. */
function asViemLog(log: RawLog) {
  return {
    ...log,
    topics: log.topics as [Hex, ...Hex[]],
    transactionIndex: 0,
    blockTimestamp: undefined,
    removed: false,
  }
}
