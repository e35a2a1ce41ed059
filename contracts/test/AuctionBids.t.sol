// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {ISealedAuctions} from "../src/interfaces/ISealedAuctions.sol";
import {IVault} from "../src/interfaces/IVault.sol";
import "../src/types/AuctionTypes.sol";
import {Stage} from "./support/Stage.sol";

/// @notice Placing a bid: who may, when, and with which money.
contract AuctionBidsTest is Stage {
    address internal constant ALICE = address(0xA11CE);
    address internal constant BOB = address(0xB0B);
    AuctionId internal id;

    function setUp() public override {
        super.setUp();
        id = open(defaults());
    }

    function test_bid_extends_the_accumulator_in_order_of_arrival() public {
        Sealed memory a = place(id, ALICE, 20);
        Sealed memory b = place(id, BOB, 30);
        bytes32 acc = keccak256(abi.encode(bytes32(0), leafOf(id, a.bid)));
        acc = keccak256(abi.encode(acc, leafOf(id, b.bid)));
        Auction memory stored = auctions.getAuction(id);
        assertEq(stored.acc, acc, "acc");
        assertEq(stored.count, 2, "count");
        assertEq(stored.live, 2, "live");
        assertEq(b.bid.seq, 1, "seq");
        assertEq(auctions.getBidSlot(id, BOB, 0).leaf, leafOf(id, b.bid), "leaf");
    }

    function test_bid_announces_what_the_enclave_needs() public {
        (BidInput memory input,) = prepare(id, ALICE, 20, 1, 100 gwei);
        fund(NATIVE, ALICE, 100 gwei);
        vm.expectEmit(true, true, true, true, address(auctions));
        emit ISealedAuctions.BidPlaced(id, ALICE, 0, 0, 100 gwei, 0, 0, input.x, input.y, input.sealedBid);
        vm.prank(ALICE);
        auctions.depositAndBid{value: 100 gwei}(input, 100 gwei);
    }

    function test_bid_locks_collateral_out_of_the_balance() public {
        (BidInput memory input,) = prepare(id, ALICE, 20, 1, 100 gwei);
        fund(NATIVE, ALICE, 150 gwei);
        vm.startPrank(ALICE);
        auctions.deposit{value: 150 gwei}(NATIVE, 150 gwei);
        auctions.placeBid(input);
        vm.stopPrank();
        assertEq(auctions.balanceOf(NATIVE, ALICE), 50 gwei, "balance");
    }

    function test_deposit_beyond_the_collateral_stays_as_balance() public {
        (BidInput memory input,) = prepare(id, ALICE, 20, 1, 100 gwei);
        fund(NATIVE, ALICE, 130 gwei);
        vm.prank(ALICE);
        auctions.depositAndBid{value: 130 gwei}(input, 130 gwei);
        assertEq(auctions.balanceOf(NATIVE, ALICE), 30 gwei, "balance");
    }

    function test_deposit_short_of_the_collateral_takes_the_rest_from_the_balance() public {
        (BidInput memory input,) = prepare(id, ALICE, 20, 1, 100 gwei);
        fund(NATIVE, ALICE, 100 gwei);
        vm.startPrank(ALICE);
        auctions.deposit{value: 60 gwei}(NATIVE, 60 gwei);
        auctions.depositAndBid{value: 40 gwei}(input, 40 gwei);
        vm.stopPrank();
        assertEq(auctions.balanceOf(NATIVE, ALICE), 0, "balance");
    }

    function test_bid_without_the_money_is_refused() public {
        (BidInput memory input,) = prepare(id, ALICE, 20, 1, 100 gwei);
        bytes memory short =
            abi.encodeWithSelector(IVault.InsufficientBalance.selector, NATIVE, ALICE, 0, uint256(100 gwei));
        vm.startPrank(ALICE);
        vm.expectRevert(short);
        auctions.placeBid(input);
        vm.expectRevert(short);
        auctions.depositAndBid(input, 0);
        fund(NATIVE, ALICE, 1);
        vm.expectRevert(abi.encodeWithSelector(IVault.NativeValueMismatch.selector, 2, 1));
        auctions.depositAndBid{value: 1}(input, 2);
        vm.stopPrank();
    }

    function test_bid_on_no_auction_is_refused() public {
        (BidInput memory input,) = prepare(id, ALICE, 20, 1, 100 gwei);
        input.id = AuctionId.wrap(keccak256("none"));
        refused(input, abi.encodeWithSelector(ISealedAuctions.UnknownAuction.selector, input.id));
    }

    function test_bid_in_the_last_second_before_the_close_counts() public {
        vm.warp(auctions.getAuction(id).closesAt - 1);
        place(id, ALICE, 20);
        assertEq(auctions.getAuction(id).count, 1, "count");
    }

    function test_bid_in_the_second_of_the_close_is_refused() public {
        (BidInput memory input,) = prepare(id, ALICE, 20, 1, 100 gwei);
        uint256 closesAt = auctions.getAuction(id).closesAt;
        vm.warp(closesAt);
        refused(input, abi.encodeWithSelector(ISealedAuctions.AuctionClosed.selector, id, closesAt));
    }

    function test_bid_on_a_voided_auction_is_refused() public {
        (BidInput memory input,) = prepare(id, ALICE, 20, 1, 100 gwei);
        registry.revoke(keyId, revocation(keyId, ENCLAVE_KEY));
        auctions.voidAuction(id);
        refused(input, abi.encodeWithSelector(ISealedAuctions.AuctionNotOpen.selector, id));
    }

    function test_bid_names_the_terms_it_saw() public {
        (BidInput memory input,) = prepare(id, ALICE, 20, 1, 100 gwei);
        bytes32 right = input.paramsHash;
        input.paramsHash = keccak256("other terms");
        refused(
            input, abi.encodeWithSelector(ISealedAuctions.WrongParamsHash.selector, right, input.paramsHash)
        );
    }

    function test_uniform_collateral_is_exact() public {
        (BidInput memory input,) = prepare(id, ALICE, 20, 1, 100 gwei - 1);
        refused(
            input, abi.encodeWithSelector(ISealedAuctions.WrongCollateral.selector, 100 gwei, 100 gwei - 1)
        );
        input.collateral = 100 gwei + 1;
        refused(
            input, abi.encodeWithSelector(ISealedAuctions.WrongCollateral.selector, 100 gwei, 100 gwei + 1)
        );
    }

    function test_chosen_collateral_has_a_floor_and_no_ceiling() public {
        AuctionParams memory p = defaults();
        p.collateralPolicy = CollateralPolicy.CHOSEN;
        id = open(p);
        (BidInput memory input,) = prepare(id, ALICE, 20, 1, 100 gwei - 1);
        refused(
            input, abi.encodeWithSelector(ISealedAuctions.WrongCollateral.selector, 100 gwei, 100 gwei - 1)
        );
        input.collateral = type(uint128).max;
        fund(NATIVE, ALICE, type(uint128).max);
        vm.prank(ALICE);
        auctions.depositAndBid{value: type(uint128).max}(input, type(uint128).max);
    }

    function test_second_bid_of_an_address_must_replace_the_first() public {
        place(id, ALICE, 20);
        (BidInput memory input,) = prepare(id, ALICE, 21, 1, 100 gwei);
        refused(input, abi.encodeWithSelector(ISealedAuctions.BidExists.selector, id, ALICE));
    }

    function test_there_is_one_slot_an_address() public {
        (BidInput memory input,) = prepare(id, ALICE, 20, 1, 100 gwei);
        input.slot = 1;
        refused(input, abi.encodeWithSelector(ISealedAuctions.NoSuchSlot.selector, 1));
    }

    function test_max_bids_limits_live_bids_not_leaves() public {
        AuctionParams memory p = defaults();
        p.maxBids = 1;
        id = open(p);
        Sealed memory a = place(id, ALICE, 20);
        (BidInput memory input,) = prepare(id, BOB, 30, 1, 100 gwei);
        bytes memory full = abi.encodeWithSelector(ISealedAuctions.TooManyBids.selector, 1);
        vm.expectRevert(full);
        vm.prank(BOB);
        auctions.placeBid(input);
        vm.prank(ALICE);
        auctions.cancelBid(id, a.bid);
        place(id, BOB, 30);
        (input,) = prepare(id, ALICE, 40, 1, 100 gwei);
        refused(input, full);
    }

    /// @dev With the money there, so that nothing else can be the reason.
    function refused(BidInput memory input, bytes memory reason) private {
        fund(NATIVE, ALICE, 200 gwei);
        vm.startPrank(ALICE);
        vm.expectRevert(reason);
        auctions.depositAndBid{value: 200 gwei}(input, 200 gwei);
        vm.stopPrank();
    }
}
