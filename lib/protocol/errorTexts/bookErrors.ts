import { UNTOUCHED, type ErrorText } from './errorText'

const IN_MARKET = 'Your margin stays in the market, where only your own orders and withdrawals can move it.'

/** Errors of markets, margin, orders and batches. PROTOCOL.md sections 11 and 12. */
export const BOOK_ERRORS = {
  INVALID_MARKET: {
    what: 'A parameter of the market breaks a rule.',
    money: UNTOUCHED,
    next: 'Correct the parameter that the message names.',
  },
  MARKET_UNKNOWN: {
    what: 'There is no market with this id here.',
    money: UNTOUCHED,
    next: 'Check the link, the chain and the contract address.',
  },
  MARKET_CHANGED: {
    what: 'The market’s terms on chain are not those that the page showed.',
    money: UNTOUCHED,
    next: 'Load the page again, read the terms, and place the order if you still want to.',
  },
  ORDER_NOT_RECOVERED: {
    what: 'This wallet’s signature does not open the order.',
    money: 'The order counts as it was sealed; nothing about it changed.',
    next: 'Use the wallet that sealed it, or load the receipt.',
  },
  TOKEN_NOT_OF_MARKET: {
    what: 'The market trades other tokens than this one.',
    money: UNTOUCHED,
    next: 'Deposit the market’s base or quote token.',
  },
  MARGIN_TOO_LARGE: {
    what: 'The margin would be more than the contract can count.',
    money: UNTOUCHED,
    next: 'Deposit less.',
  },
  NOTHING_REQUESTED: {
    what: 'No withdrawal is waiting here.',
    money: 'What was asked for before has been paid into the balance; the rest is still margin.',
    next: 'Look at the balance, or ask for a withdrawal first.',
  },
  WITHDRAWAL_NOT_DUE: {
    what: 'A batch that may have counted on this money is not finished yet.',
    money: IN_MARKET,
    next: 'Wait until the batch of the request is final or void: the market’s page shows when.',
  },
  BATCH_KEY_UNUSABLE: {
    what: 'No key of the market’s operator serves this batch, so it takes no orders.',
    money: UNTOUCHED,
    next: 'Wait for the next batch, or until the operator has a key again. Cancelling and withdrawing work without one.',
  },
  OTHER_KEY_IN_BATCH: {
    what: 'The orders of this batch are sealed to another key.',
    money: UNTOUCHED,
    next: 'Load the batch’s key and seal the order anew.',
  },
  MIN_FILL_OUT_OF_RANGE: {
    what: 'The minimum fill is not a whole number of lots from 0 to the order’s quantity.',
    money: UNTOUCHED,
    next: 'Enter at most the quantity, or fill or kill for all of it.',
  },
  EXPIRY_OUT_OF_RANGE: {
    what: 'The last batch of the order is not a batch number below 4,294,967,296.',
    money: UNTOUCHED,
    next: 'Choose a nearer batch, or no last batch at all.',
  },
  INVALID_SEALED_ORDER: {
    what: 'The sealed order does not have the form of one.',
    money: UNTOUCHED,
    next: 'Seal the order again.',
  },
  ORDER_NOT_LIVE: {
    what: 'The order is not, or no longer, a live one.',
    money: 'What it traded before it was cancelled counts; nothing else of it does.',
    next: 'Load the page again and look at the order’s present state.',
  },
  BATCH_NOT_NEXT: {
    what: 'Another batch of this market comes first, or this one is settled already.',
    money: IN_MARKET,
    next: 'Settle the batches in their order.',
  },
  BATCH_NOT_OVER: {
    what: 'The batch still takes orders.',
    money: IN_MARKET,
    next: 'Try again after its end.',
  },
  BATCH_END_NOT_FINAL: {
    what: 'The enclave has not yet seen a final block past the batch’s end.',
    money: IN_MARKET,
    next: 'Wait a few blocks; the keeper asks again by itself.',
  },
  BATCH_MISMATCH: {
    what: 'The settlement does not agree with the batch on the chain.',
    money: IN_MARKET,
    next: 'Settle again with the enclave’s answer for the present state.',
  },
  SIGNER_BARRED: {
    what: 'A settlement by this signer was struck in the market, so it settles none there any more.',
    money: IN_MARKET,
    next: 'Settle the batch with another enclave of the same key; if none does in time, the batch is void.',
  },
  CANCELLED_ALREADY: {
    what: 'All of your orders were cancelled in this batch already, or twice in batches that are not finished.',
    money: IN_MARKET,
    next: 'Wait until those batches are final or void, or cancel the orders one by one.',
  },
  PRICE_OUTSIDE_BAND: {
    what: 'The price is outside the band around the last one.',
    money: IN_MARKET,
    next: 'Settle again with the enclave’s answer for the present state.',
  },
  BATCH_NOT_FINAL: {
    what: 'The batch is not settled, or its settlement can still be challenged.',
    money: IN_MARKET,
    next: 'Wait until the challenge window has ended.',
  },
  NOT_CHALLENGER: {
    what: 'Only the contract that judges challenges may do this.',
    money: UNTOUCHED,
    next: 'Bring the evidence to that contract.',
  },
} as const satisfies Record<string, ErrorText>
