import type { Hex } from 'viem'
import type { MarketState } from '../../chain/book/marketState'
import { bookDomain } from '../../chain/deployment'
import type { Header } from '../chain/header'
import { decodeKey, keySlots } from '../chain/provenAuction'
import type { EnclaveKeys, SealingKey } from '../keys/enclaveKeys'
import type { Threads } from '../opening/pool'
import type { HistorySource } from './extendHistory'
import type { BookOrder } from './marketHistory'
import { openOrders, type OpenedOrders } from './openOrders'

/**
 * Opens those of some orders that are sealed to this enclave's keys, of whatever epoch, and were not opened yet. An
 * order that is sealed to another's key cannot be opened here and is left out: it rests.
 */
export async function openOwnOrders(
  source: HistorySource & { keys: EnclaveKeys; threads: Threads },
  block: Header,
  market: Pick<MarketState, 'id' | 'minLots'>,
  orders: readonly BookOrder[],
  opened: OpenedOrders,
): Promise<void> {
  const sealed = new Map<Hex, BookOrder[]>()
  for (const order of orders) {
    if (opened.has(order.leaf)) continue
    const same = sealed.get(order.keyId)
    if (same) same.push(order)
    else sealed.set(order.keyId, [order])
  }
  const groups = []
  for (const [keyId, ofKey] of sealed) {
    const key = await ownKey(source, block, keyId)
    if (key) groups.push({ keyId, key: { publicKey: key.publicKey, privateKey: key.privateKey }, orders: ofKey })
  }
  await openOrders(source.threads, bookDomain(source.deployment), market, groups, opened)
}

/** The registry names a key's epoch, revoked or not; whether the key is ours, our own derivation tells. */
async function ownKey(
  { chain, deployment, keys }: HistorySource & { keys: EnclaveKeys },
  block: Header,
  keyId: Hex,
): Promise<SealingKey | null> {
  const { known, epoch } = decodeKey(await chain.prove(block, deployment.contracts.registry, keySlots(keyId)))
  if (!known) return null
  const key = await keys.sealingKey(epoch)
  return key.keyId === keyId ? key : null
}
