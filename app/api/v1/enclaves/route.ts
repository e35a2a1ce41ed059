import { listEnclaveKeys } from '../../../../lib/db/enclaves'
import { enclaveListEndpoint } from '../_lib/endpoints'
import { toAddress, toHash, toOrigin } from '../_lib/hex'
import { serve } from '../_lib/serve'

export { OPTIONS } from '../_lib/cors'

/** Every sealing key that the registry ever admitted, with its enclaves. */
export const GET = serve(enclaveListEndpoint, async ({ tx }) => ({
  keys: (await listEnclaveKeys(tx)).map((key) => ({
    ...{ keyId: toHash(key.keyId), operator: toAddress(key.operator), appId: toHash(key.appId) },
    ...{ epoch: `${key.epoch}`, notBefore: `${key.notBefore}`, notAfter: `${key.notAfter}` },
    publicKey: toHash(key.publicKey),
    ...{ retired: key.retired, revoked: key.revoked },
    signers: key.signers.map(({ signer, simulated, origin }) => ({
      signer: toAddress(signer),
      simulated,
      origin: toOrigin(origin),
    })),
  })),
}))
