import type { PricingRule } from '../../lib/protocol/constants'

/** The pricing rules as a bidder needs them. PROTOCOL.md section 6. */
export const RULES: Record<PricingRule, { name: string; pays: string; youPay: string; advice: string }> = {
  FIRST_PRICE: {
    name: 'Highest bid pays its own price',
    pays: 'The highest bid wins and pays exactly what it says.',
    youPay: 'If you win, you pay exactly that.',
    advice: 'Bid what you are willing to pay: if you win, you pay all of it.',
  },
  SECOND_PRICE: {
    name: 'Highest bid pays the second price',
    pays: 'The highest bid wins and pays the next bid’s price, or the reserve if there is no other.',
    youPay: 'If you win, you pay the next bid’s price, or the reserve if there is no other.',
    advice: 'Bid the most the lot is worth to you: you never pay more than the next bid below.',
  },
  UNIFORM_PRICE: {
    name: 'All winners pay one price',
    pays: 'The highest bids win, and every winner pays the lowest winning price.',
    youPay: 'If you win, you pay the lowest winning price.',
    advice: 'Bid the most a lot is worth to you.',
  },
  PAY_AS_BID: {
    name: 'Each winner pays his bid',
    pays: 'The highest bids win, and each pays exactly what it says.',
    youPay: 'If you win, you pay exactly that.',
    advice: 'Bid what you are willing to pay: if you win, you pay all of it.',
  },
}
