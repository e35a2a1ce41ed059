import { createClient, type Address } from 'viem'
import { verifyMessage } from 'viem/actions'
import { getWalletClient } from 'wagmi/actions'
import { chainTransport } from '../../lib/chain/transport'
import type { LinkVerdict } from '../../lib/chain/substrate/verifyLink'
import { encodeSs58, GENERIC_PREFIX } from '../../lib/protocol/polkadot/ss58'
import { linkStatement, serializeLink, type AccountLink } from '../../lib/protocol/polkadot/link'
import type { Network } from '../_data/network'
import { signText } from '../_polkadot/injected'
import type { PolkadotState } from '../_polkadot/polkadotStore'
import type { WalletSession } from '../_wallet/session'

export type CheckedLink = { link: AccountLink; verdict: LinkVerdict }

type Making = {
  address: Address
  session: WalletSession
  network: Network
  polkadot: NonNullable<PolkadotState>
  onStep: (words: string) => void
}

/** Asks both wallets to sign. @throws what a wallet answers; SubrosaError USER_REJECTED. */
export async function makeLink({ address, session, network, polkadot, onStep }: Making): Promise<AccountLink> {
  const { wallet, account } = polkadot
  const claim = {
    ethereum: address,
    polkadot: encodeSs58(account.accountId, GENERIC_PREFIX),
    issuedAt: Math.floor(Date.now() / 1000),
  }
  const text = linkStatement(claim)
  onStep(`Answer in ${wallet.name} first: it shows the text that you sign.`)
  const polkadotSignature = await signText(wallet, account.address, text)
  onStep('Now answer in your Ethereum wallet: it shows the same text.')
  const { config } = await session.engine()
  const ethereum = await getWalletClient(config, { account: address, chainId: network.chainId })
  const ethereumSignature = await ethereum.signMessage({ account: ethereum.account, message: text })
  return { version: 1, ...claim, ethereumSignature, polkadotSignature }
}

/** Checks a link here, whoever made it. A contract that is an account is asked on this network's chain. */
export async function checkLink(link: AccountLink, rpcUrl: string): Promise<CheckedLink> {
  const { verifyLink } = await import('../../lib/chain/substrate/verifyLink')
  const client = createClient({ transport: chainTransport(rpcUrl, { retryCount: 1, timeout: 15_000 }) })
  const verifyContract = (address: Address, message: string, signature: `0x${string}`) =>
    verifyMessage(client, { address, message, signature })
  return { link, verdict: await verifyLink(link, { now: Math.floor(Date.now() / 1000), verifyContract }) }
}

/** Hands the link to the person as a file. */
export function downloadLink(link: AccountLink): void {
  const file = new Blob([serializeLink(link)], { type: 'application/json' })
  const anchor = document.createElement('a')
  anchor.href = URL.createObjectURL(file)
  anchor.download = `subrosa-link-${link.ethereum.slice(2, 8)}-${link.polkadot.slice(0, 6)}.json`
  anchor.click()
  URL.revokeObjectURL(anchor.href)
}
