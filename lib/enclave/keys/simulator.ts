import { hkdfSync } from 'node:crypto'
import { bytesToHex, hexToBytes, type Address, type Hex } from 'viem'
import { privateKeyToAddress } from 'viem/accounts'
import { approvalDigest } from '../../protocol/attestation/evidence'
import { signDigest } from '../../protocol/signDigest'
import { makeCollateral } from '../simulator/collateral'
import { makeSimulatedEvidence, SIMULATED_APP } from '../simulator/makeSimulatedEvidence'
import { makeSimulatedPki, simulatorRootPem } from '../simulator/pki'
import type { KeyProvider } from './provider'
import { loadSecretFile } from './secretFile'
import { scalarOf } from './scalar'

/** What an app id is made from: who has the seed has the app's keys, as with a key management service. */
const APP_DOMAIN = 'subrosa/v1/simulator/app-id'

/** Each path's secret is bound to this program, so that the seed means nothing to another. */
const SEED_DOMAIN = 'subrosa/v1/simulator/'

/**
 * `seedFile`: the app's secret, which all its instances share. `rootFile`: what vouches for simulated machines.
 * `signerFile`: this instance's own secret.
 */
export type SimulatorFiles = { seedFile: string; rootFile: string; signerFile: string }

/**
 * An enclave without hardware, for local chains: keys from a seed file and its settlement key from another; from the root
 * secret in a third a quote in the form of a TDX machine's, under the simulator's own certificates, and the root's
 * approval of it. The files are made on the first run.
 */
export async function openSimulator(files: SimulatorFiles): Promise<KeyProvider> {
  const seed = await loadSecretFile(files.seedFile)
  const rootSecret = await loadSecretFile(files.rootFile)
  const instanceSecret = await loadSecretFile(files.signerFile)
  const pki = makeSimulatedPki(rootSecret)
  const appId = bytesToHex(new Uint8Array(hkdfSync('sha256', seed, '', APP_DOMAIN, 20)))
  const app = { ...SIMULATED_APP, appId: appId.slice(2) }
  return {
    simulated: true,
    appId,
    instanceSecret: () => Promise.resolve(instanceSecret),
    deriveSecret: (path) => Promise.resolve(new Uint8Array(hkdfSync('sha256', seed, '', SEED_DOMAIN + path, 32))),
    attest(reportData) {
      const { quote, eventLog } = makeSimulatedEvidence({ seed: rootSecret, reportData, at: 0, app })
      const approval = hexToBytes(signDigest(approvalDigest(reportData, appId, quote), rootKeyOf(rootSecret)))
      return Promise.resolve({ quote, approval, eventLog, vmConfig: '' })
    },
    readCollateral: (at) => Promise.resolve(makeCollateral(pki, at)),
  }
}

/** The address that a SimulatorVerifier is deployed with: it admits what this root key signs. */
export async function simulatorRootAddress(rootFile: string): Promise<Address> {
  return privateKeyToAddress(rootKeyOf(await loadSecretFile(rootFile)))
}

/** The certificate in PEM that quotes of a simulator with this root file end in. */
export async function simulatorRootCertificate(rootFile: string): Promise<string> {
  return simulatorRootPem(await loadSecretFile(rootFile))
}

function rootKeyOf(secret: Uint8Array): Hex {
  return bytesToHex(scalarOf(secret, 'root'))
}
