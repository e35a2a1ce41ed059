// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {ISealedAuctions} from "../../src/interfaces/ISealedAuctions.sol";
import "../../src/types/AuctionTypes.sol";
import {Vm} from "../support/Vm.sol";
import {Stage} from "../support/Stage.sol";

/// @notice Deposits that show the bid, terms swapped by a reorg, and money or tokens pushed in from outside.
contract LeaksTest is Stage {
    address internal constant ALICE = address(0xA11CE);
    address internal constant BOB = address(0xB0B);

    function test_uniform_collateral_shows_the_same_for_every_bid() public {
        AuctionId id = open(defaults());
        Sealed memory low = place(id, ALICE, 1);
        Sealed memory high = place(id, BOB, 100);
        assertEq(low.bid.collateral, high.bid.collateral, "collateral");
        (BidInput memory input,) = prepare(id, address(0xCA201), 100, 1, 120 gwei);
        fund(NATIVE, address(0xCA201), 120 gwei);
        vm.expectPartialRevert(ISealedAuctions.WrongCollateral.selector);
        vm.prank(address(0xCA201));
        auctions.depositAndBid{value: 120 gwei}(input, 120 gwei);
    }

    function test_bid_can_be_paid_from_a_balance_so_that_no_deposit_goes_with_it() public {
        AuctionId id = open(defaults());
        fund(NATIVE, ALICE, 1000 gwei);
        vm.prank(ALICE);
        auctions.deposit{value: 1000 gwei}(NATIVE, 1000 gwei);
        (BidInput memory input,) = prepare(id, ALICE, 40, 1, 100 gwei);
        vm.recordLogs();
        vm.prank(ALICE);
        auctions.placeBid(input);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs.length, 1, "one event");
        assertEq(logs[0].topics[0], ISealedAuctions.BidPlaced.selector, "and it is the bid's");
    }

    function test_bid_does_not_land_on_terms_that_a_reorg_swapped() public {
        AuctionParams memory shown = defaults();
        AuctionId id = auctions.auctionIdOf(seller, 0);
        bytes32 agreed = auctions.hashParams(id, shown);
        // The same seller and nonce, hence the same id; but another reserve.
        shown.reserve = 90;
        assertEq(AuctionId.unwrap(open(shown)), AuctionId.unwrap(id), "id");
        (BidInput memory input,) = prepare(id, ALICE, 95, 1, 100 gwei);
        bytes32 swapped = input.paramsHash;
        input.paramsHash = agreed;
        fund(NATIVE, ALICE, 100 gwei);
        vm.expectRevert(abi.encodeWithSelector(ISealedAuctions.WrongParamsHash.selector, swapped, agreed));
        vm.prank(ALICE);
        auctions.depositAndBid{value: 100 gwei}(input, 100 gwei);
    }

    function test_coin_and_tokens_forced_in_are_nobodys_and_change_nothing() public {
        fund(address(token), ALICE, 10);
        vm.prank(ALICE);
        auctions.deposit(address(token), 10);
        vm.deal(address(auctions), 7 ether);
        token.mint(address(auctions), 7 ether);
        AuctionId id = open(defaults());
        Sealed memory alice = place(id, ALICE, 40);
        settleFor(id, alice, none(), 40);
        finalize(id);
        auctions.claim(id, alice.bid);
        auctions.claimProceeds(id);
        assertEq(auctions.balanceOf(NATIVE, ALICE) + auctions.balanceOf(NATIVE, seller), 100 gwei, "credited");
        assertEq(auctions.balanceOf(address(token), ALICE), 10, "deposit");
        assertEq(address(auctions).balance, 7 ether + 100 gwei, "holdings");
        fund(address(token), BOB, 5);
        vm.prank(BOB);
        auctions.deposit(address(token), 5);
        assertEq(auctions.balanceOf(address(token), BOB), 5, "a later deposit is measured by itself");
    }

    function test_editions_and_lots_sent_by_mistake_are_refused() public {
        uint256 id = editions.mint(ALICE, 5, "An edition");
        uint256[] memory list = new uint256[](1);
        list[0] = id;
        uint256 lotId = lots.mint(ALICE, "A lot", "");
        vm.startPrank(ALICE);
        vm.expectRevert();
        editions.safeTransferFrom(ALICE, address(auctions), id, 1, "");
        vm.expectRevert();
        editions.safeBatchTransferFrom(ALICE, address(auctions), list, list, "");
        vm.expectRevert();
        lots.safeTransferFrom(ALICE, address(auctions), lotId);
        vm.stopPrank();
    }
}
