// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {IHiddenBook} from "../src/interfaces/IHiddenBook.sol";
import {KeyId} from "../src/types/AuctionTypes.sol";
import "../src/types/BookTypes.sol";
import {BookStage} from "./support/BookStage.sol";
import {Points} from "./support/Points.sol";

/// @notice Markets, orders and cancellations.
contract HiddenBookTest is BookStage {
    function test_market_is_what_was_asked_for() public view {
        Market memory m = book.getMarket(market);
        assertEq(m.creator, CREATOR, "creator");
        assertEq(m.base, address(token), "base");
        assertEq(m.quote, address(quote), "quote");
        assertEq(m.tickSize + m.lotSize + m.feeBps + m.bandBps, uint256(TICK) + LOT + 10 + 1_000, "units");
        assertEq(m.operator, address(this), "operator");
        assertEq(uint256(m.minLots) * m.maxOrderAge, MAX_AGE, "least order, and its age");
        assertEq(m.maxFills, MAX_FILLS, "most fills");
        assertEq(m.startsAt, block.timestamp, "starts now");
        assertEq(book.currentBatch(market), 1, "first batch");
        assertEq(book.roundOf(market), 1, "round");
        assertEq(book.creatorNonce(CREATOR), 1, "nonce");
    }

    function test_market_parameters_make_sense() public {
        for (uint256 i; i < 18; ++i) {
            MarketParams memory p = marketParams();
            string memory field;
            if (i == 0) (p.base, field) = (address(0xDEAD), "base");
            if (i == 1) (p.base, field) = (address(lots), "base");
            if (i == 2) (p.quote, field) = (address(token), "quote");
            if (i == 3) (p.quote, field) = (address(0xDEAD), "quote");
            if (i == 4) (p.tickSize, field) = (0, "tickSize");
            if (i == 5) (p.lotSize, field) = (0, "lotSize");
            if (i == 6) (p.batchLength, field) = (1, "batchLength");
            if (i == 7) (p.batchLength, field) = (1 days + 1, "batchLength");
            if (i == 8) (p.feeBps, field) = (1_001, "feeBps");
            if (i == 9) (p.bandBps, field) = (0, "bandBps");
            if (i == 10) (p.bandBps, field) = (10_001, "bandBps");
            if (i == 11) (p.batchSettleBy, field) = (0, "batchSettleBy");
            if (i == 12) (p.batchSettleBy, field) = (7 days + 1, "batchSettleBy");
            if (i == 13) (p.challengeWindow, field) = (30 days + 1, "challengeWindow");
            if (i == 14) (p.challengeWindow, field) = (0, "challengeWindow");
            if (i == 15) (p.operator, field) = (address(0), "operator");
            if (i == 16) (p.minLots, field) = (0, "minLots");
            if (i == 17) (p.maxOrderAge, field) = (0, "maxOrderAge");
            refused(p, field);
        }
    }

    function test_what_is_settled_and_challenged_at_once_has_an_end() public {
        MarketParams memory p = marketParams();
        (p.batchLength, p.batchSettleBy, p.challengeWindow) = (2, 1_024, 1_025);
        refused(p, "challengeWindow");
        p.challengeWindow = 1_024;
        book.createMarket(p);
    }

    function test_times_have_the_floors_of_the_deployment() public {
        book = IHiddenBook(deployBook(abi.encode(registry, CHALLENGER, MAX_FILLS, uint32(1 hours), uint32(2 hours))));
        MarketParams memory p = marketParams();
        (p.batchSettleBy, p.challengeWindow) = (1 hours - 1, 2 hours);
        refused(p, "batchSettleBy");
        (p.batchSettleBy, p.challengeWindow) = (1 hours, 2 hours - 1);
        refused(p, "challengeWindow");
        p.challengeWindow = 2 hours;
        book.createMarket(p);
    }

    /// @dev Else a reorganisation, or a creator who replaces the transaction, puts other terms under orders already signed.
    function test_a_markets_id_covers_every_term() public {
        MarketParams memory p = marketParams();
        bytes32[] memory ids = new bytes32[](13);
        for (uint256 i; i < ids.length; ++i) {
            IHiddenBook other = IHiddenBook(address(book));
            MarketParams memory q = marketParams();
            if (i == 1) (q.base, q.quote) = (q.quote, q.base);
            if (i == 2) q.quote = address(0);
            if (i == 3) q.tickSize += 1;
            if (i == 4) q.lotSize += 1;
            if (i == 5) q.batchLength += 1;
            if (i == 6) q.feeBps += 1;
            if (i == 7) q.bandBps += 1;
            if (i == 8) q.batchSettleBy += 1;
            if (i == 9) q.challengeWindow += 1;
            if (i == 10) q.operator = address(0x09);
            if (i == 11) q.minLots += 1;
            if (i == 12) q.maxOrderAge += 1;
            // Each creator's first market: nothing else tells them apart.
            address creator = address(0xC0FFEE);
            uint256 before = vm.snapshotState();
            vm.prank(creator);
            ids[i] = MarketId.unwrap(other.createMarket(q));
            vm.revertToState(before);
            for (uint256 j; j < i; ++j) {
                assertTrue(ids[i] != ids[j], "another id");
            }
        }
        bytes32 expected = keccak256(abi.encode(block.chainid, address(book), address(0xC0FFEE), uint256(0), p));
        assertEq(ids[0], expected, "by its formula");
    }

    function test_order_is_a_leaf_of_its_batch() public {
        (bytes32 leaf, uint64 batchId) = place(ANN);
        (bytes32 second,) = place(BOB);
        Batch memory batch = book.getBatch(market, batchId);
        bytes32 acc = keccak256(abi.encode(keccak256(abi.encode(bytes32(0), leaf)), second));
        assertEq(batch.acc, acc, "acc");
        assertEq(batch.count, 2, "count");
        assertEq(KeyId.unwrap(batch.keyId), KeyId.unwrap(keyId), "key");
        OrderSlot memory order = book.getOrder(market, leaf);
        assertEq(order.trader, ANN, "trader");
        assertEq(order.placedIn, batchId, "placed in");
    }

    function test_batches_end_by_the_clock_and_unused_ones_are_skipped() public {
        (, uint64 first) = place(ANN);
        vm.warp(endOf(1) - 1);
        (, uint64 same) = place(BOB);
        assertEq(same, first, "the last second is part of it");
        vm.warp(endOf(1));
        (, uint64 second) = place(ANN);
        assertEq(second, 2, "the end is not");
        vm.warp(endOf(9));
        (, uint64 tenth) = place(ANN);
        assertEq(tenth, 10, "tenth");
        assertEq(book.getBatch(market, 0).next, 1, "the first one ever");
        assertEq(book.getBatch(market, 1).next, 2, "1 to 2");
        assertEq(book.getBatch(market, 2).next, 10, "2 to 10");
        Market memory m = book.getMarket(market);
        assertEq(m.head, 1, "head");
        assertEq(m.toSettle, 1, "to settle");
        assertEq(m.tail, 10, "tail");
    }

    function test_order_of_the_wrong_shape_is_refused() public {
        bytes memory blob = sealedOrder(1);
        vm.expectRevert(abi.encodeWithSelector(IHiddenBook.InvalidCommitment.selector, Points.G_X, Points.G_Y + 1));
        book.placeOrder(market, keyId, Points.G_X, Points.G_Y + 1, blob);
        (uint256 x, uint256 y) = Points.largeX();
        vm.expectRevert(abi.encodeWithSelector(IHiddenBook.InvalidCommitment.selector, x, y));
        book.placeOrder(market, keyId, x, y, blob);
        vm.expectRevert(abi.encodeWithSelector(IHiddenBook.InvalidSealedOrder.selector, 258));
        book.placeOrder(market, keyId, Points.G_X, Points.G_Y, bytes.concat(blob, hex"00"));
        blob[16] = 0x02;
        vm.expectRevert(abi.encodeWithSelector(IHiddenBook.InvalidSealedOrder.selector, 257));
        book.placeOrder(market, keyId, Points.G_X, Points.G_Y, blob);
        MarketId unknown = MarketId.wrap(keccak256("unknown"));
        vm.expectRevert(abi.encodeWithSelector(IHiddenBook.UnknownMarket.selector, unknown));
        book.placeOrder(unknown, keyId, Points.G_X, Points.G_Y, sealedOrder(1));
    }

    function test_cancellation_is_a_leaf_too_and_final() public {
        (bytes32 leaf, uint64 batchId) = place(ANN);
        bytes32 before = book.getBatch(market, batchId).acc;
        vm.prank(BOB);
        vm.expectRevert(abi.encodeWithSelector(IHiddenBook.NotTrader.selector, ANN));
        book.cancelOrder(market, leaf);
        vm.prank(ANN);
        book.cancelOrder(market, leaf);
        assertEq(book.getBatch(market, batchId).acc, keccak256(abi.encode(before, cancelLeaf(batchId, 1, leaf))), "acc");
        assertEq(book.getOrder(market, leaf).cancelledIn, batchId, "cancelled in");
        vm.prank(ANN);
        vm.expectRevert(abi.encodeWithSelector(IHiddenBook.OrderNotLive.selector, leaf));
        book.cancelOrder(market, leaf);
    }

    function test_cancelling_all_is_a_leaf_too() public {
        (, uint64 batchId) = place(ANN);
        bytes32 before = book.getBatch(market, batchId).acc;
        vm.expectEmit(true, true, true, true, address(book));
        emit IHiddenBook.AllCancelled(market, ANN, batchId, 1);
        cancelAll(ANN);
        assertEq(book.getBatch(market, batchId).acc, keccak256(abi.encode(before, cancelLeaf(batchId, 1, 0))), "acc");
        assertEq(book.getBatch(market, batchId).count, 2, "count");
        assertEq(book.cancelledAllBy(market, ANN).last, batchId, "kept");
    }

    /// @dev Hub test networks have changed their chain's id.
    function test_a_chain_that_changes_its_id_unmakes_no_leaf() public {
        (bytes32 leaf,) = place(ANN);
        vm.chainId(777);
        (, uint64 batchId) = place(BOB);
        vm.prank(ANN);
        book.cancelOrder(market, leaf);
        vm.chainId(31_337);
        bytes32 acc = keccak256(abi.encode(bytes32(0), leaf));
        acc = keccak256(abi.encode(acc, leafOf(BOB, batchId, 1)));
        acc = keccak256(abi.encode(acc, cancelLeaf(batchId, 2, leaf)));
        assertEq(book.getBatch(market, batchId).acc, acc, "acc");
    }

    function refused(MarketParams memory p, string memory field) private {
        vm.expectRevert(abi.encodeWithSelector(IHiddenBook.InvalidMarket.selector, field));
        book.createMarket(p);
    }

    function cancelLeaf(uint64 batchId, uint32 seq, bytes32 leaf) private view returns (bytes32) {
        bytes32 tag = keccak256("subrosa/v1/cancel");
        return keccak256(abi.encode(tag, block.chainid, address(book), market, batchId, seq, ANN, leaf));
    }
}
