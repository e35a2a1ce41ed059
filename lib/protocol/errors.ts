/** What an error means to the person who meets it. PROTOCOL.md section 12. */
export interface ErrorText {
  /** What happened. */
  what: string
  /** What it means for his money. */
  money: string
  /** What to do next. */
  next: string
}

const UNTOUCHED = 'No money moved.'
const STILL_LOCKED = 'Your collateral stays locked in the contract, where only your own claim can move it.'

/** Every error of the project, in one list. PROTOCOL.md section 12. */
export const ERRORS = {
  PRICE_OUT_OF_RANGE: {
    what: 'The price is not a whole number of ticks from 1 to 4,294,967,295.',
    money: UNTOUCHED,
    next: 'Enter a price in whole ticks.',
  },
  QUANTITY_OUT_OF_RANGE: {
    what: 'The quantity is not a whole number of lots from 1 to 4,294,967,295.',
    money: UNTOUCHED,
    next: 'Enter a whole number of lots; an auction of one lot takes bids for exactly one.',
  },
  VALUE_OUT_OF_RANGE: {
    what: 'A number does not fit the field it is meant for.',
    money: UNTOUCHED,
    next: 'Correct the field that the message names.',
  },
  INVALID_LENGTH: {
    what: 'A byte string has the wrong length.',
    money: UNTOUCHED,
    next: 'Pass the field that the message names in full, without truncating it.',
  },
  INVALID_COMMITMENT: {
    what: 'The commitment is not a point of secp256k1 that the contract accepts.',
    money: UNTOUCHED,
    next: 'Seal the bid again; a new salt gives a new commitment.',
  },
  INVALID_SEALED_BID: {
    what: 'The sealed bid does not have the form of one.',
    money: 'A bid like this is invalid and cannot win; its collateral goes back in full.',
    next: 'Seal the bid again and replace it before the close.',
  },
  INVALID_SEALING_KEY: {
    what: 'The sealing key is not an uncompressed point of P-256.',
    money: UNTOUCHED,
    next: 'Read the key from the registry again; do not bid with this one.',
  },
  INVALID_SIGNATURE: {
    what: 'The wallet answered with something other than a 64 or 65 byte ECDSA signature.',
    money: UNTOUCHED,
    next: 'Use a random secret and keep the receipt: this wallet cannot recover its bids.',
  },
  SECRET_NOT_REPRODUCIBLE: {
    what: 'The wallet signs the same message differently each time, so it cannot recover its bids.',
    money: UNTOUCHED,
    next: 'Download the receipt and keep it: it is the only copy of your bid in the clear.',
  },
  BID_NOT_RECOVERED: {
    what: 'This wallet’s signature does not open the bid.',
    money: 'The bid counts as it was sealed; nothing about it changed.',
    next: 'Use the wallet that sealed it, or load the receipt.',
  },
  INVALID_RECEIPT: {
    what: 'The file is not a Subrosa receipt.',
    money: 'The bid on chain is not affected.',
    next: 'Choose the file that was saved before the bid was sent.',
  },
  WRONG_CHAIN: {
    what: 'The wallet is on another chain.',
    money: UNTOUCHED,
    next: 'Switch the wallet to the chain of this auction.',
  },
  WRONG_ACCOUNT: {
    what: 'The wallet changed its account since the bid was sealed.',
    money: UNTOUCHED,
    next: 'Switch back, or seal the bid again with this account: a sealed bid works for one account only.',
  },
  TERMS_CHANGED: {
    what: 'The auction’s terms on chain are not those the bid was made for.',
    money: UNTOUCHED,
    next: 'Read the terms again and seal a new bid if you still want to.',
  },
  INVALID_PARAMETER: {
    what: 'A parameter of the auction breaks a rule.',
    money: UNTOUCHED,
    next: 'Correct the parameter that the message names.',
  },
  UNSUPPORTED_PARAMETER: {
    what: 'A parameter asks for a format that this version does not have.',
    money: UNTOUCHED,
    next: 'Choose another value for the parameter that the message names.',
  },
  AUCTION_UNKNOWN: {
    what: 'There is no auction with this id here.',
    money: UNTOUCHED,
    next: 'Check the link, the chain and the contract address.',
  },
  AUCTION_CLOSED: {
    what: 'The auction takes no more bids.',
    money: UNTOUCHED,
    next: 'Bids placed before the close count; wait for the settlement.',
  },
  AUCTION_NOT_CLOSED: {
    what: 'The auction is still open.',
    money: 'Bids stay sealed and their collateral stays locked until the close.',
    next: 'Try again after the close.',
  },
  AUCTION_NOT_OPEN: {
    what: 'The auction has already been settled or voided.',
    money: UNTOUCHED,
    next: 'Look at its result, and claim what is yours.',
  },
  AUCTION_NOT_FINAL: {
    what: 'The result can still be challenged.',
    money: STILL_LOCKED,
    next: 'Claim once the challenge window has ended.',
  },
  AUCTION_NOT_VOIDABLE: {
    what: 'The auction can still settle.',
    money: STILL_LOCKED,
    next: 'Wait for the settlement; past the deadline anyone can void the auction.',
  },
  SETTLEMENT_TOO_LATE: {
    what: 'The deadline for settling has passed.',
    money: 'Everyone gets his collateral back in full and the seller his lots.',
    next: 'Void the auction and claim.',
  },
  SETTLEMENT_MISMATCH: {
    what: 'The settlement does not agree with the chain.',
    money: STILL_LOCKED,
    next: 'Settle again with the enclave’s answer for the present state.',
  },
  UNKNOWN_SIGNER: {
    what: 'The signer is not an active enclave of this auction’s sealing key.',
    money: STILL_LOCKED,
    next: 'Settle with an enclave that the registry lists for the key.',
  },
  OPENING_MISMATCH: {
    what: 'An opening does not open the commitment it was given for.',
    money: STILL_LOCKED,
    next: 'Settle again with the enclave’s own witness.',
  },
  NOT_COVERED: {
    what: 'The payment would exceed the collateral that the bid locked.',
    money: STILL_LOCKED,
    next: 'Lock at least price times quantity; a bid that is not covered cannot win.',
  },
  WRONG_COLLATERAL: {
    what: 'The collateral is not what the auction asks for.',
    money: UNTOUCHED,
    next: 'Lock the amount that the auction names.',
  },
  TOO_MANY_BIDS: {
    what: 'The auction holds as many bids as its seller admits.',
    money: UNTOUCHED,
    next: 'Try again if a bidder withdraws.',
  },
  NO_SUCH_SLOT: {
    what: 'The auction does not admit this many bids from one address.',
    money: UNTOUCHED,
    next: 'Replace the bid you have.',
  },
  BID_EXISTS: {
    what: 'You already have a bid in this auction.',
    money: UNTOUCHED,
    next: 'Replace it instead of placing another.',
  },
  NOT_LIVE_BID: {
    what: 'The bid is not, or no longer, the live one.',
    money: 'If it was replaced or claimed, its collateral is already accounted for.',
    next: 'Load the page again and look at your bid’s present state.',
  },
  NOT_OWNER: {
    what: 'Only the owner may do this.',
    money: UNTOUCHED,
    next: 'Use the account that placed the bid or opened the auction.',
  },
  NOTHING_TO_CLAIM: {
    what: 'There is nothing left to claim here.',
    money: 'What was yours has already been credited or sent.',
    next: 'Look at your balance and your lots.',
  },
  INSUFFICIENT_BALANCE: {
    what: 'The balance does not cover this.',
    money: UNTOUCHED,
    next: 'Deposit the difference, or choose a smaller amount.',
  },
  INVALID_AMOUNT: {
    what: 'The amount or address of a transfer is not one the contract accepts.',
    money: UNTOUCHED,
    next: 'Correct the amount or the address.',
  },
  TOKEN_REFUSED: {
    what: 'The token or the receiver refused the transfer, or moved another amount.',
    money: 'The whole transaction was undone.',
    next: 'Withdraw to another address, or use a token without transfer fees.',
  },
  KEY_REJECTED: {
    what: 'The registry does not accept this enclave key.',
    money: UNTOUCHED,
    next: 'Choose a key that the registry lists as usable until after the close.',
  },
  ENCLAVE_UNVERIFIED: {
    what: 'The evidence of this auction’s enclave does not hold, so nothing was sealed to its key.',
    money: UNTOUCHED,
    next: 'Do not bid until it does: whoever runs the enclave can put it right. The network page shows every check.',
  },
  CLOSE_NOT_FINAL: {
    what: 'The enclave has not yet seen a final block past the close.',
    money: STILL_LOCKED,
    next: 'Wait a few blocks; the keeper asks again by itself.',
  },
  HISTORY_MISMATCH: {
    what: 'The bids that the enclave was shown are not those of the chain.',
    money: STILL_LOCKED,
    next: 'Check the node that the enclave reads; it refuses to settle on this history.',
  },
  ENDPOINTS_DISAGREE: {
    what: 'The enclave’s nodes do not agree on the chain, or prove what is not in it.',
    money: STILL_LOCKED,
    next: 'Wait: it acts on nothing until enough of them agree. Whoever runs it should check its nodes.',
  },
  ENCLAVE_BUSY: {
    what: 'The enclave has as much to do as it takes on.',
    money: STILL_LOCKED,
    next: 'Ask again in a moment; the keeper does so by itself.',
  },
  KEY_UNAVAILABLE: {
    what: 'This enclave does not hold the auction’s sealing key.',
    money: STILL_LOCKED,
    next: 'Ask the enclave that does; if none settles in time, everyone is refunded.',
  },
  USER_REJECTED: {
    what: 'The request was declined in the wallet.',
    money: UNTOUCHED,
    next: 'Start again when you are ready.',
  },
  TRANSACTION_REVERTED: {
    what: 'The chain refused the transaction.',
    money: 'Nothing moved but the network fee.',
    next: 'Read the reason; the page shows the state as it is now.',
  },
  TRANSACTION_DROPPED: {
    what: 'The network has forgotten the transaction: no block took it, and it waits nowhere any more.',
    money: UNTOUCHED,
    next: 'Look in your wallet, which may send it again. If it does not, start again here.',
  },
  ANOTHER_TAB: {
    what: 'Another tab of this browser is sending for this account.',
    money: 'This tab sent nothing.',
    next: 'Finish or close it there, then start again here.',
  },
  RPC_UNAVAILABLE: {
    what: 'The chain’s node does not answer.',
    money: 'Money on chain is not affected. A transaction already sent may still be included.',
    next: 'Try again in a moment; do not send the same transaction twice.',
  },
  NOT_FOUND: {
    what: 'There is nothing at this address.',
    money: UNTOUCHED,
    next: 'Check the link.',
  },
  INVALID_REQUEST: {
    what: 'The request is not of the form asked for.',
    money: UNTOUCHED,
    next: 'Correct the field that the message names.',
  },
  INVALID_JSON: {
    what: 'The line is not one JSON document.',
    money: UNTOUCHED,
    next: 'Correct the line; the other lines are not affected.',
  },
  INVALID_FIELD: {
    what: 'A field of the document is missing or breaks its rule.',
    money: UNTOUCHED,
    next: 'Correct the field that the message names; the other lines are not affected.',
  },
  LINE_TOO_LONG: {
    what: 'The line is longer than the command reads.',
    money: UNTOUCHED,
    next: 'Split the input; the other lines are not affected.',
  },
  RATE_LIMITED: {
    what: 'This address asks more often than the server allows.',
    money: 'Money on chain is not affected.',
    next: 'Wait as long as the header Retry-After says.',
  },
  TOO_MANY_STREAMS: {
    what: 'As many live streams are open as the server allows.',
    money: 'Money on chain is not affected.',
    next: 'Close a stream, or ask at intervals instead.',
  },
  INDEX_NOT_READY: {
    what: 'The server has not read any of the chain yet.',
    money: 'Money on chain is not affected.',
    next: 'Try again in a few seconds.',
  },
  DATABASE_UNAVAILABLE: {
    what: 'The server cannot reach its database.',
    money: 'Money on chain is not affected: bids and claims go from the wallet to the chain.',
    next: 'Try again soon.',
  },
  INTERNAL: {
    what: 'Something failed on our side.',
    money: 'Money on chain is not affected.',
    next: 'Try again; if it stays, report the time and the request id.',
  },
} as const satisfies Record<string, ErrorText>

export type ErrorCode = keyof typeof ERRORS

/**
 * A typed error: a code of `ERRORS`, the field at fault and what the developer should know.
 * Verifiers do not throw it for bad input from others; they return a verdict.
 */
export class SubrosaError extends Error {
  override readonly name = 'SubrosaError'
  readonly code: ErrorCode
  readonly field: string | undefined
  readonly details: string | undefined

  constructor(code: ErrorCode, options: { field?: string; details?: string; cause?: unknown } = {}) {
    const { field, details, cause } = options
    const subject = field === undefined ? '' : `${field}: `
    super(`${subject}${details ?? ERRORS[code].what}`, cause === undefined ? undefined : { cause })
    this.code = code
    this.field = field
    this.details = details
  }
}
