import { hexToBytes, type Hex } from 'viem'
import type { KeyProvider } from '../keys/provider'
import { loadSecretFile } from '../keys/secretFile'
import { openGuestAgent } from './guestAgent'
import { readCollateralFile } from './collateralFile'
import { isIssuedBy } from './signatureChain'

/** Says what a key is for within the agent's signature on it. */
const PURPOSE = 'subrosa/v1'

export type DstackOptions = {
  socketPath: string
  /** Public key of the KMS's root, SEC1 in hex; without it, who issued the keys is not checked. */
  kmsRoot?: string
  /** The app that this machine must be, 20 bytes in hex; without it, whose app it is is not checked. */
  expectedAppId?: string
  /** Where the operator puts Intel's collateral for this platform, JSON. */
  collateralFile?: string
  /** This instance's own secret, on a disk that is kept; made on the first start. */
  signerFile: string
}

const unprefixed = (hex: string) => hex.replace(/^0x/, '').toLowerCase()

/**
 * Keys from dstack's guest agent: `/GetKey` at `subrosa/v1/<path>`, a path for each sealing epoch and another for its
 * proofs (`keys/enclaveKeys`). The agent derives 32 bytes (HKDF-SHA256 of the app's key with the path), which only this
 * app, as the KMS knows it, is given. They are used as a secret and not as a key: a sealing key is RFC 9180's DeriveKeyPair
 * (7.1.3) of them, the same as with the simulator. The settlement key comes from a file on the machine's encrypted disk,
 * since every instance of the app is given the same keys: `keys/scalar`'s reduction of 48 bytes of HKDF (FIPS 186-5
 * A.2.1). PROTOCOL.md section 10.
 *
 * @throws Error where the agent is not there or is another app's, or a key was issued by another root.
 */
export async function openDstack(options: DstackOptions): Promise<{
  provider: KeyProvider
  composeHash: Hex | undefined
}> {
  const { socketPath, kmsRoot, expectedAppId, collateralFile, signerFile } = options
  const agent = openGuestAgent(socketPath)
  const { app_id: appId, compose_hash: composeHash } = await agent.info()
  if (expectedAppId && unprefixed(expectedAppId) !== unprefixed(appId))
    throw new Error(`this machine runs the app ${appId}, not ${expectedAppId}`)
  const instanceSecret = await loadSecretFile(signerFile)
  const root: Hex | null = kmsRoot ? `0x${unprefixed(kmsRoot)}` : null

  async function deriveSecret(path: string): Promise<Uint8Array> {
    const { key, signature_chain: signatureChain } = await agent.getKey(`${PURPOSE}/${path}`, PURPOSE)
    if (root && !isIssuedBy(root, { key, purpose: PURPOSE, appId, signatureChain })) {
      throw new Error(`the key at ${path} was not issued to this app by the configured root`)
    }
    const secret = hexToBytes(key)
    if (secret.length !== 32) throw new Error(`the key at ${path} has ${secret.length} bytes`)
    return secret
  }

  const provider: KeyProvider = {
    simulated: false,
    appId,
    instanceSecret: () => Promise.resolve(instanceSecret),
    deriveSecret,
    async attest(reportData) {
      const { quote, event_log: eventLog, vm_config: vmConfig = '' } = await agent.getQuote(reportData)
      // The operator adds the approval: signatures of attestors who checked this very quote.
      return { quote: hexToBytes(quote), approval: new Uint8Array(), eventLog, vmConfig }
    },
    readCollateral: () => (collateralFile === undefined ? Promise.resolve(null) : readCollateralFile(collateralFile)),
  }
  return { provider, composeHash }
}
