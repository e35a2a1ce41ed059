import { hashTypedData, type Hex } from 'viem'
import { enclaveUrlTypes, registryDomain, type EnclaveUrl } from '../chain/calls/setUrl'
import type { Deployment } from '../chain/deployment'
import type { EnclaveKeys } from './keys/enclaveKeys'

/** The enclave's own word on where it is reached, for the registry. `version` must rise: chain time in Unix seconds. */
export async function signPublicUrl(
  deployment: Deployment,
  keys: EnclaveKeys,
  { version, url }: { version: bigint; url: string },
): Promise<EnclaveUrl & { signature: Hex }> {
  const message = { signer: keys.signer, version, url }
  const digest = hashTypedData({
    ...{ domain: registryDomain(deployment), types: enclaveUrlTypes, primaryType: 'EnclaveUrl', message },
  })
  return { ...message, signature: await keys.sign(digest) }
}
