// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {IHiddenBook} from "../src/interfaces/IHiddenBook.sol";
import "../src/types/BookTypes.sol";
import {BookStage} from "./support/BookStage.sol";

/// @notice Settling, finalizing, voiding and striking batches.
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
        settle(1, 700, fills);
        (uint128 base, uint128 inQuote) = margins(ANN);
        assertTrue(base == annBase && inQuote == annQuote, "settled is not paid");
        vm.expectRevert(abi.encodeWithSelector(IHiddenBook.BatchNotFinal.selector, 1));
        book.finalizeBatch(market, 1, fills);
        vm.warp(block.timestamp + WINDOW);
        book.finalizeBatch(market, 1, fills);
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
        vm.expectRevert(abi.encodeWithSelector(IHiddenBook.BatchNotFinal.selector, 1));
        book.finalizeBatch(market, 1, fills);
    }

    function test_fee_is_rounded_up_from_each_side() public {
        Fill[] memory fills = trade(buyLeaf, ANN, sellLeaf, BOB, 1);
        settle(1, 3, fills);
        vm.warp(block.timestamp + WINDOW);
        book.finalizeBatch(market, 1, fills);
        // 3,000 units at 10 hundredths of a percent: 3 exactly.
        assertEq(book.balanceOf(address(quote), CREATOR), 6, "exact");
        MarketParams memory p = marketParams();
        p.tickSize = 1;
        vm.prank(CREATOR);
        market = book.createMarket(p);
        fund(ANN, 0, 1_000);
        fund(BOB, LOT, 0);
        (buyLeaf,) = place(ANN);
        (sellLeaf,) = place(BOB);
        vm.warp(endOf(1));
        fills = trade(buyLeaf, ANN, sellLeaf, BOB, 1);
        settle(1, 3, fills);
        vm.warp(block.timestamp + WINDOW);
        book.finalizeBatch(market, 1, fills);
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
        assertTrue(!book.getMarket(market).hasTraded, "no trade yet");
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

    function test_a_strike_takes_back_this_and_every_later_unfinal_batch() public {
        Fill[] memory fills = trade(buyLeaf, ANN, sellLeaf, BOB, 3);
        settle(1, 700, fills);
        (bytes32 buy,) = place(ANN);
        vm.warp(endOf(2));
        Fill[] memory later = trade(buy, ANN, sellLeaf, BOB, 1);
        settle(2, 710, later);
        (uint128 base, uint128 inQuote) = margins(ANN);

        vm.expectRevert(abi.encodeWithSelector(IHiddenBook.NotChallenger.selector, address(this)));
        book.strike(market, 1);
        vm.prank(CHALLENGER);
        book.strike(market, 1);
        Market memory m = book.getMarket(market);
        assertEq(m.toSettle, 1, "both are unsettled");
        assertTrue(m.lastPrice == 0 && !m.hasTraded, "the price is the one before");
        assertEq(book.roundOf(market), 2, "round");

        // The same signer may not try again there; another enclave of the same key may, even past the first deadline.
        BatchSettlement memory s = settlementOf(1, 690, fills);
        refusedSettlement(s, fills, abi.encodeWithSelector(IHiddenBook.StruckSigner.selector, vm.addr(ENCLAVE_KEY)));
        vm.warp(block.timestamp + SETTLE_BY - 1);
        settleBy(SECOND_ENCLAVE, s, fills);
        settle(2, 700, later);
        vm.warp(block.timestamp + WINDOW);
        book.finalizeBatch(market, 1, fills);
        book.finalizeBatch(market, 2, later);
        (uint128 baseAfter,) = margins(ANN);
        assertEq(baseAfter, base + 4 * LOT, "four lots");
        assertTrue(inQuote != 0, "paid");
    }

    function test_only_a_settled_batch_in_its_window_can_be_struck() public {
        bytes memory reason = abi.encodeWithSelector(IHiddenBook.BatchNotFinal.selector, 1);
        vm.prank(CHALLENGER);
        vm.expectRevert(reason);
        book.strike(market, 1);
        Fill[] memory fills = trade(buyLeaf, ANN, sellLeaf, BOB, 3);
        settle(1, 700, fills);
        vm.warp(block.timestamp + WINDOW);
        vm.prank(CHALLENGER);
        vm.expectRevert(reason);
        book.strike(market, 1);
        book.finalizeBatch(market, 1, fills);
        vm.prank(CHALLENGER);
        vm.expectRevert(reason);
        book.strike(market, 1);
    }

    function test_a_batch_that_would_leave_a_margin_below_zero_is_struck_instead() public {
        // 1,000 lots are there; the enclave lets Bob sell 1,001.
        Fill[] memory fills = trade(buyLeaf, ANN, sellLeaf, BOB, 1_001);
        settle(1, 1, fills);
        vm.warp(block.timestamp + WINDOW);
        book.finalizeBatch(market, 1, fills);
        assertEq(book.roundOf(market), 2, "struck");
        assertEq(book.getMarket(market).toSettle, 1, "unsettled");
        (uint128 base,) = margins(ANN);
        assertEq(base, 1_000 * LOT, "nothing was applied");
        settleBy(SECOND_ENCLAVE, settlementOf(1, 0, none()), none());
    }

    function test_finalizing_with_too_little_gas_costs_no_batch() public {
        Fill[] memory fills = trade(buyLeaf, ANN, sellLeaf, BOB, 3);
        settle(1, 700, fills);
        vm.warp(block.timestamp + WINDOW);
        for (uint256 gas_ = 40_000; gas_ < 120_000; gas_ += 4_000) {
            (bool ok,) = address(book).call{gas: gas_}(abi.encodeCall(book.finalizeBatch, (market, 1, fills)));
            assertEq(book.roundOf(market), 1, "not struck");
            if (ok) return;
        }
    }

    function test_what_applies_fills_is_called_by_nobody_else() public {
        Fill[] memory fills = trade(buyLeaf, ANN, sellLeaf, BOB, 3);
        (bool ok,) = address(book).call(
            abi.encodeWithSignature("applyFills(bytes32,uint32,(bytes32,address,bool,uint32)[])", market, 700, fills)
        );
        assertTrue(!ok, "refused");
    }
}
