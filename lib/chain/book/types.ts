export type { MarketParams } from '../../protocol/book/market'
export type { BatchSettlement, Fill } from '../../protocol/book/settlement'
