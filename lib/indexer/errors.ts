/** The events of a block do not continue what is indexed: the node left some out, or some were missed before. */
export class IndexGapError extends Error {
  override name = 'IndexGapError'
  constructor(
    /** Of the auction or market, in lower case. */
    readonly id: string,
    message: string,
  ) {
    super(message)
  }
}

/** The node's answers belong to two different forks: ask again. */
export class ForkChangedError extends Error {
  override name = 'ForkChangedError'
}

/** The node contradicts itself about a block's logs: ask again, and do not index it before. */
export class LogsDisputedError extends Error {
  override name = 'LogsDisputedError'
  constructor(
    readonly block: { number: bigint; hash: string },
    readonly dispute: string,
  ) {
    super(`the logs of block ${block.number} are in dispute: ${dispute}`)
  }
}
