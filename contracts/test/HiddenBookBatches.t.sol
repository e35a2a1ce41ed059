// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {IHiddenBook} from "../src/interfaces/IHiddenBook.sol";
import "../src/types/BookTypes.sol";
import {BookStage} from "./support/BookStage.sol";

/// @notice Settling batches: what a signature can say, and when.
contract HiddenBookBatchesTest is BookStage {
    bytes32 internal buyLeaf;
    bytes32 internal sellLeaf;

    function setUp() public override {
        super.setUp();
        (buyLeaf,) = place(ANN);
        (sellLeaf,) = place(BOB);
        vm.warp(endOf(1));
    }

    function test_a_batch_moves_nothing_until_it_is_final_and_then_everything() public {
        Fill[] memory fills = trade(buyLeaf, ANN, sellLeaf, BOB, 3);
        (uint128 annBase, uint128 annQuote) = margins(ANN);
        (uint128 bobBase, uint128 bobQuote) = margins(BOB);
        BatchSettlement memory s = settle(1, 700, fills);
        (uint128 base, uint128 inQuote) = margins(ANN);
        assertTrue(base == annBase && inQuote == annQuote, "settled is not paid");
        vm.expectRevert(abi.encodeWithSelector(IHiddenBook.BatchNotFinal.selector, 1));
        book.finalizeBatch(s, fills);
        vm.warp(block.timestamp + WINDOW);
        book.finalizeBatch(s, fills);
        uint128 payment = 3 * 700 * uint128(TICK);
        uint128 fee = (payment * 10 + 9_999) / 10_000;
        (base, inQuote) = margins(ANN);
        assertEq(base, annBase + 3 * LOT, "ann's base");
        assertEq(inQuote, annQuote - payment - fee, "ann's quote");
        (base, inQuote) = margins(BOB);
        assertEq(base, bobBase - 3 * LOT, "bob's base");
        assertEq(inQuote, bobQuote + payment - fee, "bob's quote");
        assertEq(book.balanceOf(address(quote), CREATOR), 2 * fee, "fees");
        assertEq(book.getMarket(market).lastPrice, 700, "last price");
        assertEq(uint256(book.getOrder(market, buyLeaf).filled) + book.getOrder(market, sellLeaf).filled, 6, "counted");
        vm.expectRevert(abi.encodeWithSelector(IHiddenBook.BatchNotFinal.selector, 1));
        book.finalizeBatch(s, fills);
    }

    function test_fee_is_rounded_up_from_each_side() public {
        Fill[] memory fills = trade(buyLeaf, ANN, sellLeaf, BOB, 1);
        BatchSettlement memory s = settle(1, 3, fills);
        vm.warp(block.timestamp + WINDOW);
        book.finalizeBatch(s, fills);
        // 3,000 units at 10 hundredths of a percent: 3 exactly.
        assertEq(book.balanceOf(address(quote), CREATOR), 6, "exact");
        MarketParams memory p = marketParams();
        p.tickSize = 1;
        openMarket(p);
        fund(ANN, 0, 1_000);
        fund(BOB, LOT, 0);
        (buyLeaf,) = place(ANN);
        (sellLeaf,) = place(BOB);
        vm.warp(endOf(1));
        fills = trade(buyLeaf, ANN, sellLeaf, BOB, 1);
        s = settle(1, 3, fills);
        vm.warp(block.timestamp + WINDOW);
        book.finalizeBatch(s, fills);
        assertEq(book.balanceOf(address(quote), CREATOR), 6 + 2, "rounded up twice");
    }

    function test_settlement_is_of_this_very_batch() public {
        Fill[] memory fills = trade(buyLeaf, ANN, sellLeaf, BOB, 3);
        for (uint256 i; i < 4; ++i) {
            BatchSettlement memory s = settlementOf(1, 700, fills);
            string memory field;
            if (i == 0) (s.acc, field) = (keccak256("other"), "acc");
            if (i == 1) (s.count, field) = (1, "count");
            if (i == 2) (s.round, field) = (2, "round");
            if (i == 3) (s.fillsHash, field) = (keccak256("other"), "fillsHash");
            refusedSettlement(s, fills, mismatch(field));
        }
        BatchSettlement memory late = settlementOf(2, 700, fills);
        refusedSettlement(late, fills, abi.encodeWithSelector(IHiddenBook.BatchNotNext.selector, 2, 1));
        late.batchId = 0;
        refusedSettlement(late, fills, abi.encodeWithSelector(IHiddenBook.BatchNotNext.selector, 0, 1));
    }

    function test_settlement_is_signed_by_an_enclave_of_the_batches_key() public {
        Fill[] memory fills = trade(buyLeaf, ANN, sellLeaf, BOB, 3);
        BatchSettlement memory s = settlementOf(1, 700, fills);
        bytes memory strangers = sign(uint256(keccak256("stranger")), book.hashSettlement(s));
        vm.expectPartialRevert(IHiddenBook.UnknownSigner.selector);
        book.settleBatch(s, strangers, fills);
        bytes memory other = sign(ENCLAVE_KEY, book.hashSettlement(s));
        s.price = 701;
        vm.expectPartialRevert(IHiddenBook.UnknownSigner.selector);
        book.settleBatch(s, other, fills);
        vm.expectPartialRevert(IHiddenBook.UnknownSigner.selector);
        book.settleBatch(s, "", fills);
    }

    function test_fills_are_of_live_orders_once_each_and_balanced() public {
        Fill[] memory fills = trade(buyLeaf, ANN, sellLeaf, BOB, 3);
        fills[0].lots = 4;
        refusedSettlement(settlementOf(1, 700, fills), fills, mismatch("lots"));
        fills = trade(buyLeaf, ANN, sellLeaf, BOB, 0);
        refusedSettlement(settlementOf(1, 700, fills), fills, mismatch("lots"));
        fills = trade(buyLeaf, BOB, sellLeaf, BOB, 3);
        refusedSettlement(settlementOf(1, 700, fills), fills, mismatch("trader"));
        fills = trade(buyLeaf, ANN, sellLeaf, BOB, 3);
        (fills[0], fills[1]) = (fills[1], fills[0]);
        refusedSettlement(settlementOf(1, 700, fills), fills, mismatch("leaf"));
        fills = trade(buyLeaf, ANN, buyLeaf, ANN, 3);
        refusedSettlement(settlementOf(1, 700, fills), fills, mismatch("leaf"));
        bytes32 unknown = keccak256("unknown");
        fills = trade(unknown, ANN, sellLeaf, BOB, 3);
        refusedSettlement(
            settlementOf(1, 700, fills), fills, abi.encodeWithSelector(IHiddenBook.OrderNotLive.selector, unknown)
        );
        fills = trade(buyLeaf, ANN, sellLeaf, BOB, 3);
        refusedSettlement(settlementOf(1, 0, fills), fills, mismatch("price"));
    }

    function test_an_order_of_a_later_batch_does_not_trade_in_an_earlier_one() public {
        (bytes32 later,) = place(ANN);
        Fill[] memory fills = trade(later, ANN, sellLeaf, BOB, 3);
        refusedSettlement(
            settlementOf(1, 700, fills), fills, abi.encodeWithSelector(IHiddenBook.OrderNotLive.selector, later)
        );
    }

    function test_cancelling_stops_trading_from_its_batch_on_and_not_before() public {
        vm.prank(ANN);
        book.cancelOrder(market, buyLeaf);
        (bytes32 again,) = place(BOB);
        Fill[] memory fills = trade(buyLeaf, ANN, sellLeaf, BOB, 3);
        settle(1, 700, fills);
        vm.warp(endOf(2));
        fills = trade(buyLeaf, ANN, again, BOB, 3);
        refusedSettlement(
            settlementOf(2, 700, fills), fills, abi.encodeWithSelector(IHiddenBook.OrderNotLive.selector, buyLeaf)
        );
    }

    function test_price_stays_in_the_band() public {
        settle(1, 700, trade(buyLeaf, ANN, sellLeaf, BOB, 3));
        (bytes32 buy,) = place(ANN);
        (bytes32 sell,) = place(BOB);
        vm.warp(endOf(2));
        Fill[] memory fills = trade(buy, ANN, sell, BOB, 1);
        bytes memory reason = abi.encodeWithSelector(IHiddenBook.PriceOutsideBand.selector, 771, 630, 770);
        refusedSettlement(settlementOf(2, 771, fills), fills, reason);
        reason = abi.encodeWithSelector(IHiddenBook.PriceOutsideBand.selector, 629, 630, 770);
        refusedSettlement(settlementOf(2, 629, fills), fills, reason);
        // The last price may move by a band without a trade, and no further.
        refusedSettlement(settlementOf(2, 629, none()), none(), reason);
        settle(2, 630, none());
        assertEq(book.getMarket(market).lastPrice, 630, "moved");
    }

    function test_before_any_trade_there_is_no_price() public {
        refusedSettlement(settlementOf(1, 1, none()), none(), mismatch("price"));
        settle(1, 0, none());
        assertEq(book.getMarket(market).lastPrice, 0, "no trade yet");
    }

    function test_after_a_trade_the_price_never_falls_to_nothing() public {
        settle(1, 1, trade(buyLeaf, ANN, sellLeaf, BOB, 3));
        place(ANN);
        vm.warp(endOf(2));
        // The band around 1 begins at 0.
        refusedSettlement(settlementOf(2, 0, none()), none(), mismatch("price"));
        settle(2, 2, none());
    }

    function test_a_batch_has_no_more_fills_than_the_most() public {
        Fill[] memory fills = new Fill[](MAX_FILLS + 1);
        bytes memory reason = abi.encodeWithSelector(IHiddenBook.TooManyFills.selector, MAX_FILLS + 1);
        refusedSettlement(settlementOf(1, 700, fills), fills, reason);
        // As many as that are looked at: these are nobody's.
        fills = new Fill[](MAX_FILLS);
        refusedSettlement(settlementOf(1, 700, fills), fills, mismatch("leaf"));
    }

    function test_an_order_trades_until_it_is_too_old() public {
        MarketParams memory p = marketParams();
        p.maxOrderAge = 3;
        openMarket(p);
        fund(ANN, 0, 10_000 * uint128(TICK));
        fund(BOB, 10 * LOT, 0);
        (bytes32 old,) = place(ANN);
        for (uint64 batchId = 4; batchId < 6; ++batchId) {
            vm.warp(endOf(batchId - 1));
            (bytes32 sell,) = place(BOB);
            vm.warp(endOf(batchId));
            if (batchId == 4) settle(1, 0, none());
            Fill[] memory fills = trade(old, ANN, sell, BOB, 1);
            if (batchId == 4) settle(4, 700, fills);
            else refusedSettlement(settlementOf(5, 700, fills), fills, tooOld(old));
        }
    }

    /// @dev Each late batch is voided in passing, but for the ninth: it is late all the same.
    function test_a_late_batch_is_not_settled_however_many_are_late_before_it() public {
        for (uint64 batchId = 2; batchId <= 10; ++batchId) {
            vm.warp(endOf(batchId - 1));
            place(ANN);
        }
        vm.warp(endOf(9) + SETTLE_BY);
        refusedSettlement(settlementOf(9, 0, none()), none(), tooLate(9));
        assertEq(book.voidLateBatches(market, 100), 9, "nine are late");
        refusedSettlement(
            settlementOf(9, 0, none()), none(), abi.encodeWithSelector(IHiddenBook.BatchNotNext.selector, 9, 10)
        );
        settle(10, 0, none());
    }

    function test_a_batch_can_be_settled_to_the_last_second_of_its_time() public {
        vm.warp(endOf(1) + SETTLE_BY - 1);
        assertEq(book.deadlineOf(market, 1), endOf(1) + SETTLE_BY, "deadline");
        settle(1, 0, none());
    }

    function test_a_batch_is_settled_after_its_end_and_before_its_deadline_in_order() public {
        (bytes32 buy,) = place(ANN);
        Fill[] memory fills = trade(buyLeaf, ANN, sellLeaf, BOB, 3);
        settle(1, 700, fills);
        refusedSettlement(
            settlementOf(2, 700, none()), none(), abi.encodeWithSelector(IHiddenBook.BatchNotOver.selector, 2)
        );
        vm.warp(endOf(2) + SETTLE_BY);
        (, uint64 now_) = place(BOB);
        refusedSettlement(
            settlementOf(2, 700, none()), none(), abi.encodeWithSelector(IHiddenBook.BatchNotNext.selector, 2, now_)
        );
        assertEq(uint256(book.getBatch(market, 2).status), uint256(BatchStatus.OPEN), "the refusal undid it");
        assertEq(book.voidLateBatches(market, 10), 1, "one is late");
        assertEq(uint256(book.getBatch(market, 2).status), uint256(BatchStatus.VOIDED), "void");
        // What rested still rests.
        vm.warp(endOf(now_));
        (bytes32 sell,) = (sellLeaf, buy);
        fills = trade(buy, ANN, sell, BOB, 2);
        settle(now_, 700, fills);
    }

    function tooOld(bytes32 leaf) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IHiddenBook.OrderTooOld.selector, leaf);
    }

    function tooLate(uint64 batchId) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IHiddenBook.BatchTooLate.selector, batchId);
    }
}
