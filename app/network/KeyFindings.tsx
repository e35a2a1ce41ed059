'use client'

import type { Hex } from 'viem'
import type { Check } from '../../lib/protocol/attestation/checks'
import { inWords, type EnclaveFinding } from '../_attest/checkSealingKey'
import { useEnclaveCheck } from '../_attest/useEnclaveCheck'
import { Queries } from '../_data/Queries'
import { Hash } from '../_ui/Hash'
import { Notice } from '../_ui/Notice'
import { QueryProblem } from '../_ui/QueryProblem'
import { Skeleton } from '../_ui/Skeleton'
import { Tag } from '../_ui/Tag'
import { CheckTable } from './CheckTable'
import { MeasurementTerms } from './MeasurementTerms'

/** A key's enclaves, each check of their evidence as this browser made it. PROTOCOL.md section 10. */
export function KeyFindings({ keyId }: { keyId: Hex }) {
  return (
    <Queries>
      <Findings keyId={keyId} />
    </Queries>
  )
}

function Findings({ keyId }: { keyId: Hex }) {
  const { data: finding, error, refetch } = useEnclaveCheck(keyId)
  if (!finding && error) return <QueryProblem what="The enclave’s key" error={error} onRetry={() => void refetch()} />
  if (!finding) return <Skeleton label="Checking the evidence in your browser" className="h-40" />
  if (finding.enclaves.length === 0 && finding.problem !== null) return <Problem words={finding.problem} />
  return (
    <div className="space-y-6">
      {finding.enclaves.map((enclave) => (
        <Enclave key={enclave.signer} enclave={enclave} />
      ))}
    </div>
  )
}

function Enclave({ enclave: { signer, verdict, problem } }: { enclave: EnclaveFinding }) {
  return (
    <div className="space-y-4">
      <p className="flex flex-wrap items-center gap-2 text-sm">
        <Hash value={signer} label="signer" kind="address" />
        {problem === null ? <Tag tone="open">evidence holds</Tag> : <Tag tone="warn">evidence does not hold</Tag>}
        {verdict?.root === 'simulator' ? <Tag tone="warn">simulated: no hardware protection</Tag> : null}
      </p>
      {problem === null ? null : <Problem words={problem} />}
      {verdict ? (
        <>
          {/* What failed is read at once; what holds, by those who want to know how. */}
          <details open={problem !== null} className="text-sm">
            <summary className="min-h-11 cursor-pointer py-3 font-semibold">{countInWords(verdict.checks)}</summary>
            <CheckTable
              rows={verdict.checks.map((check) => ({
                ...check,
                detail: check.ok === false ? inWords(check) : check.detail,
              }))}
            />
          </details>
          <MeasurementTerms verdict={verdict} />
        </>
      ) : null}
    </div>
  )
}

function countInWords(checks: readonly Check[]): string {
  const count = (result: boolean | null) => checks.filter(({ ok }) => ok === result).length
  const failed = count(false)
  return `${checks.length} checks: ${count(true)} hold, ${failed > 0 ? `${failed} failed, ` : ''}${count(null)} are not asked of this build`
}

function Problem({ words }: { words: string }) {
  return (
    <Notice tone="warn" title="Your browser would not seal a bid to this key.">
      <p>{words}</p>
    </Notice>
  )
}
