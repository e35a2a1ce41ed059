import { STILL_LOCKED, UNTOUCHED, type ErrorText } from './errorText'

/** Errors of enclaves, nodes, wallets, requests and servers. PROTOCOL.md section 12. */
export const SERVICE_ERRORS = {
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
  LIST_NOT_HERE: {
    what: 'The list of what became of this batch’s orders is not here, or not yet.',
    money: 'Money on chain is not affected: fills are in the settlement itself.',
    next: 'Try again in a minute; the enclave that settled the batch publishes the list, too.',
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
