import { decodeErrorResult, parseAbi, slice, type Address, type Hex } from 'viem'
import { enclaveRegistryAbi } from '../abi/enclaveRegistry'
import { hiddenBookAbi } from '../abi/hiddenBook'
import { sealedAuctionsAbi } from '../abi/sealedAuctions'
import { ContractRevert } from './errors'

/** What the tokens that Subrosa calls may answer (ERC-6093), and the library it calls them through. */
const tokenErrorsAbi = parseAbi([
  'error ERC20InsufficientBalance(address sender, uint256 balance, uint256 needed)',
  'error ERC20InsufficientAllowance(address spender, uint256 allowance, uint256 needed)',
  'error ERC721NonexistentToken(uint256 tokenId)',
  'error ERC721InsufficientApproval(address operator, uint256 tokenId)',
  'error ERC721InvalidReceiver(address receiver)',
  'error ERC1155MissingApprovalForAll(address operator, address owner)',
  'error ERC1155InsufficientBalance(address sender, uint256 balance, uint256 needed, uint256 tokenId)',
  'error ERC1155InvalidReceiver(address receiver)',
  'error SafeERC20FailedOperation(address token)',
])

const knownErrorsAbi = [...sealedAuctionsAbi, ...hiddenBookAbi, ...enclaveRegistryAbi, ...tokenErrorsAbi].filter(
  (item) => item.type === 'error',
)

/** Reads the data a contract reverted with. */
export function decodeRevert(data: Hex, call: { to?: Address; method?: string }, cause?: unknown): ContractRevert {
  if (data.length < 10) return new ContractRevert('NoReason', [], call, { cause })
  try {
    const { errorName, args } = decodeErrorResult({ abi: knownErrorsAbi, data })
    return new ContractRevert(errorName, args, call, { cause })
  } catch {
    return new ContractRevert(slice(data, 0, 4), [], call, { cause })
  }
}
