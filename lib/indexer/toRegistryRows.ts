import type { RegistryEvent } from '../chain/registryEvents'
import type { EventRows } from '../db/insertRows'
import { toDecimal } from '../db/numbers'

type RegistryRows = Pick<EventRows, 'enclaveKeys' | 'enclaveSigners' | 'enclaveRetirements' | 'enclaveRevocations'>

/** The registry's events of one block as rows. */
export function toRegistryRows(events: readonly RegistryEvent[]): RegistryRows {
  const rows: RegistryRows = { enclaveKeys: [], enclaveSigners: [], enclaveRetirements: [], enclaveRevocations: [] }
  for (const event of events) {
    const { blockHash, logIndex, transactionHash, keyId } = event
    const common = { blockHash, logIndex, transactionHash, keyId }
    switch (event.type) {
      case 'SealingKeyRegistered': {
        const [epoch, notBefore, notAfter] = [event.epoch, event.notBefore, event.notAfter].map(toDecimal) as [
          string,
          string,
          string,
        ]
        const { publicKey, appId } = event
        const operator = event.operator.toLowerCase()
        rows.enclaveKeys.push({ ...common, operator, appId, epoch, notBefore, notAfter, publicKey })
        break
      }
      case 'SignerAdmitted': {
        const evidence = Buffer.from(event.evidence.slice(2), 'hex')
        rows.enclaveSigners.push({
          ...common,
          signer: event.signer.toLowerCase(),
          simulated: event.simulated,
          evidence,
        })
        break
      }
      case 'SealingKeyRetired':
        rows.enclaveRetirements.push(common)
        break
      case 'SealingKeyRevoked':
        rows.enclaveRevocations.push(common)
    }
  }
  return rows
}
