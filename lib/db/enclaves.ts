import type { Queryable } from './client'
import { toBigint } from './numbers'
import { originOf, withBlock, type Origin } from './origin'

/** A signer that the registry admitted for a key. */
export type EnclaveSignerRecord = { signer: string; simulated: boolean; origin: Origin }

/** A sealing key as the registry's events have it. Times in Unix seconds. */
export type EnclaveKeyRecord = {
  keyId: string
  operator: string
  appId: string
  epoch: bigint
  notBefore: bigint
  notAfter: bigint
  publicKey: string
  retired: boolean
  revoked: boolean
  signers: EnclaveSignerRecord[]
}

/** Every sealing key that is indexed, the newest epoch first, its signers in the order of their admission. */
export async function listEnclaveKeys(db: Queryable): Promise<EnclaveKeyRecord[]> {
  const keys = await db.enclaveKey.findMany({ orderBy: [{ epoch: 'desc' }, { keyId: 'asc' }] })
  const signers = await db.enclaveSigner.findMany({ omit: { evidence: true }, include: withBlock })
  const revocations = await db.enclaveRevocation.findMany({ select: { keyId: true } })
  const retirements = await db.enclaveRetirement.findMany({ select: { keyId: true } })
  const retired = new Set(retirements.map(({ keyId }) => keyId))
  const revoked = new Set(revocations.map(({ keyId }) => keyId))
  const admitted = signers
    .map((row) => ({ keyId: row.keyId, signer: row.signer, simulated: row.simulated, origin: originOf(row) }))
    .sort((a, b) => Number(a.origin.blockNumber - b.origin.blockNumber) || a.origin.logIndex - b.origin.logIndex)
  return keys.map(({ keyId, operator, appId, epoch, notBefore, notAfter, publicKey }) => ({
    ...{ keyId, operator, appId },
    ...{ epoch: toBigint(epoch), notBefore: toBigint(notBefore), notAfter: toBigint(notAfter), publicKey },
    ...{ retired: retired.has(keyId), revoked: revoked.has(keyId) },
    signers: admitted
      .filter((row) => row.keyId === keyId)
      .map(({ signer, simulated, origin }) => ({ signer, simulated, origin })),
  }))
}
