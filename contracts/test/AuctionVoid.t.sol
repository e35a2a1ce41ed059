// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {ISealedAuctions} from "../src/interfaces/ISealedAuctions.sol";
import "../src/types/AuctionTypes.sol";
import {Stage} from "./support/Stage.sol";

/// @notice When an auction may be voided, and when not.
contract AuctionVoidTest is Stage {
    address internal constant ALICE = address(0xA11CE);
    AuctionId internal id;

    function setUp() public override {
        super.setUp();
        id = open(defaults());
    }

    function test_auction_without_a_live_bid_is_void_from_its_close() public {
        Sealed memory s = place(id, ALICE, 20);
        vm.prank(ALICE);
        auctions.cancelBid(id, s.bid);
        vm.warp(auctions.getAuction(id).closesAt - 1);
        notVoidable();
        vm.warp(block.timestamp + 1);
        auctions.voidAuction(id);
        assertEq(uint256(auctions.getAuction(id).status), uint256(Status.VOIDED), "status");
    }

    function test_auction_with_bids_waits_for_its_settlement() public {
        place(id, ALICE, 20);
        uint256 settleBy = auctions.getAuction(id).settleBy;
        vm.warp(settleBy - 1);
        notVoidable();
        vm.warp(settleBy);
        auctions.voidAuction(id);
    }

    function test_auction_whose_key_is_revoked_is_void_at_any_time() public {
        place(id, ALICE, 20);
        notVoidable();
        registry.revoke(keyId, revocation(keyId, ENCLAVE_KEY));
        auctions.voidAuction(id);
    }

    function test_settled_auction_is_not_voided_even_by_a_later_revocation() public {
        settleFor(id, place(id, ALICE, 20), none(), 20);
        registry.revoke(keyId, revocation(keyId, ENCLAVE_KEY));
        vm.expectRevert(abi.encodeWithSelector(ISealedAuctions.AuctionNotOpen.selector, id));
        auctions.voidAuction(id);
        finalize(id);
        auctions.claimLot(id, ALICE, 0, ALICE);
    }

    function test_auction_is_voided_once_and_only_if_it_exists() public {
        close(id);
        auctions.voidAuction(id);
        vm.expectRevert(abi.encodeWithSelector(ISealedAuctions.AuctionNotOpen.selector, id));
        auctions.voidAuction(id);
        id = AuctionId.wrap(keccak256("none"));
        vm.expectRevert(abi.encodeWithSelector(ISealedAuctions.UnknownAuction.selector, id));
        auctions.voidAuction(id);
    }

    function notVoidable() private {
        vm.expectRevert(abi.encodeWithSelector(ISealedAuctions.AuctionNotVoidable.selector, id));
        auctions.voidAuction(id);
    }
}
