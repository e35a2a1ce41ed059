import type { Address, PublicClient, WalletClient } from 'viem'
import type { ChainConnection } from '../../lib/chain/connection'
import type { Flow } from '../_transaction/flow'
import { permitDomain, signPermit, type SignedPermit } from './permit'

/** Seconds for which a permit holds: time to look for the wallet's window, and little for anything else. */
const PERMIT_SECONDS = 3_600n

type Terms = { token: Address; owner: Address; spender: Address; value: bigint }
type Tools = { chain: ChainConnection; client: PublicClient; wallet: () => Promise<WalletClient>; flow: Flow }

/**
 * Asks the wallet to sign that `spender` may take `value` base units of `token` within the next hour.
 * @param step What is asked, in words.
 * @returns null where token or wallet cannot: then an approval asks the same.
 */
export async function askPermit(
  { token, owner, spender, value }: Terms,
  step: string,
  { chain, client, wallet, flow }: Tools,
): Promise<SignedPermit | null> {
  const domain = await permitDomain(client, token, owner)
  if (!domain) return null
  flow.asking(step)
  const { timestamp } = await chain.readBlock('latest')
  return signPermit(client, await wallet(), domain, { owner, spender, value, deadline: timestamp + PERMIT_SECONDS })
}
