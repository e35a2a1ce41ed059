/** Where on the chain a row comes from. `time` in Unix seconds of chain time. */
export type Origin = {
  blockNumber: bigint
  blockHash: string
  transactionHash: string
  logIndex: number
  time: bigint
}

/** What a query must include for `originOf`. */
export const withBlock = { block: { select: { number: true, time: true } } } as const

type Row = {
  blockHash: string
  transactionHash: string
  logIndex: number
  block: { number: bigint; time: bigint }
}

export function originOf(row: Row): Origin {
  return {
    blockNumber: row.block.number,
    blockHash: row.blockHash,
    transactionHash: row.transactionHash,
    logIndex: row.logIndex,
    time: row.block.time,
  }
}
