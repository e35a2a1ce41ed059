// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {IHiddenBook} from "../src/interfaces/IHiddenBook.sol";
import "../src/types/BookTypes.sol";
import {BookStage} from "./support/BookStage.sol";

/// @notice Making batches final, and taking settlements back.
contract HiddenBookStrikesTest is BookStage {
    bytes32 internal buyLeaf;
    bytes32 internal sellLeaf;

    function setUp() public override {
        super.setUp();
        (buyLeaf,) = place(ANN);
        (sellLeaf,) = place(BOB);
        vm.warp(endOf(1));
    }

    function test_a_strike_takes_back_this_and_every_later_unfinal_batch() public {
        Fill[] memory fills = trade(buyLeaf, ANN, sellLeaf, BOB, 3);
        BatchSettlement memory first = settle(1, 700, fills);
        (bytes32 buy,) = place(ANN);
        vm.warp(endOf(2));
        Fill[] memory later = trade(buy, ANN, sellLeaf, BOB, 1);
        settle(2, 710, later);
        (uint128 base, uint128 inQuote) = margins(ANN);

        bytes32 digest = book.hashSettlement(first);
        vm.expectRevert(abi.encodeWithSelector(IHiddenBook.NotChallenger.selector, address(this)));
        book.strike(market, 1, digest);
        vm.expectEmit(true, true, true, true, address(book));
        emit IHiddenBook.BatchStruck(market, 1, vm.addr(ENCLAVE_KEY), 1, uint64(block.timestamp + SETTLE_BY));
        strike(first);
        Market memory m = book.getMarket(market);
        assertEq(m.toSettle, 1, "both are unsettled");
        assertEq(m.lastPrice, 0, "the price is the one before");
        assertEq(book.roundOf(market), 2, "round");
        assertTrue(book.isBarred(market, vm.addr(ENCLAVE_KEY)), "barred");

        // Another enclave of the same key may settle, even past the first deadline.
        BatchSettlement memory s = settlementOf(1, 690, fills);
        vm.warp(block.timestamp + SETTLE_BY - 1);
        settleBy(SECOND_ENCLAVE, s, fills);
        BatchSettlement memory second = settlementOf(2, 700, later);
        settleBy(SECOND_ENCLAVE, second, later);
        vm.warp(block.timestamp + WINDOW);
        book.finalizeBatch(s, fills);
        book.finalizeBatch(second, later);
        (uint128 baseAfter,) = margins(ANN);
        assertEq(baseAfter, base + 4 * LOT, "four lots");
        assertTrue(inQuote != 0, "paid");
        assertEq(book.getOrder(market, sellLeaf).filled, 4, "counted over batches");
    }

    function test_only_a_settled_batch_in_its_window_can_be_struck_and_by_its_hash() public {
        bytes memory reason = abi.encodeWithSelector(IHiddenBook.BatchNotFinal.selector, 1);
        Fill[] memory fills = trade(buyLeaf, ANN, sellLeaf, BOB, 3);
        refusedStrike(settlementOf(1, 700, fills), reason);
        BatchSettlement memory s = settle(1, 700, fills);
        // A challenge of what was struck and settled anew meanwhile misses it.
        BatchSettlement memory other = settlementOf(1, 701, fills);
        refusedStrike(other, mismatch("settlement"));
        vm.warp(block.timestamp + WINDOW);
        refusedStrike(s, reason);
        book.finalizeBatch(s, fills);
        refusedStrike(s, reason);
    }

    function test_what_was_settled_is_what_becomes_final() public {
        Fill[] memory fills = trade(buyLeaf, ANN, sellLeaf, BOB, 3);
        BatchSettlement memory s = settle(1, 700, fills);
        vm.warp(block.timestamp + WINDOW);
        BatchSettlement memory other = settlementOf(1, 701, fills);
        vm.expectRevert(mismatch("settlement"));
        book.finalizeBatch(other, fills);
        other = settlementOf(1, 700, fills);
        other.carriedHash = keccak256("another list");
        vm.expectRevert(mismatch("settlement"));
        book.finalizeBatch(other, fills);
        fills[0].lots = 2;
        vm.expectRevert(mismatch("fillsHash"));
        book.finalizeBatch(s, fills);
    }

    function test_a_batch_that_would_leave_a_margin_below_zero_is_struck_instead() public {
        // 1,000 lots are there; the enclave lets Bob sell 1,001.
        Fill[] memory fills = trade(buyLeaf, ANN, sellLeaf, BOB, 1_001);
        BatchSettlement memory s = settle(1, 1, fills);
        vm.warp(block.timestamp + WINDOW);
        book.finalizeBatch(s, fills);
        assertEq(book.roundOf(market), 2, "struck");
        assertEq(book.getMarket(market).toSettle, 1, "unsettled");
        (uint128 base,) = margins(ANN);
        assertEq(base, 1_000 * LOT, "nothing was applied");
        assertEq(book.getOrder(market, buyLeaf).filled, 0, "nor counted");
        settleBy(SECOND_ENCLAVE, settlementOf(1, 0, none()), none());
    }

    function test_a_batch_that_fills_an_order_beyond_any_quantity_is_struck_instead() public {
        MarketParams memory p = marketParams();
        (p.tickSize, p.lotSize, p.feeBps) = (1, 1, 0);
        openMarket(p);
        (uint32 most, uint256 now_) = (type(uint32).max, block.timestamp);
        fund(ANN, 0, 2 * uint128(most));
        fund(BOB, 2 * uint128(most), 0);
        (bytes32 buy,) = place(ANN);
        (bytes32 sell,) = place(BOB);
        vm.warp(now_ + LENGTH);
        Fill[] memory fills = trade(buy, ANN, sell, BOB, most);
        BatchSettlement memory s = settle(1, 1, fills);
        place(ANN);
        vm.warp(now_ + 2 * LENGTH);
        Fill[] memory more = trade(buy, ANN, sell, BOB, 1);
        BatchSettlement memory next = settle(2, 1, more);
        vm.warp(block.timestamp + WINDOW);
        book.finalizeBatch(s, fills);
        book.finalizeBatch(next, more);
        assertEq(book.roundOf(market), 2, "struck");
        assertEq(book.getOrder(market, buy).filled, most, "as many as there can be");
    }

    /// @dev A signer for each batch, for ever, would cost the market a window each time.
    function test_a_struck_signer_settles_no_batch_of_the_market_any_more() public {
        BatchSettlement memory s = settle(1, 1, trade(buyLeaf, ANN, sellLeaf, BOB, 1_001));
        strike(s);
        bytes memory reason = abi.encodeWithSelector(IHiddenBook.BarredSigner.selector, vm.addr(ENCLAVE_KEY));
        refusedSettlement(settlementOf(1, 0, none()), none(), reason);
        settleBy(SECOND_ENCLAVE, settlementOf(1, 0, none()), none());
        place(ANN);
        vm.warp(endOf(2));
        refusedSettlement(settlementOf(2, 0, none()), none(), reason);
        // By another of its keys neither.
        admitKey(1, 1_700_000_000, 2_000_000_000);
        vm.warp(endOf(3));
        place(ANN);
        settleBy(SECOND_ENCLAVE, settlementOf(2, 0, none()), none());
        vm.warp(endOf(4));
        refusedSettlement(settlementOf(4, 0, none()), none(), reason);
        // Other markets know nothing of it.
        openMarket(marketParams());
        place(ANN);
        vm.warp(endOf(1));
        settle(1, 0, none());
    }

    function test_a_batch_struck_twice_is_void() public {
        strike(settle(1, 700, trade(buyLeaf, ANN, sellLeaf, BOB, 3)));
        place(ANN);
        vm.warp(endOf(2));
        BatchSettlement memory s = settlementOf(1, 690, trade(buyLeaf, ANN, sellLeaf, BOB, 3));
        settleBy(SECOND_ENCLAVE, s, trade(buyLeaf, ANN, sellLeaf, BOB, 3));
        admitSigner(0x7817D);
        vm.expectEmit(true, true, true, true, address(book));
        emit IHiddenBook.BatchVoided(market, 1);
        strike(s);
        assertEq(uint256(statusOf(1)), uint256(BatchStatus.VOIDED), "void");
        Market memory m = book.getMarket(market);
        assertTrue(m.toSettle == 2 && m.head == 2, "the next one's turn");
        settleBy(0x7817D, settlementOf(2, 0, none()), none());
        // Its settlement is kept, and nobody makes it final.
        vm.warp(block.timestamp + WINDOW);
        vm.expectRevert(abi.encodeWithSelector(IHiddenBook.BatchNotFinal.selector, 1));
        book.finalizeBatch(s, trade(buyLeaf, ANN, sellLeaf, BOB, 3));
    }

    function test_a_strike_moves_each_batches_deadline_once() public {
        place(ANN);
        vm.warp(endOf(2));
        place(ANN);
        vm.warp(endOf(3) - 1);
        BatchSettlement memory s = settle(1, 700, trade(buyLeaf, ANN, sellLeaf, BOB, 3));
        uint256 struckAt = block.timestamp;
        strike(s);
        assertEq(book.deadlineOf(market, 1), struckAt + SETTLE_BY, "the struck one's");
        assertEq(book.deadlineOf(market, 2), struckAt + SETTLE_BY, "and those behind that have ended");
        assertEq(book.deadlineOf(market, 3), endOf(3) + SETTLE_BY, "one that runs has its own time");
        settleBy(SECOND_ENCLAVE, settlementOf(1, 0, none()), none());
        vm.warp(struckAt + 100);
        s = settlementOf(2, 0, none());
        settleBy(SECOND_ENCLAVE, s, none());
        strike(s);
        assertEq(book.deadlineOf(market, 2), struckAt + SETTLE_BY, "moved once");
        assertEq(book.deadlineOf(market, 3), struckAt + 100 + SETTLE_BY, "the third's first time");
        // Past it, the batch is void, and the third is next.
        vm.warp(struckAt + SETTLE_BY);
        assertEq(book.voidLateBatches(market, 10), 1, "void");
        assertEq(book.getMarket(market).toSettle, 3, "next");
    }

    function test_a_strike_of_an_earlier_batch_leaves_moved_deadlines_where_they_are() public {
        place(ANN);
        vm.warp(endOf(2));
        BatchSettlement memory first = settle(1, 0, none());
        BatchSettlement memory second = settle(2, 0, none());
        uint256 struckAt = block.timestamp;
        strike(second);
        vm.warp(struckAt + 50);
        strike(first);
        assertEq(book.deadlineOf(market, 1), struckAt + 50 + SETTLE_BY, "its first time");
        assertEq(book.deadlineOf(market, 2), struckAt + SETTLE_BY, "moved before");
    }

    /// @dev So that nobody needs to look further back than eight. Each costs its signer, which is barred.
    function test_a_ninth_strike_of_batches_that_are_not_final_moves_no_deadline() public {
        for (uint64 batchId = 2; batchId <= 9; ++batchId) {
            place(ANN);
            vm.warp(endOf(batchId));
        }
        BatchSettlement[] memory all = new BatchSettlement[](10);
        for (uint64 batchId = 1; batchId <= 9; ++batchId) {
            uint256 enclave = 0xE000 + batchId;
            admitSigner(enclave);
            all[batchId] = settlementOf(batchId, 0, none());
            settleBy(enclave, all[batchId], none());
        }
        for (uint64 batchId = 9; batchId >= 1; --batchId) {
            vm.warp(block.timestamp + 1);
            strike(all[batchId]);
            uint256 expected = batchId == 1 ? endOf(1) + SETTLE_BY : block.timestamp + SETTLE_BY;
            assertEq(book.deadlineOf(market, batchId), expected, "deadline");
        }
        assertEq(book.getMarket(market).moves, 8, "moves");
        // Once those are over, deadlines move again.
        book.voidLateBatches(market, 100);
        vm.warp(block.timestamp + SETTLE_BY);
        book.voidLateBatches(market, 100);
        (, uint64 later) = place(ANN);
        vm.warp(endOf(later));
        strike(settle(later, 0, none()));
        assertEq(book.deadlineOf(market, later), block.timestamp + SETTLE_BY, "moved");
    }

    function test_a_settled_batch_that_nobody_makes_final_can_be_struck_by_anyone() public {
        Fill[] memory fills = trade(buyLeaf, ANN, sellLeaf, BOB, 3);
        BatchSettlement memory s = settle(1, 700, fills);
        place(ANN);
        vm.warp(endOf(2));
        settle(2, 710, none());
        vm.warp(endOf(1) + WINDOW + SETTLE_BY - 1);
        vm.expectRevert(abi.encodeWithSelector(IHiddenBook.BatchNotStale.selector, 1));
        book.strikeUnfinal(market, 1);
        vm.warp(endOf(1) + WINDOW + SETTLE_BY);
        vm.expectRevert(abi.encodeWithSelector(IHiddenBook.BatchNotFinal.selector, 2));
        book.strikeUnfinal(market, 2);
        vm.expectEmit(true, true, true, true, address(book));
        emit IHiddenBook.BatchStruck(market, 1, address(0), 1, 0);
        vm.prank(address(0x57A46E4));
        book.strikeUnfinal(market, 1);
        assertEq(uint256(statusOf(1)), uint256(BatchStatus.VOIDED), "void");
        assertEq(book.getMarket(market).toSettle, 2, "the next is unsettled");
        assertEq(book.getMarket(market).lastPrice, 0, "the price is the one before");
        assertEq(book.deadlineOf(market, 2), endOf(2) + SETTLE_BY, "no deadline moves");
        assertTrue(!book.isBarred(market, vm.addr(ENCLAVE_KEY)), "nobody is to blame");
        vm.expectRevert(abi.encodeWithSelector(IHiddenBook.BatchNotFinal.selector, 1));
        book.finalizeBatch(s, fills);
    }

    function test_finalizing_with_too_little_gas_costs_no_batch() public {
        Fill[] memory fills = trade(buyLeaf, ANN, sellLeaf, BOB, 3);
        BatchSettlement memory s = settle(1, 700, fills);
        vm.warp(block.timestamp + WINDOW);
        bytes memory call = abi.encodeCall(book.finalizeBatch, (s, fills));
        for (uint256 gas_ = 40_000; gas_ < 200_000; gas_ += 4_000) {
            (bool ok,) = address(book).call{gas: gas_}(call);
            assertEq(book.roundOf(market), 1, "not struck");
            if (ok) return;
        }
        assertTrue(false, "final at last");
    }

    function test_what_applies_fills_is_called_by_nobody_else() public {
        Fill[] memory fills = trade(buyLeaf, ANN, sellLeaf, BOB, 3);
        BatchSettlement memory s = settlementOf(1, 700, fills);
        // Of the same shape as `finalizeBatch`, and not in the interface.
        bytes memory arguments = abi.encode(s, fills);
        bytes4 selector = bytes4(
            keccak256(
                "applyFills((bytes32,uint64,bytes32,uint32,uint32,uint32,bytes32,bytes32,bytes32),(bytes32,address,bool,uint32)[])"
            )
        );
        vm.expectRevert(IHiddenBook.OnlySelf.selector);
        (bool ok,) = address(book).call(bytes.concat(selector, arguments));
        assertTrue(ok, "expectRevert turns it round");
    }

    function refusedStrike(BatchSettlement memory s, bytes memory reason) private {
        bytes32 digest = book.hashSettlement(s);
        vm.prank(CHALLENGER);
        vm.expectRevert(reason);
        book.strike(market, s.batchId, digest);
    }
}
