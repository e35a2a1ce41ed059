import type { Address } from 'viem'
import type { ChainConnection, ContractCall } from '../../lib/chain/connection'
import { SubrosaError } from '../../lib/protocol/errors'
import type { Flow } from '../_transaction/flow'

/** A claim, and what it is called in words. */
export type Claim = { call: ContractCall; what: string }

type Tools = {
  chain: Pick<ChainConnection, 'call'>
  account: Address
  flow: Pick<Flow, 'send' | 'sendTogether'>
  /** Whether the wallet does several calls in one confirmation, all or none (EIP-5792). */
  batches: boolean
}

/**
 * Collects what is still there to be collected: in one confirmation where the wallet can, else one after the other. A
 * keeper works at the same claims, and one that it has sent must not stop the rest.
 *
 * @throws SubrosaError NOTHING_TO_CLAIM where all of it has been sent meanwhile; whatever refused otherwise.
 */
export async function collectAll(claims: readonly Claim[], { chain, account, flow, batches }: Tools): Promise<void> {
  if (batches && claims.length > 1) {
    const open = await Promise.all(claims.map(({ call }) => isOpen(chain, call, account)))
    const left = claims.filter((_, index) => open[index])
    const [only] = left
    if (!only) throw new SubrosaError('NOTHING_TO_CLAIM')
    if (left.length === 1) await flow.send(only.call, only.what)
    else
      await flow.sendTogether(
        left.map(({ call }) => call),
        `Collect ${left.length} things at once`,
      )
    return
  }
  let sent = 0
  for (const [index, { call, what }] of claims.entries()) {
    if (!(await isOpen(chain, call, account))) continue
    await flow.send(call, claims.length > 1 ? `${what} (${index + 1} of ${claims.length})` : what)
    sent += 1
  }
  if (sent === 0) throw new SubrosaError('NOTHING_TO_CLAIM')
}

/** False only where the contract says that it has been collected: of any other refusal the sending itself tells. */
async function isOpen(chain: Pick<ChainConnection, 'call'>, call: ContractCall, account: Address): Promise<boolean> {
  try {
    await chain.call({ ...call, from: account })
    return true
  } catch (error) {
    return !(error instanceof SubrosaError && (error.code === 'NOTHING_TO_CLAIM' || error.code === 'NOT_LIVE_BID'))
  }
}
