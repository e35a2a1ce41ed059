import { listEnclaveKeys } from '../../../../lib/db/enclaves'
import { enclaveListEndpoint } from '../_lib/endpoints'
import { toAddress, toHash, toOrigin } from '../_lib/hex'
import { serve } from '../_lib/serve'

export { OPTIONS } from '../_lib/cors'

/** Every sealing key that the registry ever admitted, with its enclaves. */
export const GET = serve(enclaveListEndpoint, async ({ tx }) => ({
  keys: (await listEnclaveKeys(tx)).map(({ keyId, epoch, notBefore, notAfter, publicKey, revoked, signers }) => ({
    keyId: toHash(keyId),
    ...{ epoch: `${epoch}`, notBefore: `${notBefore}`, notAfter: `${notAfter}` },
    publicKey: toHash(publicKey),
    revoked,
    signers: signers.map(({ signer, simulated, origin }) => ({
      signer: toAddress(signer),
      simulated,
      origin: toOrigin(origin),
    })),
  })),
}))
