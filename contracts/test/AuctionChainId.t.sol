// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import "../src/types/AuctionTypes.sol";
import {Stage} from "./support/Stage.sol";

/// @notice A chain that changes its id locks nothing, and a registry that answers nothing stops no bid.
contract AuctionChainIdTest is Stage {
    address internal constant ALICE = address(0xA11CE);
    address internal constant BOB = address(0xB0B);

    function test_bids_are_taken_back_settled_and_claimed_after_the_chain_changed_its_id() public {
        AuctionId id = open(defaults());
        Sealed memory alice = place(id, ALICE, 40);
        Sealed memory bob = place(id, BOB, 30);
        vm.chainId(31338);
        assertEq(auctions.CHAIN_ID(), 31337, "at deployment");
        vm.prank(BOB);
        auctions.cancelBid(id, bob.bid);
        bob = place(id, BOB, 20);
        settleFor(id, alice, none(), 40);
        finalize(id);
        auctions.claim(id, alice.bid);
        auctions.claim(id, bob.bid);
        auctions.claimLot(id, ALICE, 0, ALICE);
        auctions.claimProceeds(id);
        // One collateral of the bid taken back, one of the bid that lost.
        assertEq(auctions.balanceOf(NATIVE, BOB), 200 gwei, "refunds");
    }

    function test_ids_and_terms_stay_what_they_were() public {
        AuctionParams memory p = defaults();
        AuctionId id = auctions.auctionIdOf(seller, 0);
        bytes32 paramsHash = auctions.hashParams(id, p);
        vm.chainId(31338);
        assertEq(AuctionId.unwrap(auctions.auctionIdOf(seller, 0)), AuctionId.unwrap(id), "id");
        assertEq(auctions.hashParams(id, p), paramsHash, "paramsHash");
    }

    function test_a_bid_asks_the_registry_nothing() public {
        AuctionId id = open(defaults());
        // Whoever calls it from now on fails.
        vm.etch(address(registry), hex"fe");
        Sealed memory alice = place(id, ALICE, 40);
        (BidInput memory input, Sealed memory secret) = prepare(id, ALICE, 50, 1, 100 gwei);
        vm.prank(ALICE);
        secret.bid.seq = auctions.replaceBid(alice.bid, input, 0);
        vm.prank(ALICE);
        auctions.cancelBid(id, secret.bid);
        assertEq(auctions.getAuction(id).count, 4, "leaves");
    }
}
