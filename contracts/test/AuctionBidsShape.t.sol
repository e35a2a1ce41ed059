// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {ISealedAuctions} from "../src/interfaces/ISealedAuctions.sol";
import {Secp256k1} from "../src/libraries/Secp256k1.sol";
import "../src/types/AuctionTypes.sol";
import {Points} from "./support/Points.sol";
import {Stage} from "./support/Stage.sol";

/// @notice What a commitment and a sealed blob must look like to be placed.
contract AuctionBidsShapeTest is Stage {
    address internal constant ALICE = address(0xA11CE);
    address internal constant BOB = address(0xB0B);
    AuctionId internal id;

    function setUp() public override {
        super.setUp();
        id = open(defaults());
    }

    function test_commitment_off_the_curve_is_refused() public {
        (BidInput memory input,) = prepare(id, ALICE, 20, 1, 100 gwei);
        input.y = addmod(input.y, 1, Secp256k1.P);
        refusedPoint(input);
        (input.x, input.y) = (0, 0);
        refusedPoint(input);
    }

    function test_commitment_with_y_beyond_the_field_is_refused() public {
        (BidInput memory input,) = prepare(id, ALICE, 20, 1, 100 gwei);
        // A point whose y is small enough to have a second name: y + p still fits in a word.
        (input.x, input.y) = Points.smallY();
        accepted(input);
        input.y += Secp256k1.P;
        refusedPoint(input);
    }

    function test_commitment_whose_x_ecrecover_cannot_take_is_refused() public {
        (BidInput memory input,) = prepare(id, ALICE, 20, 1, 100 gwei);
        // On the curve, with n <= x < p.
        (input.x, input.y) = Points.largeX();
        assertTrue(input.x >= Secp256k1.N && input.x < Secp256k1.P, "x lies between n and p");
        assertTrue(Points.onCurve(input.x, input.y), "on the curve");
        refusedPoint(input);
    }

    function test_sealed_bid_has_one_length() public {
        (BidInput memory input,) = prepare(id, ALICE, 20, 1, 100 gwei);
        bytes memory whole = input.sealedBid;
        input.sealedBid = new bytes(256);
        for (uint256 i; i < 256; ++i) input.sealedBid[i] = whole[i];
        refused(input, abi.encodeWithSelector(ISealedAuctions.InvalidSealedBid.selector, 256));
        input.sealedBid = bytes.concat(whole, hex"00");
        refused(input, abi.encodeWithSelector(ISealedAuctions.InvalidSealedBid.selector, 258));
        input.sealedBid = "";
        refused(input, abi.encodeWithSelector(ISealedAuctions.InvalidSealedBid.selector, 0));
    }

    function test_sealed_bid_holds_an_uncompressed_point() public {
        (BidInput memory input,) = prepare(id, ALICE, 20, 1, 100 gwei);
        input.sealedBid[16] = 0x03;
        refused(input, abi.encodeWithSelector(ISealedAuctions.InvalidSealedBid.selector, 257));
    }

    function refusedPoint(BidInput memory input) private {
        refused(input, abi.encodeWithSelector(ISealedAuctions.InvalidCommitment.selector, input.x, input.y));
    }

    /// @dev With the money there, so that nothing else can be the reason.
    function refused(BidInput memory input, bytes memory reason) private {
        fund(NATIVE, ALICE, 200 gwei);
        vm.startPrank(ALICE);
        vm.expectRevert(reason);
        auctions.depositAndBid{value: 200 gwei}(input, 200 gwei);
        vm.stopPrank();
    }

    function accepted(BidInput memory input) private {
        fund(NATIVE, BOB, 100 gwei);
        vm.prank(BOB);
        auctions.depositAndBid{value: 100 gwei}(input, 100 gwei);
    }
}
