// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {ISealedAuctions} from "../src/interfaces/ISealedAuctions.sol";
import "../src/types/AuctionTypes.sol";
import {Lists} from "./support/Lists.sol";
import {Stage} from "./support/Stage.sol";

/// @notice Who may be named as a winner, and what a settlement without one looks like.
contract AuctionWinnersTest is Stage {
    address internal constant ALICE = address(0xA11CE);
    address internal constant BOB = address(0xB0B);
    address internal constant CAROL = address(0xCA201);
    using Lists for Bid[];
    using Lists for Opening[];
    using Lists for Winner[];

    AuctionId internal id;
    Sealed internal alice;
    Sealed internal bob;

    function test_no_sale_needs_no_witness_and_sells_nothing() public {
        start(PricingRule.FIRST_PRICE);
        AuctionSettlement memory s = unsold(id);
        SettlementWitness memory w;
        auctions.settle(s, signed(s, ENCLAVE_KEY), w);
        Auction memory a = auctions.getAuction(id);
        assertEq(a.clearingPrice, type(uint32).max, "clearingPrice");
        assertEq(a.marginalSeq, type(uint32).max, "marginalSeq");
        assertEq(a.totalFilled, 0, "totalFilled");
    }

    function test_no_sale_names_no_price_no_winner_and_no_opening() public {
        start(PricingRule.FIRST_PRICE);
        AuctionSettlement memory s = unsold(id);
        SettlementWitness memory w;
        s.clearingPrice = 40;
        mismatch(s, w, "clearingPrice");
        s.clearingPrice = type(uint32).max;
        s.winnersHash = bytes32(uint256(1));
        mismatch(s, w, "winnersHash");
        s.winnersHash = 0;
        w.openings = w.openings.plus(alice.opening);
        mismatch(s, w, "openings");
        w.openings = new Opening[](0);
        w.runnersUp = w.runnersUp.plus(bob.bid);
        mismatch(s, w, "runnersUp");
        w.runnersUp = new Bid[](0);
        w.winners = w.winners.plus(Winner(alice.bid, 0));
        mismatch(s, w, "winners");
    }

    function test_sale_has_exactly_one_winner() public {
        start(PricingRule.FIRST_PRICE);
        (AuctionSettlement memory s, SettlementWitness memory w) = outcome(id, alice, none(), 40);
        w.winners = w.winners.plus(Winner(bob.bid, 1));
        s.totalFilled = 2;
        mismatch(s, w, "winners");
        w.winners = new Winner[](0);
        s.totalFilled = 1;
        mismatch(s, w, "winners");
    }

    function test_winner_gets_exactly_one_lot() public {
        start(PricingRule.FIRST_PRICE);
        (AuctionSettlement memory s, SettlementWitness memory w) = outcome(id, alice, none(), 40);
        w.winners[0].fill = 0;
        mismatch(s, w, "winners");
        w.winners[0].fill = 2;
        s.totalFilled = 2;
        s.winnersHash = keccak256(abi.encode(bytes32(0), leafOf(id, alice.bid), uint32(2)));
        mismatch(s, w, "totalFilled");
    }

    function test_winner_is_a_live_bid() public {
        start(PricingRule.FIRST_PRICE);
        Sealed memory never = alice;
        never.bid.bidder = CAROL;
        (AuctionSettlement memory s, SettlementWitness memory w) = outcome(id, never, none(), 40);
        refused(s, w, abi.encodeWithSelector(ISealedAuctions.NotLiveBid.selector, id, 0));
    }

    function test_cancelled_bid_does_not_win() public {
        start(PricingRule.FIRST_PRICE);
        vm.warp(block.timestamp - 1);
        vm.prank(ALICE);
        auctions.cancelBid(id, alice.bid);
        close(id);
        (AuctionSettlement memory s, SettlementWitness memory w) = outcome(id, alice, none(), 40);
        refused(s, w, abi.encodeWithSelector(ISealedAuctions.NotLiveBid.selector, id, 0));
    }

    function test_winner_pays_no_more_than_he_locked() public {
        start(PricingRule.SECOND_PRICE);
        (AuctionSettlement memory s, SettlementWitness memory w) = outcome(id, alice, only(bob), 101);
        refused(s, w, abi.encodeWithSelector(ISealedAuctions.NotCovered.selector, 0));
    }

    function start(PricingRule rule) private {
        AuctionParams memory p = defaults();
        p.rule = rule;
        id = open(p);
        alice = place(id, ALICE, 40);
        bob = place(id, BOB, 30);
        close(id);
    }

    function mismatch(AuctionSettlement memory s, SettlementWitness memory w, string memory field) private {
        refused(s, w, abi.encodeWithSelector(ISealedAuctions.SettlementMismatch.selector, field));
    }

    function refused(AuctionSettlement memory s, SettlementWitness memory w, bytes memory reason) private {
        bytes memory signature = signed(s, ENCLAVE_KEY);
        vm.expectRevert(reason);
        auctions.settle(s, signature, w);
    }
}
