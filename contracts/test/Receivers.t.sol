// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {ISealedAuctions} from "../src/interfaces/ISealedAuctions.sol";
import {IVault} from "../src/interfaces/IVault.sol";
import "../src/types/AuctionTypes.sol";
import {Stage} from "./support/Stage.sol";

/// @notice Nothing can be sent where nobody owns it, and nothing can come in that could never leave.
contract ReceiversTest is Stage {
    address internal constant ALICE = address(0xA11CE);

    function test_withdrawal_to_the_contract_itself_is_refused() public {
        fund(address(token), ALICE, 5);
        vm.prank(ALICE);
        auctions.deposit(address(token), 5);
        vm.expectRevert(abi.encodeWithSelector(IVault.InvalidReceiver.selector, address(auctions)));
        vm.prank(ALICE);
        auctions.withdraw(address(token), 5, address(auctions));
        assertEq(auctions.balanceOf(address(token), ALICE), 5, "balance");
    }

    function test_lot_to_the_contract_itself_is_refused() public {
        AuctionId id = open(editionParams());
        Sealed memory winner = place(id, ALICE, 30);
        settleFor(id, winner, none(), 30);
        finalize(id);
        vm.expectRevert(abi.encodeWithSelector(IVault.InvalidReceiver.selector, address(auctions)));
        vm.prank(ALICE);
        auctions.claimLot(id, ALICE, 0, address(auctions));
    }

    function test_unsold_lot_to_the_contract_itself_is_refused() public {
        AuctionId id = open(fungibleParams());
        close(id);
        auctions.voidAuction(id);
        vm.expectRevert(abi.encodeWithSelector(IVault.InvalidReceiver.selector, address(auctions)));
        vm.prank(seller);
        auctions.reclaimLot(id, address(auctions));
    }

    function test_erc721_cannot_become_a_balance() public {
        uint256 tokenId = lots.mint(ALICE, "A lot", "Token number one.");
        vm.startPrank(ALICE);
        lots.approve(address(auctions), tokenId);
        vm.expectRevert(abi.encodeWithSelector(IVault.NotFungible.selector, address(lots)));
        auctions.deposit(address(lots), tokenId);
        vm.stopPrank();
    }

    function test_erc721_cannot_be_the_payment_token() public {
        AuctionParams memory p = defaults();
        p.paymentToken = address(lots);
        vm.expectRevert(abi.encodeWithSelector(ISealedAuctions.InvalidParameter.selector, "paymentToken"));
        vm.prank(seller);
        auctions.createAuction(p);
    }

    function test_both_orders_of_claiming_leave_no_mark() public {
        bothOrders(true);
        bothOrders(false);
    }

    function bothOrders(bool moneyFirst) private {
        AuctionId id = open(defaults());
        Sealed memory winner = place(id, ALICE, 30);
        settleFor(id, winner, none(), 30);
        finalize(id);
        uint256 before = auctions.balanceOf(NATIVE, ALICE);
        if (moneyFirst) auctions.claim(id, winner.bid);
        auctions.claimLot(id, ALICE, 0, ALICE);
        if (!moneyFirst) auctions.claim(id, winner.bid);
        BidSlot memory slot = auctions.getBidSlot(id, ALICE, 0);
        assertEq(uint256(slot.leaf) + slot.round + slot.fill + slot.payment, 0, "slot");
        assertEq(auctions.balanceOf(NATIVE, ALICE) - before, 70 gwei, "change");
        vm.expectRevert(ISealedAuctions.NothingToClaim.selector);
        auctions.claimLot(id, ALICE, 0, ALICE);
    }
}
