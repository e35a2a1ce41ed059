import { STILL_LOCKED, UNTOUCHED, type ErrorText } from './errorText'

/** Errors of bids, receipts, auctions and money. PROTOCOL.md section 12. */
export const BID_ERRORS = {
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
    next: 'Seal the bid or order again; a new salt gives a new commitment.',
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
    what: 'The signer is not an active enclave of the sealing key.',
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
    next: 'Use the account that placed the bid or order, or opened the auction.',
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
} as const satisfies Record<string, ErrorText>
