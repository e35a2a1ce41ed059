import { UNTOUCHED, type ErrorText } from './errorText'

/** Errors of accounts and of links between them. PROTOCOL.md section 12. */
export const ACCOUNT_ERRORS = {
  INVALID_ADDRESS: {
    what: 'This is not an account’s address: neither Ethereum’s (0x and 40 digits) nor Polkadot’s (SS58).',
    money: UNTOUCHED,
    next: 'Copy the address again; a single wrong character makes it another one, or none.',
  },
  INVALID_LINK: {
    what: 'The file is not a link between two accounts.',
    money: UNTOUCHED,
    next: 'Choose the file that was saved when both accounts had signed.',
  },
} as const satisfies Record<string, ErrorText>
