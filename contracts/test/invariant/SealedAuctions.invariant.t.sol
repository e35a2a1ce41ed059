// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import "../../src/types/AuctionTypes.sol";
import {Stage} from "../support/Stage.sol";
import {Handler} from "./Handler.sol";

/// @notice What holds after any sequence of calls, and what everyone has once all is over.
contract SealedAuctionsInvariantTest is Stage {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    Handler internal handler;

    function setUp() public override {
        handler = new Handler();
        (auctions, token) = handler.deployed();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function targetSelectors() public view returns (FuzzSelector[] memory targets) {
        targets = new FuzzSelector[](1);
        bytes4[] memory actions = new bytes4[](18);
        // Bids, settlements and exits come more often than the rest.
        (actions[0], actions[1], actions[2]) = (Handler.bid.selector, Handler.bid.selector, Handler.bid.selector);
        (actions[3], actions[4]) = (Handler.exit.selector, Handler.exit.selector);
        actions[5] = Handler.create.selector;
        actions[6] = Handler.replace.selector;
        actions[7] = Handler.cancel.selector;
        actions[8] = Handler.warp.selector;
        actions[9] = Handler.settle.selector;
        actions[10] = Handler.void.selector;
        actions[11] = Handler.withdraw.selector;
        actions[12] = Handler.deposit.selector;
        actions[13] = Handler.donate.selector;
        actions[14] = Handler.revoke.selector;
        (actions[15], actions[16], actions[17]) = (Handler.settle.selector, Handler.exit.selector, Handler.exit.selector);
        targets[0] = FuzzSelector(address(handler), actions);
    }

    /// @dev One campaign for all of them: each would otherwise run the same sequences again.
    function invariant_the_books_are_right() public view {
        holdings_are_what_is_owed_to_the_unit();
        accumulator_is_the_fold_of_the_leaves();
        live_bids_are_counted();
        lots_are_in_custody_or_with_whom_they_belong_to();
        no_lot_is_sold_twice_and_nobody_pays_more_than_he_bid();
    }

    function holdings_are_what_is_owed_to_the_unit() private view {
        assertEq(handler.holds(NATIVE), handler.owed(NATIVE), "native coin");
        assertEq(handler.holds(address(token)), handler.owed(address(token)), "ERC-20");
    }

    function accumulator_is_the_fold_of_the_leaves() private view {
        AuctionId[] memory ids = handler.ids();
        for (uint256 i; i < ids.length; ++i) {
            bytes32[] memory leaves = handler.leaves(ids[i]);
            bytes32 acc;
            for (uint256 j; j < leaves.length; ++j) acc = keccak256(abi.encode(acc, leaves[j]));
            Auction memory a = auctions.getAuction(ids[i]);
            assertEq(a.acc, acc, "acc");
            assertEq(a.count, leaves.length, "count");
        }
    }

    function live_bids_are_counted() private view {
        AuctionId[] memory ids = handler.ids();
        for (uint256 i; i < ids.length; ++i) {
            Auction memory a = auctions.getAuction(ids[i]);
            if (a.status != Status.OPEN) continue;
            Stage.Sealed[] memory bids = handler.bids(ids[i]);
            uint256 live;
            for (uint256 j; j < bids.length; ++j) live += handler.isLive(ids[i], bids[j].bid) ? 1 : 0;
            assertEq(a.live, live, "live");
            assertTrue(a.maxBids == 0 || live <= a.maxBids, "maxBids");
        }
    }

    function lots_are_in_custody_or_with_whom_they_belong_to() private view {
        AuctionId[] memory ids = handler.ids();
        for (uint256 i; i < ids.length; ++i) {
            address holder = handler.lotHolder(ids[i]);
            if (holder == address(0)) holder = address(auctions);
            assertEq(handler.lotOwner(ids[i], holder), holder, "holder");
        }
    }

    function no_lot_is_sold_twice_and_nobody_pays_more_than_he_bid() private view {
        AuctionId[] memory ids = handler.ids();
        for (uint256 i; i < ids.length; ++i) {
            Auction memory a = auctions.getAuction(ids[i]);
            assertTrue(a.totalFilled + a.lotsReclaimed <= a.supply, "oversold");
            Stage.Sealed[] memory bids = handler.bids(ids[i]);
            uint256 winners;
            for (uint256 j; j < bids.length; ++j) {
                Bid memory bid = bids[j].bid;
                BidSlot memory slot = auctions.getBidSlot(ids[i], bid.bidder, 0);
                if (slot.leaf == 0 || !handler.isLive(ids[i], bid)) continue;
                winners += slot.fill;
                assertTrue(slot.payment <= bid.collateral, "more than locked");
                bool asBid = slot.payment <= uint256(bids[j].opening.price) * a.tickSize;
                assertTrue(asBid || !handler.honest(ids[i]), "more than bid");
            }
            assertTrue(winners <= a.totalFilled, "more winners than lots");
        }
    }

    /// @dev Whatever was reached: every auction comes to its end, and nothing is left but what was forced in.
    function afterInvariant() public {
        handler.finish();
        assertEq(handler.holds(NATIVE), handler.donated(NATIVE), "native coin left behind");
        assertEq(handler.holds(address(token)), handler.donated(address(token)), "ERC-20 left behind");
        AuctionId[] memory ids = handler.ids();
        for (uint256 i; i < ids.length; ++i) {
            address holder = handler.lotHolder(ids[i]);
            assertTrue(holder != address(0), "a lot left behind");
            assertEq(handler.lotOwner(ids[i], holder), holder, "holder");
        }
    }
}
