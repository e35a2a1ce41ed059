// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {ISealedAuctions} from "../../src/interfaces/ISealedAuctions.sol";
import "../../src/types/AuctionTypes.sol";
import {Stage} from "../support/Stage.sol";

/// @notice A seller who takes everything where a timeout is missing (Trustee), refunds in a loop (M-1), cancelling in
/// the second of the close (H-4), and funds locked until every bid is opened.
contract LockedForGoodTest is Stage {
    address internal constant ALICE = address(0xA11CE);
    address internal constant BOB = address(0xB0B);

    function test_without_a_settlement_everyone_is_whole_and_the_seller_gets_nothing() public {
        AuctionParams memory p = defaults();
        AuctionId id = open(p);
        Sealed memory alice = place(id, ALICE, 40);
        Sealed memory bob = place(id, BOB, 30);
        vm.warp(p.settleBy);
        (AuctionSettlement memory s, SettlementWitness memory w) = outcome(id, alice, none(), 40);
        bytes memory signature = signed(s, ENCLAVE_KEY);
        vm.expectRevert(abi.encodeWithSelector(ISealedAuctions.SettlementTooLate.selector, p.settleBy));
        auctions.settle(s, signature, w);
        auctions.voidAuction(id);
        auctions.claim(id, bob.bid);
        auctions.claim(id, alice.bid);
        vm.expectRevert(abi.encodeWithSelector(ISealedAuctions.AuctionNotFinal.selector, id));
        vm.prank(seller);
        auctions.claimProceeds(id);
        auctions.reclaimLot(id, seller);
        assertEq(auctions.balanceOf(NATIVE, ALICE), 100 gwei, "Alice");
        assertEq(auctions.balanceOf(NATIVE, BOB), 100 gwei, "Bob");
        assertEq(auctions.balanceOf(NATIVE, seller), 0, "seller");
    }

    function test_settling_and_claiming_cost_the_same_whatever_the_number_of_bids() public {
        // The first run touches what all share, the registry and the common accounts, for the first time.
        costOf(2);
        (uint256 settleFew, uint256 claimFew) = costOf(2);
        (uint256 settleMany, uint256 claimMany) = costOf(40);
        assertTrue(difference(settleFew, settleMany) < 500, "settle");
        assertTrue(difference(claimFew, claimMany) < 500, "claim");
    }

    function test_in_the_second_of_the_close_a_bid_can_be_settled_but_not_cancelled() public {
        AuctionId id = open(defaults());
        Sealed memory alice = place(id, ALICE, 40);
        close(id);
        vm.expectRevert(
            abi.encodeWithSelector(ISealedAuctions.AuctionClosed.selector, id, auctions.getAuction(id).closesAt)
        );
        vm.prank(ALICE);
        auctions.cancelBid(id, alice.bid);
        settleFor(id, alice, none(), 40);
    }

    function test_in_the_second_before_the_close_a_bid_can_be_cancelled_but_not_settled() public {
        AuctionId id = open(defaults());
        Sealed memory alice = place(id, ALICE, 40);
        vm.warp(auctions.getAuction(id).closesAt - 1);
        (AuctionSettlement memory s, SettlementWitness memory w) = outcome(id, alice, none(), 40);
        bytes memory signature = signed(s, ENCLAVE_KEY);
        vm.expectPartialRevert(ISealedAuctions.AuctionNotClosed.selector);
        auctions.settle(s, signature, w);
        vm.prank(ALICE);
        auctions.cancelBid(id, alice.bid);
    }

    function test_bids_that_nobody_can_open_hold_nobody_up() public {
        AuctionId id = open(defaults());
        Sealed memory alice = place(id, ALICE, 40);
        (BidInput memory input, Sealed memory spoiled) = prepare(id, BOB, 50, 1, 100 gwei);
        // A point that Bob knows no opening of.
        (input.x, input.y) = (alice.bid.x, 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFC2F - alice.bid.y);
        (spoiled.bid.x, spoiled.bid.y) = (input.x, input.y);
        fund(NATIVE, BOB, 100 gwei);
        vm.prank(BOB);
        spoiled.bid.seq = auctions.depositAndBid{value: 100 gwei}(input, 100 gwei);
        settleFor(id, alice, none(), 40);
        finalize(id);
        auctions.claim(id, alice.bid);
        auctions.claimLot(id, ALICE, 0, ALICE);
        auctions.claimProceeds(id);
        auctions.claim(id, spoiled.bid);
        assertEq(auctions.balanceOf(NATIVE, BOB), 100 gwei, "even the spoiler is refunded");
    }

    /// @dev External, so that the memory this test has used does not count.
    function settleCost(AuctionSettlement memory s, bytes memory signature, SettlementWitness memory w)
        external
        returns (uint256)
    {
        uint256 before = gasleft();
        auctions.settle(s, signature, w);
        return before - gasleft();
    }

    function claimCost(AuctionId id, Bid memory bid) external returns (uint256) {
        uint256 before = gasleft();
        auctions.claim(id, bid);
        return before - gasleft();
    }

    function costOf(uint256 number) private returns (uint256 settling, uint256 claiming) {
        AuctionId id = open(defaults());
        Sealed memory winner = place(id, ALICE, 90);
        for (uint160 i = 1; i < number; ++i) place(id, address(0x100000 + i), 20);
        Sealed memory loser = place(id, BOB, 30);
        close(id);
        (AuctionSettlement memory s, SettlementWitness memory w) = outcome(id, winner, none(), 90);
        bytes memory signature = signed(s, ENCLAVE_KEY);
        settling = this.settleCost(s, signature, w);
        finalize(id);
        claiming = this.claimCost(id, loser.bid);
        // The next auction starts from the same balances.
        vm.prank(BOB);
        auctions.withdraw(NATIVE, 100 gwei, BOB);
    }

    function difference(uint256 a, uint256 b) private pure returns (uint256) {
        return a > b ? a - b : b - a;
    }
}
