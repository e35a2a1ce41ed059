import type { Address, Hex } from 'viem'
import type { BatchClock } from '../_data/batches'
import type { MarketMoney } from './orderTerms'

/** A market as its page's parts need it. Times in seconds, prices in ticks, band in hundredths of a percent. */
export type MarketView = MarketMoney &
  BatchClock & {
    id: Hex
    baseToken: Address
    quoteToken: Address
    bandBps: number
    batchSettleBy: number
    challengeWindow: number
    /** Whose sealing keys orders are sealed to. */
    operator: Address
    /** Batches after its own in which an order may still trade. */
    maxOrderAge: number
    /** As the index has it; null before any trade. */
    lastPrice: number | null
    /** The block that created it: nothing of it is earlier. */
    fromBlock: number
  }
