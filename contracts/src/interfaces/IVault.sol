// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

/// @title Balances in the native coin and in ERC-20 tokens.
/// @notice Money enters by deposit and leaves only when its owner pulls it. Nobody else can move a balance.
/// @dev The zero address stands for the chain's native coin.
interface IVault {
    /// @notice The token took a fee, rebased or lied: the contract received something other than `expected`.
    error TokenAmountMismatch(address token, uint256 expected, uint256 received);
    /// @notice `msg.value` does not equal the amount named, or native coin came with an ERC-20 call.
    error NativeValueMismatch(uint256 expected, uint256 received);
    /// @notice `account` holds less than the call needs.
    error InsufficientBalance(address token, address account, uint256 available, uint256 needed);
    error ZeroAmount();
    error ZeroAddress();
    /// @notice What is sent to this contract itself would belong to nobody.
    error InvalidReceiver(address to);
    /// @notice An ERC-721 comes one by one: it cannot be a balance.
    error NotFungible(address token);
    /// @notice The receiver refused the native coin. Withdraw to another address.
    error NativeTransferFailed(address to, uint256 amount);

    event Deposited(address indexed token, address indexed account, uint256 amount);
    event Withdrawn(address indexed token, address indexed account, address indexed to, uint256 amount);

    /// @notice Base units of `token` that `account` can withdraw or bid with now.
    function balanceOf(address token, address account) external view returns (uint256);

    /// @notice Adds `amount` of `token` to the caller's balance. Native coin: send exactly `amount`.
    function deposit(address token, uint256 amount) external payable;

    /// @notice As `deposit`, with an ERC-2612 permit in place of an approval.
    /// @dev A permit that someone else already submitted is no obstacle: the allowance is what counts.
    function depositWithPermit(address token, uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external;

    /// @notice Sends `amount` of the caller's balance to `to`.
    function withdraw(address token, uint256 amount, address to) external;
}
