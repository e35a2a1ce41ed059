/** The events of a block do not continue what is indexed: the node left some out, or some were missed before. */
export class IndexGapError extends Error {
  override name = 'IndexGapError'
  constructor(
    /** In lower case. */
    readonly auctionId: string,
    message: string,
  ) {
    super(message)
  }
}

/** The node's answers belong to two different forks: ask again. */
export class ForkChangedError extends Error {
  override name = 'ForkChangedError'
}
