// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {KeyId} from "../src/types/AuctionTypes.sol";
import "../src/types/BookTypes.sol";
import {BookStage} from "./support/BookStage.sol";
import {Points} from "./support/Points.sol";

/// @notice What a market's transactions cost, whole: see Gas.t.sol.
contract HiddenBookGasTest is BookStage {
    uint256 internal constant FILL_BUDGET = 40_000;

    function test_order() public {
        measureOrder(ANN, "order_first_of_batch");
        measureOrder(BOB, "order");
        (bytes32 leaf,) = place(ANN);
        vm.prank(ANN);
        book.cancelOrder(market, leaf);
        vm.snapshotGasLastCall("HiddenBook", "cancel");
        cancelAll(BOB);
        vm.snapshotGasLastCall("HiddenBook", "cancel_all");
    }

    /// @dev Fifty traders, each with margin on one side alone: the other half of the slot is still empty.
    function test_fifty_fills_stay_in_their_budget() public {
        Fill[] memory fills = crowd(50);
        vm.warp(endOf(1));
        BatchSettlement memory s = settlementOf(1, 700, fills);
        bytes memory signature = sign(ENCLAVE_KEY, book.hashSettlement(s));
        book.settleBatch(s, signature, fills);
        uint256 settled = vm.snapshotGasLastCall("HiddenBook", "settle_50_fills");
        vm.warp(block.timestamp + WINDOW);
        book.finalizeBatch(s, fills);
        uint256 finalized = vm.snapshotGasLastCall("HiddenBook", "finalize_50_fills");
        vm.snapshotValue("HiddenBook", "settle_and_finalize_a_fill_of_50", (settled + finalized) / 50);
        assertTrue((settled + finalized) / 50 < FILL_BUDGET, "budget of a fill");
    }

    function measureOrder(address trader, string memory name) private {
        KeyId key = book.keyOfBatch(market, book.currentBatch(market));
        bytes memory blob = sealedOrder(uint160(trader));
        vm.prank(trader);
        book.placeOrder(market, key, Points.G_X, Points.G_Y, blob);
        vm.snapshotGasLastCall("HiddenBook", name);
    }
}
