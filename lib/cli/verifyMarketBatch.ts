import type { Address, Hex } from 'viem'
import { readBatchEvidence, type FoundBatch } from '../chain/book/readBatchEvidence'
import { openConnection } from '../chain/openConnection'
import { readBookDeployment } from '../chain/readDeployment'
import type { BatchVerdict } from '../protocol/book/batchVerdict'
import { verifyBatch, type JudgedBatch } from '../protocol/book/verifyBatch'
import { SubrosaError } from '../protocol/errors'
import { loadCarriedLists, type CarriedSources } from './loadCarried'

export type VerifyBatchInput = CarriedSources & {
  marketId: Hex
  batchId: bigint
  /** The order book's. */
  contract: Address
  fromBlock: bigint
  rpcUrl: string
  /** Told what a person may want to know on the way. */
  say: (line: string) => void
}

/** Orders between two lines about how far it got. */
const TOLD_EVERY = 200

/** Reads and verifies one batch. Where there is nothing to verify, that is the one check, and it fails. */
export async function verifyMarketBatch(input: VerifyBatchInput): Promise<BatchVerdict> {
  const { say } = input
  let found: Omit<FoundBatch, 'evidence'> & { evidence: JudgedBatch }
  try {
    found = await readBatchOf(input)
  } catch (error) {
    if (!(error instanceof SubrosaError)) throw error
    const check = { name: 'chain', ok: false, detail: `${error.code}: ${error.message}` }
    return { ok: false, checks: [check], status: 'waiting', orders: 0, fills: 0, invalid: 0, unproven: ['batch'] }
  }
  const { evidence, settled, block } = found
  if (settled) say(`Settled in block ${settled.blockNumber} by ${settled.signer}.`)
  say(`${evidence.leaves.length} orders and cancellations of the market; storage read at block ${block.number}.`)
  const verdict = await verifyBatch(evidence, {
    onProgress: ({ done, total }) => {
      if (done % TOLD_EVERY === 0) say(`${done} of ${total} sealed orders`)
    },
  })
  if (verdict.invalid > 0) {
    say(`Warning: ${verdict.invalid} ${verdict.invalid === 1 ? 'order is' : 'orders are'} invalid on public evidence.`)
  }
  return verdict
}

async function readBatchOf({ marketId, batchId, contract, fromBlock, rpcUrl, say, ...sources }: VerifyBatchInput) {
  const connection = openConnection(rpcUrl)
  try {
    const deployment = await readBookDeployment(connection, contract, fromBlock)
    const found = await readBatchEvidence(connection, deployment, marketId, batchId)
    const lists = await loadCarriedLists(connection, deployment, found.evidence, sources, say)
    return { ...found, evidence: { ...found.evidence, lists } }
  } finally {
    await connection.close()
  }
}
