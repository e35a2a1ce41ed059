import { hkdfSync } from 'node:crypto'
import { bytesToHex, keccak256, type Address, type Hex } from 'viem'
import { privateKeyToAddress, sign } from 'viem/accounts'
import type { KeyProvider } from './provider'
import { loadSecretFile } from './secretFile'
import { scalarOf } from './scalar'

/** Each path's secret is bound to this program, so that the seed means nothing to another. */
const SEED_DOMAIN = 'subrosa/v1/simulator/'

/**
 * An enclave without hardware, for local chains: keys from a seed file, evidence from a root key in another file.
 * Both files are made on the first run.
 */
export async function openSimulator(files: { seedFile: string; rootFile: string }): Promise<KeyProvider> {
  const seed = await loadSecretFile(files.seedFile)
  const root = await loadSimulatorRoot(files.rootFile)
  return {
    simulated: true,
    deriveSecret: (path) => Promise.resolve(new Uint8Array(hkdfSync('sha256', seed, '', SEED_DOMAIN + path, 32))),
    async attest(reportData) {
      return { evidence: await sign({ hash: keccak256(reportData), privateKey: root, to: 'hex' }) }
    },
  }
}

/** The address that a SimulatorVerifier is deployed with: it admits what this root key signs. */
export async function simulatorRootAddress(rootFile: string): Promise<Address> {
  return privateKeyToAddress(await loadSimulatorRoot(rootFile))
}

async function loadSimulatorRoot(rootFile: string): Promise<Hex> {
  return bytesToHex(scalarOf(await loadSecretFile(rootFile), 'root'))
}
