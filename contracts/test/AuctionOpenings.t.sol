// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {ISealedAuctions} from "../src/interfaces/ISealedAuctions.sol";
import "../src/types/AuctionTypes.sol";
import {Lists} from "./support/Lists.sol";
import {Stage} from "./support/Stage.sol";

/// @notice What each rule must open on chain, and what not.
contract AuctionOpeningsTest is Stage {
    address internal constant ALICE = address(0xA11CE);
    address internal constant BOB = address(0xB0B);
    address internal constant CAROL = address(0xCA201);
    using Lists for Bid[];
    using Lists for Opening[];
    using Lists for Winner[];

    AuctionId internal id;
    Sealed internal alice;
    Sealed internal bob;

    function test_first_price_is_the_winners_own_opened_bid() public {
        start(PricingRule.FIRST_PRICE);
        (AuctionSettlement memory s, SettlementWitness memory w) = outcome(id, alice, none(), 40);
        w.openings[0].price = 41;
        s.clearingPrice = 41;
        refused(s, w, abi.encodeWithSelector(ISealedAuctions.OpeningMismatch.selector, 0));
        w.openings[0] = Opening(40, 2, alice.opening.rho);
        refused(s, w, abi.encodeWithSelector(ISealedAuctions.OpeningMismatch.selector, 0));
        w.openings[0] = Opening(40, 1, keccak256("another rho"));
        refused(s, w, abi.encodeWithSelector(ISealedAuctions.OpeningMismatch.selector, 0));
        w.openings[0] = alice.opening;
        mismatch(s, w, "clearingPrice");
        s.clearingPrice = 40;
        auctions.settle(s, signed(s, ENCLAVE_KEY), w);
    }

    function test_first_price_opens_the_winner_and_nobody_else() public {
        start(PricingRule.FIRST_PRICE);
        (AuctionSettlement memory s, SettlementWitness memory w) = outcome(id, alice, none(), 40);
        w.openings = w.openings.plus(bob.opening);
        mismatch(s, w, "openings");
        w.openings = new Opening[](0).plus(alice.opening);
        w.runnersUp = w.runnersUp.plus(bob.bid);
        mismatch(s, w, "runnersUp");
        w.runnersUp = new Bid[](0);
        w.openings = new Opening[](0);
        mismatch(s, w, "openings");
    }

    function test_second_price_is_the_runner_ups_opened_bid() public {
        start(PricingRule.SECOND_PRICE);
        (AuctionSettlement memory s, SettlementWitness memory w) = outcome(id, alice, only(bob), 30);
        s.clearingPrice = 31;
        mismatch(s, w, "clearingPrice");
        w.openings[0].price = 31;
        refused(s, w, abi.encodeWithSelector(ISealedAuctions.OpeningMismatch.selector, 1));
        w.openings[0] = bob.opening;
        s.clearingPrice = 30;
        auctions.settle(s, signed(s, ENCLAVE_KEY), w);
        assertEq(auctions.getBidSlot(id, ALICE, 0).payment, 30 gwei, "the winner pays the second price");
        assertEq(auctions.getBidSlot(id, BOB, 0).round, 0, "the runner-up is not marked");
    }

    function test_second_price_is_the_reserve_where_nobody_lost() public {
        start(PricingRule.SECOND_PRICE);
        (AuctionSettlement memory s, SettlementWitness memory w) = outcome(id, alice, none(), 30);
        mismatch(s, w, "clearingPrice");
        s.clearingPrice = 10;
        auctions.settle(s, signed(s, ENCLAVE_KEY), w);
        assertEq(auctions.getBidSlot(id, ALICE, 0).payment, 10 gwei, "payment");
    }

    function test_second_price_without_a_runner_up_opens_nothing() public {
        start(PricingRule.SECOND_PRICE);
        (AuctionSettlement memory s, SettlementWitness memory w) = outcome(id, alice, none(), 10);
        w.openings = w.openings.plus(alice.opening);
        mismatch(s, w, "openings");
    }

    function test_second_price_has_one_runner_up_and_one_opening() public {
        start(PricingRule.SECOND_PRICE);
        (AuctionSettlement memory s, SettlementWitness memory w) = outcome(id, alice, only(bob), 30);
        w.runnersUp = w.runnersUp.plus(bob.bid);
        mismatch(s, w, "runnersUp");
        w.runnersUp = new Bid[](0).plus(bob.bid);
        w.openings = w.openings.plus(bob.opening);
        mismatch(s, w, "openings");
        w.openings = new Opening[](0);
        mismatch(s, w, "openings");
    }

    function test_runner_up_is_not_the_winner() public {
        start(PricingRule.SECOND_PRICE);
        (AuctionSettlement memory s, SettlementWitness memory w) = outcome(id, alice, only(alice), 40);
        mismatch(s, w, "runnersUp");
    }

    function test_runner_up_is_a_live_bid() public {
        start(PricingRule.SECOND_PRICE);
        bob.bid.collateral += 1;
        (AuctionSettlement memory s, SettlementWitness memory w) = outcome(id, alice, only(bob), 30);
        refused(s, w, abi.encodeWithSelector(ISealedAuctions.NotLiveBid.selector, id, 1));
    }

    function test_opened_bid_is_at_least_the_reserve() public {
        AuctionParams memory p = defaults();
        id = open(p);
        Sealed memory low = place(id, ALICE, 9);
        close(id);
        (AuctionSettlement memory s, SettlementWitness memory w) = outcome(id, low, none(), 9);
        mismatch(s, w, "reserve");
        p = defaults();
        p.rule = PricingRule.SECOND_PRICE;
        id = open(p);
        low = place(id, ALICE, 9);
        Sealed memory high = place(id, BOB, 40);
        close(id);
        (s, w) = outcome(id, high, only(low), 9);
        mismatch(s, w, "reserve");
    }

    function test_opened_bid_of_no_price_is_no_bid_even_without_a_reserve() public {
        AuctionParams memory p = defaults();
        p.reserve = 0;
        id = open(p);
        Sealed memory nothing = place(id, ALICE, 0);
        close(id);
        (AuctionSettlement memory s, SettlementWitness memory w) = outcome(id, nothing, none(), 0);
        mismatch(s, w, "reserve");
    }

    function test_opened_bid_is_for_one_lot() public {
        AuctionParams memory p = defaults();
        id = open(p);
        (BidInput memory input, Sealed memory two) = prepare(id, ALICE, 40, 2, 100 gwei);
        fund(NATIVE, ALICE, 100 gwei);
        vm.prank(ALICE);
        auctions.depositAndBid{value: 100 gwei}(input, 100 gwei);
        close(id);
        (AuctionSettlement memory s, SettlementWitness memory w) = outcome(id, two, none(), 40);
        mismatch(s, w, "quantity");
    }

    function test_runner_up_is_covered() public {
        AuctionParams memory p = defaults();
        p.rule = PricingRule.SECOND_PRICE;
        p.collateralPolicy = CollateralPolicy.CHOSEN;
        p.collateral = 50 gwei;
        id = open(p);
        Sealed memory uncovered = place(id, ALICE, 60);
        (BidInput memory input, Sealed memory rich) = prepare(id, BOB, 70, 1, 100 gwei);
        fund(NATIVE, BOB, 100 gwei);
        vm.prank(BOB);
        rich.bid.seq = auctions.depositAndBid{value: 100 gwei}(input, 100 gwei);
        close(id);
        (AuctionSettlement memory s, SettlementWitness memory w) = outcome(id, rich, only(uncovered), 60);
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
