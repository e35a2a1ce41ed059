import type { Address, Hex } from 'viem'
import { openConnection } from '../chain/openConnection'
import { readDeployment } from '../chain/readDeployment'
import { readSettlementEvidence, type FoundSettlement } from '../chain/readSettlementEvidence'
import { SubrosaError } from '../protocol/errors'
import { loadProofBackend } from '../protocol/proof/backend'
import { runHere, verifySettlement, type SettlementVerdict } from '../protocol/proof/verifySettlement'
import { verifyAnchor, type AnchorInput } from './verifyAnchor'
import { loadBundle } from './verifyBundle'

export type VerifyInput = {
  id: Hex
  contract: Address
  fromBlock: bigint
  rpcUrl: string
  /** A file, or a URL; left out, the proofs are missing. */
  bundle?: string
  /** Where its digest must stand as well; left out, that is not looked at. */
  anchor?: AnchorInput | undefined
  /** Told what a person may want to know on the way. */
  say: (line: string) => void
}

/** Bids between two lines about how far it got. */
const TOLD_EVERY = 50

/** Reads and verifies one settlement. Where there is nothing to verify, that is the one check, and it fails. */
export async function verifyAuction(input: VerifyInput): Promise<SettlementVerdict> {
  const { say } = input
  let found: FoundSettlement
  try {
    found = await readSettlement(input)
  } catch (error) {
    if (!(error instanceof SubrosaError)) throw error
    const check = { name: 'chain', ok: false, detail: `${error.code}: ${error.message}` }
    return { ok: false, checks: [check], bids: 0, invalid: 0, unproven: ['bids'] }
  }
  const { evidence, settled, block } = found
  const { proofHash } = evidence.settlement
  say(`Settled in block ${settled.blockNumber} by ${evidence.signer}; storage read at block ${block.number}.`)
  const bundle = input.bundle === undefined ? null : await loadBundle(input.bundle, proofHash, say)
  if (!bundle) say(`No proofs: the bundle named by the settlement is ${proofHash}.`)
  const verdict = await verifySettlement(
    { ...evidence, bundle },
    {
      run: runHere(await loadProofBackend()),
      onProgress: ({ done, total }) => {
        if (done % TOLD_EVERY === 0) say(`${done} of ${total} bids`)
      },
    },
  )
  const anchor = input.anchor && (await verifyAnchor(input.anchor, found, say))
  if (verdict.invalid > 0) {
    say(
      `Warning: ${verdict.invalid} live ${verdict.invalid === 1 ? 'bid is' : 'bids are'} invalid and counted for nothing.`,
    )
  }
  return anchor ? { ...verdict, ok: verdict.ok && anchor.ok, checks: [...verdict.checks, anchor] } : verdict
}

async function readSettlement({ id, contract, fromBlock, rpcUrl }: VerifyInput): Promise<FoundSettlement> {
  const connection = openConnection(rpcUrl)
  try {
    const deployment = await readDeployment(connection, contract, fromBlock)
    return await readSettlementEvidence(connection, deployment, id)
  } finally {
    await connection.close()
  }
}
