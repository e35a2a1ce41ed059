import { hexToBytes } from '@noble/hashes/utils.js'
import type { Checklist } from '../checklist'
import { equalBytes } from '../equalBytes'
import { demand } from '../rejection'
import type { Collateral } from '../tcb/collateral'
import type { Chain } from '../x509/chain'
import type { Certificate } from '../x509/certificate'
import { authenticateCrl, type Crl } from '../x509/crl'

function demandSameIssuer({ issuer }: Chain, { leaf }: Chain): void {
  const isSame = equalBytes(issuer.subject.der, leaf.subject.der) && equalBytes(issuer.publicKey, leaf.publicKey)
  demand(
    isSame,
    `the list is that of ${leaf.subject.commonName}, the platform's issuer is ${issuer.subject.commonName}`,
  )
}

function demandFresh(crls: Crl[], at: number): number {
  for (const { thisUpdate, nextUpdate } of crls)
    demand(thisUpdate <= at && at <= nextUpdate, `a list is valid from ${thisUpdate} to ${nextUpdate}`)
  return Math.min(...crls.map(({ nextUpdate }) => nextUpdate))
}

function demandNotRevoked(certificates: Certificate[], { revoked }: Crl): void {
  for (const { serial, subject } of certificates)
    demand(!revoked.has(serial), `${subject.commonName} ${serial} was revoked`)
}

/** Revocation lists: signed by the right issuer, fresh, and naming none of the certificates relied on. */
export async function checkCrls(
  list: Checklist,
  chains: { pck: Chain; crlIssuer: Chain; signers: Chain[] },
  collateral: Collateral,
  at: number,
): Promise<void> {
  const { pck, crlIssuer, signers } = chains
  const describe = ({ revoked }: Crl) => `signed; lists ${revoked.size} certificates`
  const rootCrl = await list.run(
    'root-crl',
    () => authenticateCrl(hexToBytes(collateral.root_ca_crl), pck.root, 'root CRL'),
    describe,
  )
  const pckCrl = await list.run(
    'pck-crl',
    () => {
      demandSameIssuer(pck, crlIssuer)
      return authenticateCrl(hexToBytes(collateral.pck_crl), crlIssuer.leaf, 'PCK CRL')
    },
    describe,
  )
  if (!rootCrl || !pckCrl) return
  const until = await list.run(
    'crl-freshness',
    () => demandFresh([rootCrl, pckCrl], at),
    (end) => `both fresh until ${end}`,
  )
  if (until !== undefined) list.endsAt(until)
  const underRoot = [pck.issuer, crlIssuer.leaf, ...signers.map(({ leaf }) => leaf)]
  await list.run(
    'revocation',
    () => {
      demandNotRevoked([pck.leaf], pckCrl)
      demandNotRevoked([...underRoot, pck.root], rootCrl)
    },
    () => `${underRoot.length + 2} certificates, none revoked`,
  )
}
