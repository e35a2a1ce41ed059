// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {IHiddenBook} from "../src/interfaces/IHiddenBook.sol";
import "../src/types/BookTypes.sol";
import {BookStage} from "./support/BookStage.sol";

/// @notice Taking back every order at once.
contract HiddenBookCancelAllTest is BookStage {
    bytes32 internal annsOrder;
    bytes32 internal bobsOrder;

    function setUp() public override {
        super.setUp();
        (annsOrder,) = place(ANN);
        (bobsOrder,) = place(BOB);
        vm.warp(endOf(1));
    }

    function test_orders_of_earlier_batches_do_not_trade_from_there_on_and_still_do_before() public {
        cancelAll(ANN);
        (bytes32 again,) = place(ANN);
        // Whoever saw the outcome of the first batch coming cannot undo it.
        settle(1, 700, trade(annsOrder, ANN, bobsOrder, BOB, 3));
        vm.warp(endOf(2));
        refusedFill(2, annsOrder);
        settle(2, 700, trade(again, ANN, bobsOrder, BOB, 3));
    }

    function test_a_second_call_revives_nothing() public {
        cancelAll(ANN);
        place(ANN);
        vm.warp(endOf(2));
        cancelAll(ANN);
        (bytes32 last,) = place(ANN);
        settle(1, 700, trade(annsOrder, ANN, bobsOrder, BOB, 3));
        refusedFill(2, annsOrder);
        settle(2, 700, none());
        vm.warp(endOf(3));
        refusedFill(3, annsOrder);
        refusedFill(3, leafOf(ANN, 2, 1));
        settle(3, 700, trade(last, ANN, bobsOrder, BOB, 3));
    }

    function test_a_second_call_kills_what_was_placed_since_the_first_and_not_before_its_batch() public {
        cancelAll(ANN);
        (bytes32 between,) = place(ANN);
        vm.warp(endOf(2));
        cancelAll(ANN);
        settle(1, 0, none());
        // The second batch is settled after the second call, and knows the first alone.
        settle(2, 700, trade(between, ANN, bobsOrder, BOB, 1));
        vm.warp(endOf(3));
        refusedFill(3, between);
    }

    function test_once_a_batch() public {
        cancelAll(ANN);
        vm.prank(ANN);
        vm.expectRevert(abi.encodeWithSelector(IHiddenBook.CancelledAlready.selector, market, ANN, 2));
        book.cancelAll(market);
        cancelAll(BOB);
    }

    function test_a_third_call_waits_until_every_batch_up_to_the_seconds_is_final_or_void() public {
        cancelAll(ANN);
        vm.warp(endOf(2));
        cancelAll(ANN);
        vm.warp(endOf(3));
        bytes memory mustWait = abi.encodeWithSelector(IHiddenBook.CancelledAlready.selector, market, ANN, 3);
        refusedCall(mustWait);
        BatchSettlement memory first = settle(1, 0, none());
        BatchSettlement memory second = settle(2, 0, none());
        BatchSettlement memory third = settle(3, 0, none());
        vm.warp(block.timestamp + WINDOW);
        book.finalizeBatch(first, none());
        book.finalizeBatch(second, none());
        refusedCall(mustWait);
        book.finalizeBatch(third, none());
        cancelAll(ANN);
        CancelledAll memory calls = book.cancelledAllBy(market, ANN);
        assertEq(calls.before, 3, "the second");
        assertEq(calls.last, book.currentBatch(market), "the third");
    }

    function test_a_third_call_waits_for_no_enclave() public {
        cancelAll(ANN);
        vm.warp(endOf(2));
        cancelAll(ANN);
        vm.warp(endOf(3) + SETTLE_BY);
        cancelAll(ANN);
        assertEq(book.cancelledAllBy(market, ANN).before, 3, "the second");
    }

    function test_it_needs_no_order_and_says_nothing_of_the_next_ones() public {
        address carl = address(0xCA71);
        cancelAll(carl);
        fund(carl, 0, 10_000 * uint128(TICK));
        vm.warp(endOf(2));
        (bytes32 buy,) = place(carl);
        vm.warp(endOf(3));
        settle(1, 0, none());
        settle(2, 0, none());
        settle(3, 700, trade(buy, carl, bobsOrder, BOB, 1));
    }

    function refusedFill(uint64 batchId, bytes32 leaf) private {
        Fill[] memory fills = trade(leaf, ANN, bobsOrder, BOB, 3);
        refusedSettlement(
            settlementOf(batchId, 700, fills), fills, abi.encodeWithSelector(IHiddenBook.OrderNotLive.selector, leaf)
        );
    }

    function refusedCall(bytes memory reason) private {
        vm.prank(ANN);
        vm.expectRevert(reason);
        book.cancelAll(market);
    }
}
