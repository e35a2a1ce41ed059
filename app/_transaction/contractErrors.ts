import { BaseError, decodeErrorResult, erc20Abi, isHex, parseAbi, type Hex } from 'viem'
import { enclaveRegistryAbi } from '../../lib/abi/enclaveRegistry'
import { sealedAuctionsAbi } from '../../lib/abi/sealedAuctions'
import type { ErrorCode } from '../../lib/protocol/errors'

/** What the tokens of a lot or of a payment say (ERC-6093). */
const TOKEN_ERRORS = parseAbi([
  'error ERC20InsufficientBalance(address sender, uint256 balance, uint256 needed)',
  'error ERC20InsufficientAllowance(address spender, uint256 allowance, uint256 needed)',
  'error ERC721NonexistentToken(uint256 tokenId)',
  'error ERC721IncorrectOwner(address sender, uint256 tokenId, address owner)',
  'error ERC721InsufficientApproval(address operator, uint256 tokenId)',
  'error ERC1155InsufficientBalance(address sender, uint256 balance, uint256 needed, uint256 tokenId)',
  'error ERC1155MissingApprovalForAll(address operator, address owner)',
])

const ABI = [...sealedAuctionsAbi, ...enclaveRegistryAbi, ...TOKEN_ERRORS, ...erc20Abi]

const CODES: Record<string, ErrorCode> = {
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
  ERC1155InsufficientBalance: 'INSUFFICIENT_BALANCE',
  ZeroAmount: 'INVALID_AMOUNT',
  ZeroAddress: 'INVALID_AMOUNT',
  NativeValueMismatch: 'INVALID_AMOUNT',
  TokenAmountMismatch: 'TOKEN_REFUSED',
  NativeTransferFailed: 'TOKEN_REFUSED',
  SafeERC20FailedOperation: 'TOKEN_REFUSED',
  ERC721NonexistentToken: 'TOKEN_REFUSED',
  ERC721IncorrectOwner: 'TOKEN_REFUSED',
  ERC721InsufficientApproval: 'TOKEN_REFUSED',
  ERC1155MissingApprovalForAll: 'TOKEN_REFUSED',
  ERC20InsufficientAllowance: 'TOKEN_REFUSED',
  UnknownKey: 'KEY_REJECTED',
}

/** The listed error that a Solidity error stands for. */
export function codeOfContractError(name: string): ErrorCode {
  return CODES[name] ?? 'TRANSACTION_REVERTED'
}

/**
 * Finds a revert's data anywhere in an error's causes and decodes it.
 * @returns null where the error is no revert, or not one of ours.
 */
export function decodeRevert(error: unknown): { name: string; text: string } | null {
  const data = revertData(error)
  if (!data) return null
  try {
    const { errorName, args } = decodeErrorResult({ abi: ABI, data })
    const given = (args ?? []).map(String).join(', ')
    return { name: errorName, text: `${errorName}(${given})` }
  } catch {
    return null
  }
}

function revertData(error: unknown): Hex | null {
  if (!(error instanceof BaseError)) return null
  let found: Hex | null = null
  error.walk((cause) => {
    const data: unknown = typeof cause === 'object' && cause !== null && 'data' in cause ? cause.data : undefined
    const hex = typeof data === 'object' && data !== null && 'data' in data ? data.data : data
    if (isHex(hex) && hex.length >= 10) found = hex
    return found !== null
  })
  return found
}
