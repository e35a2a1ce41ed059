import { endpointKind } from '../../chain/endpointKind'
import { openHubNode } from '../../chain/hub/api'
import { hubConnection } from '../../chain/hub/connection'
import { hubStateOf } from '../../chain/hub/state'
import { boundedConnection, within, type Endpoint } from './endpoint'

/**
 * A Polkadot Hub node. Its headers are hashed here; its storage is its word alone, so as many must say the same as must
 * agree on a header: docs/threat-model.md.
 *
 * @param timeoutMs How long one request may take.
 */
export function openHubEndpoint(url: string, index: number, timeoutMs: number): Endpoint {
  if (endpointKind(url) !== 'hub') throw new RangeError('a Hub node is named by a ws(s) URL')
  const node = openHubNode(url, timeoutMs)
  const state = hubStateOf(node)
  return {
    index,
    provesStorage: false,
    connection: boundedConnection(hubConnection(node), timeoutMs),
    readHeader: (block) => within(timeoutMs, state.readHeader(block)),
    readStorage: ({ hash }, address, slots) => within(timeoutMs, state.readStorage(hash, address, slots)),
  }
}
