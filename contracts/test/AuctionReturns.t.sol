// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {ISealedAuctions} from "../src/interfaces/ISealedAuctions.sol";
import {IVault} from "../src/interfaces/IVault.sol";
import "../src/types/AuctionTypes.sol";
import {Stage} from "./support/Stage.sol";

/// @notice Who gets what back where nothing was sold.
contract AuctionReturnsTest is Stage {
    address internal constant ALICE = address(0xA11CE);
    address internal constant THIEF = address(0xBAD);

    function test_unsold_lot_goes_back_to_the_seller_once() public {
        AuctionParams memory p = defaults();
        AuctionId other = open(p);
        Sealed memory s = place(other, ALICE, 5);
        close(other);
        AuctionSettlement memory none_ = unsold(other);
        auctions.settle(none_, signed(none_, ENCLAVE_KEY), noWitness());
        finalize(other);
        returned(other, p.lotTokenId);
        vm.expectRevert(ISealedAuctions.NothingToClaim.selector);
        auctions.claimProceeds(other);
        auctions.claim(other, s.bid);
        assertEq(auctions.balanceOf(NATIVE, ALICE), 100 gwei, "bidder");
    }

    function test_void_auction_gives_everyone_his_own_back() public {
        AuctionParams memory p = defaults();
        AuctionId other = open(p);
        Sealed memory s = place(other, ALICE, 50);
        vm.warp(p.settleBy);
        vm.expectEmit(true, true, true, true, address(auctions));
        emit ISealedAuctions.AuctionVoided(other);
        auctions.voidAuction(other);
        auctions.claim(other, s.bid);
        assertEq(auctions.balanceOf(NATIVE, ALICE), 100 gwei, "bidder");
        bytes memory reason = abi.encodeWithSelector(ISealedAuctions.AuctionNotFinal.selector, other);
        vm.expectRevert(reason);
        auctions.claimProceeds(other);
        vm.expectRevert(reason);
        auctions.claimLot(other, ALICE, 0, ALICE);
        returned(other, p.lotTokenId);
    }

    /// @dev Not to a stranger, not to nobody, to the seller, and not again.
    function returned(AuctionId other, uint256 tokenId) private {
        vm.expectRevert(abi.encodeWithSelector(ISealedAuctions.NotSeller.selector, seller));
        vm.prank(THIEF);
        auctions.reclaimLot(other, THIEF);
        vm.expectRevert(IVault.ZeroAddress.selector);
        vm.prank(seller);
        auctions.reclaimLot(other, address(0));
        vm.prank(THIEF);
        auctions.reclaimLot(other, seller);
        assertEq(lots.ownerOf(tokenId), seller, "owner");
        vm.expectRevert(ISealedAuctions.NothingToClaim.selector);
        auctions.reclaimLot(other, seller);
    }
}
