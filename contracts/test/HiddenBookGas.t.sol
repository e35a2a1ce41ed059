// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import "../src/types/BookTypes.sol";
import {BookStage} from "./support/BookStage.sol";

/// @notice What a market's transactions cost, whole: see Gas.t.sol.
contract HiddenBookGasTest is BookStage {
    uint256 internal constant FILL_BUDGET = 40_000;

    function test_order() public {
        place(ANN);
        vm.snapshotGasLastCall("HiddenBook", "order_first_of_batch");
        place(BOB);
        vm.snapshotGasLastCall("HiddenBook", "order");
        (bytes32 leaf,) = place(ANN);
        vm.prank(ANN);
        book.cancelOrder(market, leaf);
        vm.snapshotGasLastCall("HiddenBook", "cancel");
    }

    /// @dev Fifty traders, each with margin on the side that he pays with alone: the other half of his slot is still empty.
    function test_fifty_fills_stay_in_their_budget() public {
        Fill[] memory fills = new Fill[](50);
        for (uint160 i; i < 50; ++i) {
            address trader = address(0x70000 + i);
            bool sell = i % 2 == 1;
            fund(trader, sell ? 10 * LOT : 0, sell ? 0 : 10_000 * uint128(TICK));
            (bytes32 leaf,) = place(trader);
            fills[i] = Fill(leaf, trader, sell, 5);
        }
        sortByLeaf(fills);
        vm.warp(endOf(1));
        BatchSettlement memory s = settlementOf(1, 700, fills);
        bytes memory signature = sign(ENCLAVE_KEY, book.hashSettlement(s));
        book.settleBatch(s, signature, fills);
        uint256 settled = vm.snapshotGasLastCall("HiddenBook", "settle_50_fills");
        vm.warp(block.timestamp + WINDOW);
        book.finalizeBatch(market, 1, fills);
        uint256 finalized = vm.snapshotGasLastCall("HiddenBook", "finalize_50_fills");
        vm.snapshotValue("HiddenBook", "settle_and_finalize_a_fill_of_50", (settled + finalized) / 50);
        assertTrue((settled + finalized) / 50 < FILL_BUDGET, "budget of a fill");
    }

    function sortByLeaf(Fill[] memory fills) private pure {
        for (uint256 i = 1; i < fills.length; ++i) {
            for (uint256 j = i; j > 0 && fills[j].leaf < fills[j - 1].leaf; --j) {
                (fills[j], fills[j - 1]) = (fills[j - 1], fills[j]);
            }
        }
    }
}
