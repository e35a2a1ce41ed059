import type { ChainConnection } from './connection'
import { endpointKind } from './endpointKind'
import { openEvmConnection } from './evm/connection'
import { lazyConnection } from './lazyConnection'

/** Reads the chain behind an endpoint, of whichever kind it is. What only the other kind needs is not loaded. */
export function openConnection(url: string): ChainConnection {
  if (endpointKind(url) === 'evm') return openEvmConnection(url)
  return lazyConnection(async () => (await import('./hub/connection')).openHubConnection(url))
}
