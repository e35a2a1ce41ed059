import type { HubWallet } from '../../lib/chain/hub/wallet'
import type { Network } from '../_data/network'
import type { PolkadotState } from '../_polkadot/polkadotStore'

/** A wallet's account on this network's chain, a Hub. Loads what speaks to it. */
export async function openInjectedWallet(
  { rpcUrl, hub }: Pick<Network, 'rpcUrl' | 'hub'>,
  { wallet, account }: NonNullable<PolkadotState>,
): Promise<HubWallet> {
  const [{ openHubWallet }, { sharedHubNode }] = await Promise.all([
    import('../../lib/chain/hub/wallet'),
    import('../../lib/chain/hub/sharedNode'),
  ])
  const node = sharedHubNode(rpcUrl)
  return openHubWallet({ node, account, signer: wallet.signer, genesisHash: hub?.genesisHash })
}
