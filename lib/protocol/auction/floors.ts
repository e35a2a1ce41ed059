/** The local chain, where nobody's money depends on a term. */
const LOCAL_CHAIN_ID = 31337
const HOUR = 3_600

/** What a deployment asks of every auction's times, in seconds. */
export interface AuctionFloors {
  /** The least `settleBy - closesAt`: less leaves the enclave no time, and gives the seller a free way out. */
  settlePeriod: number
  /** The least `challengeWindow`: less leaves nobody time to object. */
  challengeWindow: number
}

/** The arguments that the auction contract is deployed with on a chain. PROTOCOL.md section 5. */
export function floorsOf(chainId: number): AuctionFloors {
  const least = chainId === LOCAL_CHAIN_ID ? 1 : HOUR
  return { settlePeriod: least, challengeWindow: least }
}
