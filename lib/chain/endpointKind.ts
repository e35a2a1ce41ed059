/**
 * Which kind of node stands behind an endpoint's URL: `evm` answers Ethereum's JSON-RPC over http(s), `hub` Substrate's
 * over ws(s), with pallet-revive in its runtime. The scheme decides, here and nowhere else.
 */
export function endpointKind(url: string): 'evm' | 'hub' {
  return /^wss?:/i.test(url) ? 'hub' : 'evm'
}
