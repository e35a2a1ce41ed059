// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {ISealedAuctions} from "../src/interfaces/ISealedAuctions.sol";
import "../src/types/AuctionTypes.sol";
import {Stage} from "./support/Stage.sol";

/// @notice Cancelling a bid, and who may not.
contract AuctionBidsCancelledTest is Stage {
    address internal constant ALICE = address(0xA11CE);
    address internal constant BOB = address(0xB0B);

    function test_cancelling_gives_the_collateral_back_as_balance() public {
        AuctionId id = open(defaults());
        Sealed memory s = place(id, ALICE, 20);
        vm.expectEmit(true, true, true, true, address(auctions));
        emit ISealedAuctions.BidCancelled(id, ALICE, 1, 0, 0);
        vm.prank(ALICE);
        auctions.cancelBid(id, s.bid);
        assertEq(auctions.balanceOf(NATIVE, ALICE), 100 gwei, "balance");
        assertEq(auctions.getBidSlot(id, ALICE, 0).leaf, bytes32(0), "leaf");
        Auction memory a = auctions.getAuction(id);
        bytes32 acc = keccak256(abi.encode(bytes32(0), leafOf(id, s.bid)));
        assertEq(a.acc, keccak256(abi.encode(acc, cancelLeaf(id, 1, ALICE, 0))), "acc");
        assertEq(a.count, 2, "count");
        assertEq(a.live, 0, "live");
    }

    function test_cancelled_bid_cannot_be_cancelled_again() public {
        AuctionId id = open(defaults());
        Sealed memory s = place(id, ALICE, 20);
        place(id, BOB, 20);
        vm.startPrank(ALICE);
        auctions.cancelBid(id, s.bid);
        vm.expectRevert(abi.encodeWithSelector(ISealedAuctions.NotLiveBid.selector, id, 0));
        auctions.cancelBid(id, s.bid);
        vm.stopPrank();
    }

    function test_another_s_bid_cannot_be_cancelled_or_replaced() public {
        AuctionId id = open(defaults());
        Sealed memory s = place(id, ALICE, 20);
        (BidInput memory input,) = prepare(id, BOB, 30, 1, 100 gwei);
        bytes memory reason = abi.encodeWithSelector(ISealedAuctions.NotBidder.selector, ALICE);
        vm.startPrank(BOB);
        vm.expectRevert(reason);
        auctions.cancelBid(id, s.bid);
        vm.expectRevert(reason);
        auctions.replaceBid(s.bid, input, 0);
        vm.stopPrank();
    }

    function test_cancelling_names_every_field_of_the_bid() public {
        AuctionId id = open(defaults());
        Bid memory right = place(id, ALICE, 20).bid;
        for (uint256 field; field < 8; ++field) {
            Bid memory wrong = abi.decode(abi.encode(right), (Bid));
            if (field == 0) wrong.seq += 1;
            if (field == 1) wrong.slot += 1;
            if (field == 2) wrong.collateral += 1;
            if (field == 3) wrong.x += 1;
            if (field == 4) wrong.y += 1;
            if (field == 5) wrong.sealedHash = keccak256("another blob");
            if (field == 6) wrong.points = 1;
            if (field == 7) wrong.creditBps = 1;
            vm.expectRevert(abi.encodeWithSelector(ISealedAuctions.NotLiveBid.selector, id, wrong.seq));
            vm.prank(ALICE);
            auctions.cancelBid(id, wrong);
        }
    }

    function test_nothing_changes_from_the_second_of_the_close() public {
        AuctionId id = open(defaults());
        Sealed memory s = place(id, ALICE, 20);
        (BidInput memory input,) = prepare(id, ALICE, 30, 1, 100 gwei);
        close(id);
        bytes memory reason =
            abi.encodeWithSelector(ISealedAuctions.AuctionClosed.selector, id, auctions.getAuction(id).closesAt);
        vm.startPrank(ALICE);
        vm.expectRevert(reason);
        auctions.cancelBid(id, s.bid);
        vm.expectRevert(reason);
        auctions.replaceBid(s.bid, input, 0);
        vm.warp(block.timestamp - 1);
        auctions.cancelBid(id, s.bid);
        vm.stopPrank();
    }
}
