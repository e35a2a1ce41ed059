// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {IHiddenBook} from "../src/interfaces/IHiddenBook.sol";
import "../src/types/BookTypes.sol";
import {BookStage} from "./support/BookStage.sol";

/// @notice Leaving a market that nobody settles, without anybody's help.
contract HiddenBookExitsTest is BookStage {
    function test_after_three_unsettled_batches_everybody_may_leave_at_once() public {
        for (uint64 i = 1; i <= 3; ++i) {
            place(BOB);
            vm.warp(endOf(i));
        }
        vm.warp(endOf(2) + SETTLE_BY);
        vm.prank(ANN);
        vm.expectRevert(abi.encodeWithSelector(IHiddenBook.ExitNotOpen.selector, market, 2));
        book.exit(market);
        vm.warp(endOf(3) + SETTLE_BY);
        vm.prank(ANN);
        book.requestWithdrawal(market, 5, 0);
        vm.prank(ANN);
        book.exit(market);
        assertEq(book.balanceOf(address(token), ANN), 1_000 * LOT, "base");
        (uint128 base, uint128 inQuote) = margins(ANN);
        assertTrue(base == 0 && inQuote == 0, "all of it");
        assertEq(book.withdrawalOf(market, ANN).batchId, 0, "the request is part of it");
    }

    function test_exit_closes_when_someone_settles_and_never_jumps_a_settled_batch() public {
        (bytes32 buy,) = place(BOB);
        (bytes32 sell,) = place(ANN);
        vm.warp(endOf(1));
        Fill[] memory fills = trade(buy, BOB, sell, ANN, 900);
        settle(1, 100, fills);
        for (uint64 i = 2; i <= 4; ++i) {
            place(BOB);
            vm.warp(endOf(i));
        }
        vm.warp(endOf(4) + SETTLE_BY);
        book.voidLateBatches(market, 10);
        // Three are void, but the first still has to be applied to her margin.
        vm.prank(ANN);
        vm.expectPartialRevert(IHiddenBook.ExitNotOpen.selector);
        book.exit(market);
        book.finalizeBatch(market, 1, fills);
        uint64 next = book.currentBatch(market);
        place(BOB);
        vm.warp(endOf(next));
        settle(next, 100, none());
        vm.warp(block.timestamp + WINDOW);
        book.finalizeBatch(market, next, none());
        vm.prank(ANN);
        vm.expectRevert(abi.encodeWithSelector(IHiddenBook.ExitNotOpen.selector, market, 0));
        book.exit(market);
    }

    function test_who_signed_before_somebody_left_is_not_to_blame_for_it() public {
        (BatchSettlement memory s, bytes memory signature, Fill[] memory fills) = signedBeforeAnnLeaves();
        vm.prank(ANN);
        book.exit(market);
        book.settleBatch(s, signature, fills);
        vm.warp(block.timestamp + WINDOW);
        vm.expectEmit(true, true, true, true, address(book));
        emit IHiddenBook.BatchStruck(market, s.batchId, 0, 1);
        book.finalizeBatch(market, s.batchId, fills);
        (uint128 base, uint128 inQuote) = margins(ANN);
        assertTrue(base == 0 && inQuote == 0, "nothing was applied");

        // The same enclave settles it again, knowing better, and what it signed before is worth nothing any more.
        vm.expectRevert(mismatch("round"));
        book.settleBatch(s, signature, fills);
        settle(s.batchId, 0, none());
        vm.warp(block.timestamp + WINDOW);
        book.finalizeBatch(market, s.batchId, none());
        assertEq(uint8(book.getBatch(market, s.batchId).status), uint8(BatchStatus.FINAL), "final");
    }

    function test_an_exit_excuses_one_strike_and_no_more() public {
        (BatchSettlement memory s, bytes memory signature, Fill[] memory fills) = signedBeforeAnnLeaves();
        vm.prank(ANN);
        book.exit(market);
        book.settleBatch(s, signature, fills);
        vm.warp(block.timestamp + WINDOW);
        book.finalizeBatch(market, s.batchId, fills);
        settle(s.batchId, 700, fills);
        vm.warp(block.timestamp + WINDOW);
        vm.expectEmit(true, true, true, true, address(book));
        emit IHiddenBook.BatchStruck(market, s.batchId, 1, 2);
        book.finalizeBatch(market, s.batchId, fills);
        BatchSettlement memory again = settlementOf(s.batchId, 0, none());
        refusedSettlement(again, none(), abi.encodeWithSelector(IHiddenBook.StruckSigner.selector, vm.addr(ENCLAVE_KEY)));
        settleBy(SECOND_ENCLAVE, again, none());
    }

    function test_leaving_with_nothing_excuses_nobody() public {
        (BatchSettlement memory s, bytes memory signature, Fill[] memory fills) = signedBeforeAnnLeaves();
        vm.prank(address(0xCA71));
        book.exit(market);
        // More than bob has: wrong, whoever left.
        fills = trade(fills[0].leaf, fills[0].trader, fills[1].leaf, fills[1].trader, 5_000);
        s = settlementOf(s.batchId, 700, fills);
        signature = sign(ENCLAVE_KEY, book.hashSettlement(s));
        book.settleBatch(s, signature, fills);
        vm.warp(block.timestamp + WINDOW);
        vm.expectEmit(true, true, true, true, address(book));
        emit IHiddenBook.BatchStruck(market, s.batchId, 1, 1);
        book.finalizeBatch(market, s.batchId, fills);
    }

    /// @dev Three batches went unsettled; the fourth is signed, and not sent yet.
    function signedBeforeAnnLeaves()
        private
        returns (BatchSettlement memory s, bytes memory signature, Fill[] memory fills)
    {
        for (uint64 i = 1; i <= 3; ++i) {
            place(BOB);
            vm.warp(endOf(i));
        }
        vm.warp(endOf(3) + SETTLE_BY);
        (bytes32 buy, uint64 batchId) = place(ANN);
        (bytes32 sell,) = place(BOB);
        vm.warp(endOf(batchId));
        book.voidLateBatches(market, 10);
        fills = trade(buy, ANN, sell, BOB, 3);
        s = settlementOf(batchId, 700, fills);
        signature = sign(ENCLAVE_KEY, book.hashSettlement(s));
    }
}
