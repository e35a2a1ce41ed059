// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {Vm} from "./Vm.sol";

/// @notice Assertions that say what differed, and the cheatcodes.
abstract contract Assertions {
    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    error NotEqual(string what, uint256 actual, uint256 expected);
    error NotEqualBytes32(string what, bytes32 actual, bytes32 expected);
    error NotTrue(string what);

    /// @dev Forge runs contracts that say so.
    bool public constant IS_TEST = true;

    function assertEq(uint256 actual, uint256 expected, string memory what) internal pure {
        if (actual != expected) revert NotEqual(what, actual, expected);
    }

    function assertEq(bytes32 actual, bytes32 expected, string memory what) internal pure {
        if (actual != expected) revert NotEqualBytes32(what, actual, expected);
    }

    function assertEq(address actual, address expected, string memory what) internal pure {
        if (actual != expected) revert NotEqual(what, uint160(actual), uint160(expected));
    }

    function assertTrue(bool condition, string memory what) internal pure {
        if (!condition) revert NotTrue(what);
    }

    /// @dev Maps a fuzzed number into [low, high].
    function bound(uint256 x, uint256 low, uint256 high) internal pure returns (uint256) {
        return low + (x % (high - low + 1));
    }
}
