import { strict as assert } from 'node:assert'
import type { Address } from 'viem'
import type { HubSender } from '../../lib/chain/hub/sender'
import { mapAccount, readMapping } from '../../lib/chain/substrate/mapping'
import { SubrosaError } from '../../lib/protocol/errors'
import { signerOf } from './byWallet'
import { timed } from './figures'
import { pairOf } from './people'

/**
 * Alice's account, as the wallet menu maps it, through its own code: asks whether the account is mapped, has its wallet sign the
 * mapping, and asks again. Before, the chain lets it call no contract.
 */
export async function mapByWallet(url: string, sender: HubSender, contract: Address): Promise<void> {
  const pair = pairOf('alice')
  assert.equal(await readMapping(url, pair.addressRaw), 'missing')
  const call = { to: contract, data: '0x', value: 0n, method: 'nothing' } as const
  await assert.rejects(
    sender.send(call),
    (error) => error instanceof SubrosaError && /AccountUnmapped/.test(error.details ?? ''),
  )
  const signer = signerOf(pair)
  await timed('map alice, as a wallet does', () => mapAccount(url, { address: pair.address, signer }))
  assert.equal(await readMapping(url, pair.addressRaw), 'mapped')
}
