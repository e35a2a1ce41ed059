// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice Called by a token while it moves, as ERC-777 does.
interface ITokenHook {
    function tokensMoved() external;
}

/// @notice Every way an ERC-20 has misbehaved, each behind a switch. With all of them off it is an ordinary token
/// that, like some real ones, reverts on a transfer of nothing.
contract HostileToken is ERC20("Hostile", "BAD") {
    error Stuck();
    error Blacklisted(address account);
    error ZeroTransfer();

    uint256 public fee;
    bool public lies;
    bool public stuck;
    mapping(address account => bool) public blacklisted;
    ITokenHook public hook;

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function setFee(uint256 amount) external {
        fee = amount;
    }

    /// @dev A lying transfer reports success and moves nothing.
    function setLies(bool on) external {
        lies = on;
    }

    function setStuck(bool on) external {
        stuck = on;
    }

    function setBlacklisted(address account, bool on) external {
        blacklisted[account] = on;
    }

    function setHook(ITokenHook called) external {
        hook = called;
    }

    function _update(address from, address to, uint256 value) internal override {
        if (stuck) revert Stuck();
        if (blacklisted[from]) revert Blacklisted(from);
        if (blacklisted[to]) revert Blacklisted(to);
        if (value == 0) revert ZeroTransfer();
        if (lies) return;
        super._update(from, to, value - fee);
        if (fee != 0) super._update(from, address(0xFEE), fee);
        if (address(hook) != address(0)) hook.tokensMoved();
    }
}
