import type { OpenedConnection } from './connection'
import { endpointKind } from './endpointKind'
import { openEvmConnection } from './evm/connection'
import { lazyConnection } from './lazyConnection'

/** Reads the chain behind an endpoint, of whichever kind it is. What only the other kind needs is not loaded. */
export function openConnection(url: string): OpenedConnection {
  // Requests over http hold nothing open.
  if (endpointKind(url) === 'evm') return { ...openEvmConnection(url), close: () => Promise.resolve() }
  let opened: OpenedConnection | undefined
  const connection = lazyConnection(async () => {
    opened = (await import('./hub/connection')).openHubConnection(url)
    return opened
  })
  return { ...connection, close: async () => opened?.close() }
}
