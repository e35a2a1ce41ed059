// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {ISealedAuctions} from "../src/interfaces/ISealedAuctions.sol";
import {IVault} from "../src/interfaces/IVault.sol";
import "../src/types/AuctionTypes.sol";
import {Stage} from "./support/Stage.sol";

/// @notice Replacing a bid: a cancellation and a bid in one, paid for with the old collateral.
contract AuctionBidsReplacedTest is Stage {
    address internal constant ALICE = address(0xA11CE);
    address internal constant BOB = address(0xB0B);

    function test_replacement_is_a_cancellation_and_a_bid() public {
        AuctionId id = open(defaults());
        Sealed memory old = place(id, ALICE, 20);
        (BidInput memory input, Sealed memory secret) = prepare(id, ALICE, 30, 1, 100 gwei);
        vm.prank(ALICE);
        secret.bid.seq = auctions.replaceBid(old.bid, input, 0);
        assertEq(secret.bid.seq, 2, "seq");
        bytes32 acc = keccak256(abi.encode(bytes32(0), leafOf(id, old.bid)));
        acc = keccak256(abi.encode(acc, cancelLeaf(id, 1, ALICE, 0)));
        acc = keccak256(abi.encode(acc, leafOf(id, secret.bid)));
        Auction memory a = auctions.getAuction(id);
        assertEq(a.acc, acc, "acc");
        assertEq(a.count, 3, "count");
        assertEq(a.live, 1, "live");
        assertEq(auctions.getBidSlot(id, ALICE, 0).leaf, leafOf(id, secret.bid), "leaf");
    }

    function test_replacement_is_allowed_where_the_auction_is_full() public {
        AuctionParams memory p = defaults();
        p.maxBids = 1;
        AuctionId id = open(p);
        Sealed memory old = place(id, ALICE, 20);
        (BidInput memory input,) = prepare(id, ALICE, 30, 1, 100 gwei);
        vm.prank(ALICE);
        auctions.replaceBid(old.bid, input, 0);
    }

    function test_replacement_keeps_its_slot_and_its_terms() public {
        AuctionId id = open(defaults());
        Sealed memory old = place(id, ALICE, 20);
        (BidInput memory input,) = prepare(id, ALICE, 30, 1, 100 gwei);
        input.slot = 1;
        vm.startPrank(ALICE);
        vm.expectRevert(abi.encodeWithSelector(ISealedAuctions.NoSuchSlot.selector, 1));
        auctions.replaceBid(old.bid, input, 0);
        input.slot = 0;
        bytes32 right = input.paramsHash;
        input.paramsHash = 0;
        vm.expectRevert(abi.encodeWithSelector(ISealedAuctions.WrongParamsHash.selector, right, 0));
        auctions.replaceBid(old.bid, input, 0);
        vm.stopPrank();
    }

    function test_replacement_of_a_bid_in_another_auction_is_refused() public {
        AuctionId id = open(defaults());
        AuctionId other = open(defaults());
        Sealed memory old = place(id, ALICE, 20);
        (BidInput memory input,) = prepare(other, ALICE, 30, 1, 100 gwei);
        vm.expectRevert(abi.encodeWithSelector(ISealedAuctions.NotLiveBid.selector, other, 0));
        vm.prank(ALICE);
        auctions.replaceBid(old.bid, input, 0);
    }

    function test_larger_native_replacement_takes_the_difference() public {
        largerReplacement(NATIVE);
    }

    function test_larger_erc20_replacement_takes_the_difference() public {
        largerReplacement(address(token));
    }

    function test_smaller_native_replacement_credits_the_difference() public {
        smallerReplacement(NATIVE);
    }

    function test_smaller_erc20_replacement_credits_the_difference() public {
        smallerReplacement(address(token));
    }

    /// @dev 150 to 200: first with nothing, then 20 from a deposit and 30 from the balance.
    function largerReplacement(address paymentToken) private {
        AuctionId id = openChosen(paymentToken);
        Sealed memory old = placeChosen(id, paymentToken, 150 gwei);
        (BidInput memory input,) = prepare(id, ALICE, 30, 1, 200 gwei);
        vm.expectRevert(
            abi.encodeWithSelector(IVault.InsufficientBalance.selector, paymentToken, ALICE, 0, uint256(50 gwei))
        );
        vm.prank(ALICE);
        auctions.replaceBid(old.bid, input, 0);
        fund(paymentToken, ALICE, 60 gwei);
        bool native = paymentToken == NATIVE;
        vm.startPrank(ALICE);
        auctions.deposit{value: native ? 40 gwei : 0}(paymentToken, 40 gwei);
        auctions.replaceBid{value: native ? 20 gwei : 0}(old.bid, input, 20 gwei);
        vm.stopPrank();
        assertEq(auctions.balanceOf(paymentToken, ALICE), 10 gwei, "balance");
        assertEq(holdings(paymentToken), 210 gwei, "holdings");
    }

    function smallerReplacement(address paymentToken) private {
        AuctionId id = openChosen(paymentToken);
        Sealed memory old = placeChosen(id, paymentToken, 150 gwei);
        (BidInput memory input,) = prepare(id, ALICE, 30, 1, 110 gwei);
        vm.prank(ALICE);
        auctions.replaceBid(old.bid, input, 0);
        assertEq(auctions.balanceOf(paymentToken, ALICE), 40 gwei, "balance");
        assertEq(holdings(paymentToken), 150 gwei, "holdings");
    }

    function openChosen(address paymentToken) private returns (AuctionId) {
        AuctionParams memory p = defaults();
        p.collateralPolicy = CollateralPolicy.CHOSEN;
        p.paymentToken = paymentToken;
        return open(p);
    }

    function placeChosen(AuctionId id, address paymentToken, uint128 collateral) private returns (Sealed memory s) {
        BidInput memory input;
        (input, s) = prepare(id, ALICE, 20, 1, collateral);
        fund(paymentToken, ALICE, collateral);
        vm.prank(ALICE);
        auctions.depositAndBid{value: paymentToken == NATIVE ? collateral : 0}(input, collateral);
    }
}
