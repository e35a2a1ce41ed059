import type { Address } from 'viem'
import { getWalletClient } from 'wagmi/actions'
import { evmConnection } from '../../lib/chain/evm/connection'
import type { Network } from '../_data/network'
import { canBatch } from '../_transaction/batch'
import type { Flow } from '../_transaction/flow'
import type { WalletSession } from '../_wallet/session'
import { collectAll } from './collectAll'
import { collectCall } from './collectCall'
import type { Collectable } from './collectables'

type Tools = { network: Network; session: WalletSession; account: Address; flow: Flow }

/** Sends the claims of an account's own things, by whatever way its wallet offers. @throws as `collectAll`. */
export async function sendClaims(
  items: readonly { thing: Collectable; what: string }[],
  { network, session, account, flow }: Tools,
): Promise<void> {
  const { config, client } = await session.engine()
  const wallet = items.length > 1 ? await getWalletClient(config, { account }).catch(() => null) : null
  await collectAll(
    items.map(({ thing, what }) => ({ call: collectCall(network, thing, account), what })),
    {
      chain: evmConnection(client),
      account,
      flow,
      batches: wallet !== null && (await canBatch(wallet, account, network.chainId)),
    },
  )
}
