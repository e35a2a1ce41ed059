import type { Hex } from 'viem'
import type { ChainConnection } from '../../lib/chain/connection'
import { enclaveEvidenceResponseSchema } from '../api/v1/_schemas/enclave'
import { fetchApi } from '../_data/fetchApi'
import type { Network } from '../_data/network'
import { judgeInWorker } from '../_workers/askAttestWorker'
import type { CheckTools } from './checkSealingKey'
import { rememberVerdicts } from './rememberVerdicts'

const judge = rememberVerdicts(judgeInWorker)

/** How this page judges keys: in a worker, with what the API fetched from the enclaves, which it does not trust. */
export function browserTools(chain: ChainConnection, network: Network): CheckTools {
  const readEvidence = (keyId: Hex) => fetchApi(`/enclaves/${keyId}/evidence`, enclaveEvidenceResponseSchema)
  const now = () => Math.floor(Date.now() / 1000)
  return { chain, deployment: network, simulatorRoot: network.simulatorRoot, readEvidence, judge, now }
}
