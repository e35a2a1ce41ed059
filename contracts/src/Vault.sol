// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IVault} from "./interfaces/IVault.sol";
import {Fungible} from "./libraries/Fungible.sol";

/// @title Balances, deposited and pulled by their owners alone. PROTOCOL.md section 5.
/// @notice Collateral of a live bid is not a balance: it is accounted in the bid's leaf, and comes back here.
/// @dev A base contract, not a contract of its own: each room holds its own money, no room is trusted by another,
/// and a bid saves two calls.
abstract contract Vault is IVault, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    address internal constant NATIVE = address(0);

    mapping(address token => mapping(address account => uint256)) private _balances;

    /// @inheritdoc IVault
    function balanceOf(address token, address account) external view returns (uint256) {
        return _balances[token][account];
    }

    /// @inheritdoc IVault
    function deposit(address token, uint256 amount) external payable nonReentrant {
        _requireDepositable(token, amount);
        _pull(token, amount);
        _credit(token, msg.sender, amount);
    }

    /// @inheritdoc IVault
    function depositWithPermit(address token, uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s)
        external
        nonReentrant
    {
        _requireDepositable(token, amount);
        _permit(token, amount, deadline, v, r, s);
        _pull(token, amount);
        _credit(token, msg.sender, amount);
    }

    /// @inheritdoc IVault
    function withdraw(address token, uint256 amount, address to) external nonReentrant {
        if (amount == 0) revert ZeroAmount();
        _requireReceiver(to);
        _debit(token, msg.sender, amount);
        emit Withdrawn(token, msg.sender, to, amount);
        if (token == NATIVE) {
            (bool sent,) = to.call{value: amount}("");
            if (!sent) revert NativeTransferFailed(to, amount);
        } else {
            IERC20(token).safeTransfer(to, amount);
        }
    }

    function _requireDepositable(address token, uint256 amount) internal view {
        if (amount == 0) revert ZeroAmount();
        if (token != NATIVE && Fungible.isErc721(token)) revert NotFungible(token);
    }

    /// @dev Money or lots sent to this contract itself would be stuck in it.
    function _requireReceiver(address to) internal view {
        if (to == address(0)) revert ZeroAddress();
        if (to == address(this)) revert InvalidReceiver(to);
    }

    /// @dev Someone may have submitted the permit already; then the allowance is there and the transfer decides.
    /// The code is looked at first because `try` does not catch a call to an address without any.
    function _permit(address token, uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s) internal {
        if (token.code.length == 0) return;
        try IERC20Permit(token).permit(msg.sender, address(this), amount, deadline, v, r, s) {} catch {}
    }

    /// @dev Takes exactly `amount` from the caller into custody, without crediting it. Tokens that take a fee or
    /// report other amounts are refused.
    function _pull(address token, uint256 amount) internal {
        uint256 expectedValue = token == NATIVE ? amount : 0;
        if (msg.value != expectedValue) revert NativeValueMismatch(expectedValue, msg.value);
        if (amount == 0) return;
        if (token != NATIVE) {
            uint256 before = IERC20(token).balanceOf(address(this));
            IERC20(token).safeTransferFrom(msg.sender, address(this), amount);
            uint256 received = IERC20(token).balanceOf(address(this)) - before;
            if (received != amount) revert TokenAmountMismatch(token, amount, received);
        }
        emit Deposited(token, msg.sender, amount);
    }

    function _credit(address token, address account, uint256 amount) internal {
        if (amount != 0) _balances[token][account] += amount;
    }

    function _debit(address token, address account, uint256 amount) internal {
        uint256 available = _balances[token][account];
        if (available < amount) revert InsufficientBalance(token, account, available, amount);
        _balances[token][account] = available - amount;
    }
}
