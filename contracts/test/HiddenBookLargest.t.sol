// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import "../src/types/BookTypes.sol";
import {BookStage} from "./support/BookStage.sol";

/// @notice The largest batch that is admitted can be settled, and can be made final: each in a transaction.
contract HiddenBookLargestTest is BookStage {
    /// @dev EIP-7825: what a transaction may use.
    uint256 private constant MOST_GAS = 1 << 24;
    /// @dev What nodes' pools take of a signed transaction, and what is around its data: signature, addresses, fees.
    uint256 private constant MOST_BYTES = 128 * 1024;
    uint256 private constant ENVELOPE = 256;
    uint256 private constant INTRINSIC = 21_000;

    function test_as_many_fills_as_there_may_be_of_as_many_traders_fit_into_transactions() public {
        Fill[] memory fills = crowd(uint160(MAX_FILLS));
        vm.warp(endOf(1));
        BatchSettlement memory s = settlementOf(1, 700, fills);
        bytes memory signature = sign(ENCLAVE_KEY, book.hashSettlement(s));
        send("settling", abi.encodeCall(book.settleBatch, (s, signature, fills)));
        vm.warp(block.timestamp + WINDOW);
        send("making final", abi.encodeCall(book.finalizeBatch, (s, fills)));
        assertEq(uint256(statusOf(1)), uint256(BatchStatus.FINAL), "final");
    }

    /// @dev From cold storage, as a transaction of its own finds it.
    function send(string memory what, bytes memory data) private {
        assertTrue(data.length + ENVELOPE <= MOST_BYTES, string.concat(what, ": bytes"));
        vm.cool(address(book));
        vm.cool(address(registry));
        uint256 before = gasleft();
        (bool ok,) = address(book).call(data);
        uint256 spent = before - gasleft();
        uint256 used = spent + INTRINSIC + costOf(data);
        assertTrue(ok, what);
        assertTrue(used < MOST_GAS, string.concat(what, ": gas ", vm.toString(used)));
    }

    /// @dev EIP-2028: 16 for each byte of data, 4 for a zero.
    function costOf(bytes memory data) private pure returns (uint256 cost) {
        for (uint256 i; i < data.length; ++i) {
            cost += data[i] == 0 ? 4 : 16;
        }
    }
}
