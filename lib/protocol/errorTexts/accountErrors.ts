import { UNTOUCHED, type ErrorText } from './errorText'

/** Errors of accounts and of links between them. PROTOCOL.md section 12. */
export const ACCOUNT_ERRORS = {
  INVALID_ADDRESS: {
    what: 'This is not an account’s address: neither Ethereum’s (0x and 40 digits) nor Polkadot’s (SS58).',
    money: UNTOUCHED,
    next: 'Copy the address again; a single wrong character makes it another one, or none.',
  },
  ACCOUNT_NOT_MAPPED: {
    what: 'The chain does not know yet which Polkadot account stands behind this address, so it cannot call contracts.',
    money: UNTOUCHED,
    next: 'Open the wallet menu and choose “Map this account”: one transaction and a deposit, once.',
  },
  INVALID_LINK: {
    what: 'The file is not a link between two accounts.',
    money: UNTOUCHED,
    next: 'Choose the file that was saved when both accounts had signed.',
  },
} as const satisfies Record<string, ErrorText>
