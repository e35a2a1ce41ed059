import { expect, it } from 'vitest'
import { endpointKind } from '../../../lib/chain/endpointKind'

it.each([
  ['http://127.0.0.1:8545', 'evm'],
  ['https://node.example/key', 'evm'],
  ['ws://127.0.0.1:9944', 'hub'],
  ['WSS://hub.example', 'hub'],
])('%s is a node of kind %s', (url, kind) => {
  expect(endpointKind(url)).toBe(kind)
})
