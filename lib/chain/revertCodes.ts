import type { ErrorCode } from '../protocol/errors'

/** What each Solidity error means to a person. PROTOCOL.md section 12. */
const REVERT_CODES: Record<string, ErrorCode> = {
  InvalidParameter: 'INVALID_PARAMETER',
  UnsupportedParameter: 'UNSUPPORTED_PARAMETER',
  UnknownAuction: 'AUCTION_UNKNOWN',
  AuctionClosed: 'AUCTION_CLOSED',
  AuctionNotClosed: 'AUCTION_NOT_CLOSED',
  AuctionNotOpen: 'AUCTION_NOT_OPEN',
  AuctionNotFinal: 'AUCTION_NOT_FINAL',
  AuctionNotVoidable: 'AUCTION_NOT_VOIDABLE',
  WrongParamsHash: 'TERMS_CHANGED',
  WrongCollateral: 'WRONG_COLLATERAL',
  InvalidCommitment: 'INVALID_COMMITMENT',
  InvalidSealedBid: 'INVALID_SEALED_BID',
  TooManyBids: 'TOO_MANY_BIDS',
  NoSuchSlot: 'NO_SUCH_SLOT',
  BidExists: 'BID_EXISTS',
  NotLiveBid: 'NOT_LIVE_BID',
  NotBidder: 'NOT_OWNER',
  NotSeller: 'NOT_OWNER',
  SettlementTooLate: 'SETTLEMENT_TOO_LATE',
  SettlementMismatch: 'SETTLEMENT_MISMATCH',
  UnknownSigner: 'UNKNOWN_SIGNER',
  OpeningMismatch: 'OPENING_MISMATCH',
  NotCovered: 'NOT_COVERED',
  NothingToClaim: 'NOTHING_TO_CLAIM',
  InsufficientBalance: 'INSUFFICIENT_BALANCE',
  ERC20InsufficientBalance: 'INSUFFICIENT_BALANCE',
  ERC20InsufficientAllowance: 'INSUFFICIENT_BALANCE',
  ZeroAmount: 'INVALID_AMOUNT',
  ZeroAddress: 'INVALID_AMOUNT',
  InvalidReceiver: 'INVALID_PARAMETER',
  NotFungible: 'INVALID_PARAMETER',
  NativeValueMismatch: 'INVALID_AMOUNT',
  TokenAmountMismatch: 'TOKEN_REFUSED',
  NativeTransferFailed: 'TOKEN_REFUSED',
  SafeERC20FailedOperation: 'TOKEN_REFUSED',
  ERC721InvalidReceiver: 'TOKEN_REFUSED',
  ERC1155InvalidReceiver: 'TOKEN_REFUSED',
  InvalidSealingKey: 'INVALID_SEALING_KEY',
  InvalidPeriod: 'KEY_REJECTED',
  ZeroSigner: 'KEY_REJECTED',
  AlreadyRegistered: 'KEY_REJECTED',
  RegistrationMismatch: 'KEY_REJECTED',
  EvidenceRejected: 'KEY_REJECTED',
  UnknownKey: 'KEY_REJECTED',
}

/** The project's code for a Solidity error; TRANSACTION_REVERTED for one that is not ours. */
export function revertCodeOf(errorName: string): ErrorCode {
  return REVERT_CODES[errorName] ?? 'TRANSACTION_REVERTED'
}
