// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {ITokenHook} from "./HostileToken.sol";

/// @notice A contract that bids or sells. Whenever coin or a token reaches it, it may refuse, or strike: call what it
/// was aimed at, and keep the answer.
contract Actor is ITokenHook {
    error Refused();

    address private _target;
    bytes private _strike;
    bool private _refuses;

    uint256 public strikes;
    bool public struckHome;
    bytes public answer;

    receive() external payable {
        _receive();
    }

    function refuse(bool on) external {
        _refuses = on;
    }

    function aim(address target, bytes calldata strike) external {
        _target = target;
        _strike = strike;
    }

    /// @notice Makes a call in this contract's name, and passes its error on.
    function act(address target, uint256 value, bytes calldata data) external returns (bytes memory result) {
        bool ok;
        (ok, result) = target.call{value: value}(data);
        if (!ok) {
            assembly ("memory-safe") {
                revert(add(result, 32), mload(result))
            }
        }
    }

    function tokensMoved() external {
        _receive();
    }

    function onERC721Received(address, address, uint256, bytes calldata) external returns (bytes4) {
        _receive();
        return this.onERC721Received.selector;
    }

    function onERC1155Received(address, address, uint256, uint256, bytes calldata) external returns (bytes4) {
        _receive();
        return this.onERC1155Received.selector;
    }

    function _receive() private {
        if (_refuses) revert Refused();
        if (_target == address(0)) return;
        strikes += 1;
        (struckHome, answer) = _target.call(_strike);
    }
}
