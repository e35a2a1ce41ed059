// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {IHiddenBook} from "../src/interfaces/IHiddenBook.sol";
import {IVault} from "../src/interfaces/IVault.sol";
import {Secp256k1} from "../src/libraries/Secp256k1.sol";
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
        assertEq(m.startsAt, block.timestamp, "starts now");
        assertEq(book.currentBatch(market), 1, "first batch");
        assertEq(book.roundOf(market), 1, "round");
        assertEq(book.creatorNonce(CREATOR), 1, "nonce");
    }

    function test_market_parameters_make_sense() public {
        for (uint256 i; i < 14; ++i) {
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
            vm.expectRevert(abi.encodeWithSelector(IHiddenBook.InvalidMarket.selector, field));
            book.createMarket(p);
        }
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

    function test_one_key_seals_a_batch() public {
        KeyId other = registry.register(registration(vm.addr(SECOND_ENCLAVE), OTHER_SEALING_KEY));
        KeyId unknown = KeyId.wrap(keccak256("unknown"));
        bytes memory blob = sealedOrder(1);
        vm.expectRevert(abi.encodeWithSelector(IHiddenBook.UnusableKey.selector, unknown));
        book.placeOrder(market, unknown, Points.G_X, Points.G_Y, blob);
        place(ANN);
        vm.expectRevert(abi.encodeWithSelector(IHiddenBook.OtherKeyInBatch.selector, keyId));
        book.placeOrder(market, other, Points.G_X, Points.G_Y, blob);
        // A revoked key holds no batch hostage.
        registry.revoke(keyId, revocation(keyId, ENCLAVE_KEY));
        book.placeOrder(market, other, Points.G_X, Points.G_Y, blob);
        assertEq(KeyId.unwrap(book.getBatch(market, 1).keyId), KeyId.unwrap(other), "the other key");
        vm.warp(endOf(1));
        vm.expectRevert(abi.encodeWithSelector(IHiddenBook.UnusableKey.selector, keyId));
        book.placeOrder(market, keyId, Points.G_X, Points.G_Y, blob);
    }

    function test_a_key_that_ends_before_the_batch_is_not_taken() public {
        vm.warp(2_000_000_000 - 30);
        vm.prank(CREATOR);
        market = book.createMarket(marketParams());
        vm.expectRevert(abi.encodeWithSelector(IHiddenBook.UnusableKey.selector, keyId));
        book.placeOrder(market, keyId, Points.G_X, Points.G_Y, sealedOrder(1));
    }

    function test_cancellation_is_a_leaf_too_and_final() public {
        (bytes32 leaf, uint64 batchId) = place(ANN);
        bytes32 before = book.getBatch(market, batchId).acc;
        vm.prank(BOB);
        vm.expectRevert(abi.encodeWithSelector(IHiddenBook.NotTrader.selector, ANN));
        book.cancelOrder(market, leaf);
        vm.prank(ANN);
        book.cancelOrder(market, leaf);
        bytes32 cancel = keccak256(
            abi.encode(
                keccak256("subrosa/v1/cancel"), block.chainid, address(book), market, batchId, uint32(1), ANN, leaf
            )
        );
        assertEq(book.getBatch(market, batchId).acc, keccak256(abi.encode(before, cancel)), "acc");
        assertEq(book.getOrder(market, leaf).cancelledIn, batchId, "cancelled in");
        vm.prank(ANN);
        vm.expectRevert(abi.encodeWithSelector(IHiddenBook.OrderNotLive.selector, leaf));
        book.cancelOrder(market, leaf);
    }

    function test_a_batch_of_cancellations_alone_is_settled_by_the_orders_enclave() public {
        (bytes32 leaf,) = place(ANN);
        vm.warp(endOf(1));
        settle(1, 0, none());
        vm.prank(ANN);
        book.cancelOrder(market, leaf);
        vm.warp(endOf(2));
        settle(2, 0, none());
        assertEq(book.getMarket(market).toSettle, 0, "all settled");
    }
}
