// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {IERC1155Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {ISealedAuctions} from "../src/interfaces/ISealedAuctions.sol";
import {IVault} from "../src/interfaces/IVault.sol";
import "../src/types/AuctionTypes.sol";
import {Stage} from "./support/Stage.sol";

/// @notice Who gets what after a sale, when, and where.
contract AuctionClaimsTest is Stage {
    address internal constant ALICE = address(0xA11CE);
    address internal constant BOB = address(0xB0B);
    address internal constant THIEF = address(0xBAD);
    AuctionId internal id;
    uint256 internal lotId;
    Sealed internal alice;
    Sealed internal bob;

    function setUp() public override {
        super.setUp();
        AuctionParams memory p = defaults();
        p.rule = PricingRule.SECOND_PRICE;
        lotId = p.lotTokenId;
        id = open(p);
        alice = place(id, ALICE, 40);
        bob = place(id, BOB, 30);
        settleFor(id, alice, only(bob), 30);
    }

    function test_nothing_moves_before_the_last_second_of_the_challenge_window() public {
        vm.warp(auctions.getAuction(id).challengeUntil - 1);
        bytes memory reason = abi.encodeWithSelector(ISealedAuctions.AuctionNotFinal.selector, id);
        vm.expectRevert(reason);
        auctions.claim(id, alice.bid);
        vm.expectRevert(reason);
        auctions.claim(id, bob.bid);
        vm.expectRevert(reason);
        auctions.claimLot(id, ALICE, 0, ALICE);
        vm.expectRevert(reason);
        auctions.claimProceeds(id);
        vm.expectRevert(reason);
        auctions.reclaimLot(id, seller);
        vm.warp(block.timestamp + 1);
        auctions.claim(id, bob.bid);
    }

    function test_nothing_moves_while_an_auction_is_open() public {
        AuctionId other = open(defaults());
        Sealed memory s = place(other, ALICE, 20);
        close(other);
        bytes memory reason = abi.encodeWithSelector(ISealedAuctions.AuctionNotFinal.selector, other);
        vm.expectRevert(reason);
        auctions.claim(other, s.bid);
        vm.expectRevert(reason);
        auctions.reclaimLot(other, seller);
        vm.expectRevert(reason);
        auctions.claimProceeds(other);
    }

    function test_loser_gets_all_of_his_collateral_whoever_asks() public {
        finalize(id);
        vm.expectEmit(true, true, true, true, address(auctions));
        emit ISealedAuctions.BidClaimed(id, BOB, 1, 100 gwei, 0);
        vm.prank(THIEF);
        auctions.claim(id, bob.bid);
        assertEq(auctions.balanceOf(NATIVE, BOB), 100 gwei, "loser");
        assertEq(auctions.balanceOf(NATIVE, THIEF), 0, "caller");
    }

    function test_winner_gets_his_collateral_less_the_price() public {
        finalize(id);
        vm.expectEmit(true, true, true, true, address(auctions));
        emit ISealedAuctions.BidClaimed(id, ALICE, 0, 70 gwei, 30 gwei);
        auctions.claim(id, alice.bid);
        assertEq(auctions.balanceOf(NATIVE, ALICE), 70 gwei, "winner");
    }

    function test_seller_gets_the_price_once() public {
        finalize(id);
        vm.expectEmit(true, true, true, true, address(auctions));
        emit ISealedAuctions.ProceedsClaimed(id, seller, 30 gwei);
        vm.prank(THIEF);
        auctions.claimProceeds(id);
        assertEq(auctions.balanceOf(NATIVE, seller), 30 gwei, "seller");
        vm.expectRevert(ISealedAuctions.NothingToClaim.selector);
        auctions.claimProceeds(id);
    }

    function test_collateral_is_claimed_once() public {
        finalize(id);
        auctions.claim(id, alice.bid);
        auctions.claim(id, bob.bid);
        vm.expectRevert(abi.encodeWithSelector(ISealedAuctions.NotLiveBid.selector, id, 0));
        auctions.claim(id, alice.bid);
        vm.expectRevert(abi.encodeWithSelector(ISealedAuctions.NotLiveBid.selector, id, 1));
        auctions.claim(id, bob.bid);
    }

    function test_claim_names_every_field_of_the_bid() public {
        finalize(id);
        Bid memory more = bob.bid;
        more.collateral += 1;
        vm.expectRevert(abi.encodeWithSelector(ISealedAuctions.NotLiveBid.selector, id, 1));
        auctions.claim(id, more);
    }

    function test_lot_goes_to_the_winner_whoever_asks() public {
        finalize(id);
        vm.expectEmit(true, true, true, true, address(auctions));
        emit ISealedAuctions.LotClaimed(id, ALICE, ALICE, 1);
        vm.prank(THIEF);
        auctions.claimLot(id, ALICE, 0, ALICE);
        assertEq(lots.ownerOf(lotId), ALICE, "owner");
    }

    function test_winner_alone_sends_his_lot_elsewhere() public {
        finalize(id);
        vm.expectRevert(abi.encodeWithSelector(ISealedAuctions.NotBidder.selector, ALICE));
        vm.prank(THIEF);
        auctions.claimLot(id, ALICE, 0, THIEF);
        vm.expectRevert(IVault.ZeroAddress.selector);
        vm.prank(ALICE);
        auctions.claimLot(id, ALICE, 0, address(0));
        vm.prank(ALICE);
        auctions.claimLot(id, ALICE, 0, BOB);
        assertEq(lots.ownerOf(lotId), BOB, "owner");
    }

    function test_lot_is_claimed_once_before_and_after_the_money() public {
        finalize(id);
        auctions.claimLot(id, ALICE, 0, ALICE);
        vm.expectRevert(ISealedAuctions.NothingToClaim.selector);
        auctions.claimLot(id, ALICE, 0, ALICE);
        auctions.claim(id, alice.bid);
        assertEq(auctions.balanceOf(NATIVE, ALICE), 70 gwei, "the price was still taken");
        vm.expectRevert(ISealedAuctions.NothingToClaim.selector);
        auctions.claimLot(id, ALICE, 0, ALICE);
    }

    function test_lot_is_not_the_losers_nor_in_another_slot() public {
        finalize(id);
        vm.startPrank(BOB);
        vm.expectRevert(ISealedAuctions.NothingToClaim.selector);
        auctions.claimLot(id, BOB, 0, BOB);
        vm.expectRevert(ISealedAuctions.NothingToClaim.selector);
        auctions.claimLot(id, ALICE, 1, ALICE);
        vm.stopPrank();
    }

    function test_sold_lot_does_not_go_back() public {
        finalize(id);
        vm.expectRevert(ISealedAuctions.NothingToClaim.selector);
        vm.prank(seller);
        auctions.reclaimLot(id, seller);
    }

    function test_lot_that_its_receiver_refuses_goes_elsewhere() public {
        AuctionParams memory p = editionParams();
        id = open(p);
        alice = place(id, address(token), 40);
        settleFor(id, alice, none(), 40);
        finalize(id);
        vm.expectRevert(abi.encodeWithSelector(IERC1155Errors.ERC1155InvalidReceiver.selector, address(token)));
        auctions.claimLot(id, address(token), 0, address(token));
        vm.prank(address(token));
        auctions.claimLot(id, address(token), 0, BOB);
        assertEq(editions.balanceOf(BOB, p.lotTokenId), 5, "all five");
    }
}
