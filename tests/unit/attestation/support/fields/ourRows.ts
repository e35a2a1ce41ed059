import type { RegistryEntry } from '../../../../../lib/protocol/attestation/reportData'
import { AT } from '../simulated'
import type { World } from '../world'
import type { FieldRow } from './fieldRow'

const OTHER: RegistryEntry = {
  chainId: 2n,
  registry: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
  signer: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
  operator: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
  appId: `0x${'cc'.repeat(20)}`,
  epoch: 4n,
  publicKey: `0x04${'12'.repeat(64)}`,
  notBefore: 1n,
  notAfter: 1n,
}
const policy = (field: string, value: unknown) => (world: World) => (world.policy[field] = value)
const entries = Object.entries(OTHER).map(([field, value]): FieldRow => [
  ...(['registry entry', field] as const),
  ({ entry }) => void Object.assign(entry, { [field]: value }),
  field === 'appId' ? 'REGISTRY_APP_MISMATCH' : 'REGISTRY_ENTRY_MISMATCH',
])

/** What the verifier brings: the registry's entry from the chain, the time, and what its build trusts. */
export const OUR_ROWS: FieldRow[] = [
  ...entries,
  ['time', 'before the collateral’s', (w) => (w.at = AT - 1), 'CRL_EXPIRED'],
  ['time', 'after the collateral’s', (w) => (w.at = AT + 31 * 86_400), 'CRL_EXPIRED'],
  ['time', 'after the certificates’', (w) => (w.at = 2_600_000_000), 'CERTIFICATE_EXPIRED'],
  ['root', 'another', (w) => (w.root = { name: 'intel', fingerprint: '00'.repeat(32) }), 'ROOT_UNTRUSTED'],
  ['policy', 'appIds', policy('appIds', ['cc'.repeat(20)]), 'APP_ID_UNACCEPTED'],
  ['policy', 'composeHashes', policy('composeHashes', ['cc'.repeat(32)]), 'COMPOSE_HASH_UNACCEPTED'],
  ['policy', 'keyProviders', policy('keyProviders', [{ name: 'kms' }]), 'KEY_PROVIDER_UNACCEPTED'],
  ['policy', 'acceptedTcbStatuses', policy('acceptedTcbStatuses', ['OutOfDate']), 'TCB_STATUS_UNACCEPTED'],
  [
    ...(['policy', 'minimumTcbEvaluationDataNumber'] as const),
    policy('minimumTcbEvaluationDataNumber', 2),
    'TCB_EVALUATION_TOO_OLD',
  ],
  ['policy', 'mrConfigIds', policy('mrConfigIds', ['09'.repeat(48)]), 'CONFIG_ID_UNACCEPTED'],
  ['policy', 'reportData', policy('reportData', '00'.repeat(64)), 'REPORT_DATA_MISMATCH'],
]
