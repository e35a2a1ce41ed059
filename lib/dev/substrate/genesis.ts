import { chainSpec } from '@substrate/connect-known-chains/rococo_v2_2_asset_hub'
import { bnToU8a, u8aConcat, u8aToHex } from '@polkadot/util'
import { LOCAL_HUB_PREFIX } from './prefix'
import { blake2AsU8a, xxhashAsU8a } from '@polkadot/util-crypto'

/** A chain's beginning, as chopsticks takes it. */
export type Genesis = {
  id: string
  name: string
  properties: Record<string, unknown>
  genesis: { raw: { top: Record<string, string> } }
}

/** An account that has money from the beginning. Amount in planck. */
export type Funded = { publicKey: Uint8Array; free: bigint }

const littleEndian = (value: bigint, bits: number) => bnToU8a(value, { bitLength: bits, isLe: true })
const storageKey = (pallet: string, item: string, ...rest: Uint8Array[]) =>
  u8aToHex(u8aConcat(xxhashAsU8a(pallet, 128), xxhashAsU8a(item, 128), ...rest))

/**
 * Asset Hub as its published specification has it, runtime included, with money for some and a clock that starts now.
 *
 * The same arguments make the same chain, so that one may be continued.
 *
 * @param now Milliseconds since 1970: without it, a first block that falls on another slot than the runtime thinks fails.
 */
export function localGenesis(funded: readonly Funded[], now: bigint): Genesis {
  const spec = JSON.parse(chainSpec) as Genesis
  const issued = funded.reduce((sum, { free }) => sum + free, 0n)
  const top = {
    ...spec.genesis.raw.top,
    [storageKey('Timestamp', 'Now')]: u8aToHex(littleEndian(now, 64)),
    [storageKey('Balances', 'TotalIssuance')]: u8aToHex(littleEndian(issued, 128)),
    ...Object.fromEntries(funded.map((account) => [accountKey(account.publicKey), accountInfo(account.free)])),
  }
  return {
    id: 'subrosa-local-asset-hub',
    name: 'Local Asset Hub',
    properties: { ...spec.properties, ss58Format: LOCAL_HUB_PREFIX },
    // Chopsticks walks the keys in the order given.
    genesis: { raw: { top: Object.fromEntries(Object.entries(top).sort(([a], [b]) => (a < b ? -1 : 1))) } },
  }
}

function accountKey(publicKey: Uint8Array): string {
  return storageKey('System', 'Account', blake2AsU8a(publicKey, 128), publicKey)
}

/** nonce, consumers, providers, sufficients (u32); free, reserved and two frozen amounts (u128). */
function accountInfo(free: bigint): string {
  const counts = [0n, 0n, 1n, 0n].map((count) => littleEndian(count, 32))
  const amounts = [free, 0n, 0n, 0n].map((amount) => littleEndian(amount, 128))
  return u8aToHex(u8aConcat(...counts, ...amounts))
}
