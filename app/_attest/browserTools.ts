import type { Hex } from 'viem'
import type { ChainConnection } from '../../lib/chain/connection'
import type { Deployment } from '../../lib/chain/deployment'
import { enclaveEvidenceResponseSchema } from '../api/v1/_schemas/enclave'
import { fetchApi } from '../_data/fetchApi'
import { judgeInWorker } from '../_workers/askAttestWorker'
import type { CheckTools } from './checkSealingKey'
import { rememberVerdicts } from './rememberVerdicts'

const judge = rememberVerdicts(judgeInWorker)

/** How this page judges keys: in a worker, with what the API fetched from the enclaves, which it does not trust. */
export function browserTools(chain: ChainConnection, deployment: Deployment): CheckTools {
  const readEvidence = (keyId: Hex) => fetchApi(`/enclaves/${keyId}/evidence`, enclaveEvidenceResponseSchema)
  return { chain, deployment, readEvidence, judge }
}
