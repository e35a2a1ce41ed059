// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {Secp256k1} from "../../src/libraries/Secp256k1.sol";
import {Openings} from "../../src/libraries/Openings.sol";
import "../../src/types/AuctionTypes.sol";
import {Curve} from "../support/Curve.sol";
import {Harnessed} from "../support/Harnessed.sol";
import {Points} from "../support/Points.sol";

/// @notice The opening check against commitments made by plain point arithmetic. PROTOCOL.md section 3.
contract OpeningsTest is Harnessed {
    uint256 internal constant N = Secp256k1.N;
    uint256 internal constant P = Secp256k1.P;

    function testFuzz_right_opening_is_accepted(uint64 v, uint256 r) public {
        (v, r) = (nonzero(v), bound(r, 1, N - 1));
        (uint256 x, uint256 y) = Curve.commit(v, r);
        vm.assume(x < N);
        assertTrue(harness.isUsablePoint(x, y), "usable");
        assertTrue(harness.opens(x, y, v, r), "right opening refused");
    }

    function testFuzz_another_value_or_blinding_is_refused(uint64 v, uint256 r, uint64 otherV, uint256 otherR) public {
        (v, r) = (nonzero(v), bound(r, 1, N - 1));
        (uint256 x, uint256 y) = Curve.commit(v, r);
        vm.assume(otherV != v && otherR % N != r);
        assertTrue(!harness.opens(x, y, otherV, r), "another value");
        assertTrue(!harness.opens(x, y, v, otherR), "another blinding");
        assertTrue(!harness.opens(x, y, v ^ 1, r), "next value");
        assertTrue(!harness.opens(x, y, v ^ (1 << 32), r), "next price");
        assertTrue(!harness.opens(x, y, v, addmod(r, 1, N)), "next blinding");
        assertTrue(!harness.opens(x, y, v, N - r), "negative blinding");
    }

    function testFuzz_another_point_is_refused(uint64 v, uint256 r, uint256 otherX) public {
        (v, r) = (nonzero(v), bound(r, 1, N - 1));
        (uint256 x, uint256 y) = Curve.commit(v, r);
        vm.assume(otherX != x);
        assertTrue(!harness.opens(x, P - y, v, r), "the negative point");
        assertTrue(!harness.opens(otherX, y, v, r), "another x");
    }

    function test_commitments_of_both_parities_open() public {
        bool[2] memory seen;
        for (uint256 r = 1; !(seen[0] && seen[1]); ++r) {
            (uint256 x, uint256 y) = Curve.commit(77, r);
            assertTrue(harness.opens(x, y, 77, r), "right opening refused");
            seen[y & 1] = true;
        }
    }

    function test_blinding_of_zero_opens_a_bare_value() public view {
        (uint256 x, uint256 y) = Curve.multiply(Openings.H_X, Curve.hY(), 77);
        assertTrue(harness.opens(x, y, 77, 0), "C = v*H");
        assertTrue(!harness.opens(x, y, 78, 0), "another value");
    }

    function test_value_of_zero_opens_nothing() public {
        // C = r*G: the right side would be infinity, for which ecrecover has no address.
        uint256 r = 12345;
        (uint256 x, uint256 y) = (vm.createWallet(r).publicKeyX, vm.createWallet(r).publicKeyY);
        assertTrue(!harness.opens(x, y, 0, r), "C = r*G with v = 0");
        assertTrue(!harness.opens(Points.G_X, Points.G_Y, 0, 1), "C = G");
    }

    function test_sums_that_are_infinity_open_nothing() public view {
        // e*C - e*r*G is infinity where C = r*G; no value matches it.
        for (uint64 v; v < 3; ++v) {
            assertTrue(!harness.opens(Points.G_X, Points.G_Y, v, 1), "infinity on the left");
        }
    }

    /// @dev `blinding` is reduced, so r >= n never comes from a bid; were it to, it would be r mod n's other name.
    function test_blinding_beyond_the_order_is_the_same_point() public {
        (uint256 x, uint256 y) = Curve.commit(77, 5);
        assertTrue(harness.opens(x, y, 77, N + 5), "the same multiple of G");
        assertTrue(!harness.opens(x, y, 77, N), "zero by another name");
    }

    function testFuzz_blinding_is_reduced_and_bound_to_auction_bidder_and_rho(bytes32 id, address bidder, bytes32 rho)
        public
        view
    {
        uint256 r = harness.blinding(AuctionId.wrap(id), bidder, rho);
        bytes32 digest = keccak256(
            abi.encode(keccak256("subrosa/v1/open"), block.chainid, AT, 1, id, bidder, 0, 0, 0, rho)
        );
        assertEq(r, uint256(digest) % N, "formula");
        assertTrue(r != harness.blinding(AuctionId.wrap(~id), bidder, rho), "auction");
        assertTrue(r != harness.blinding(AuctionId.wrap(id), address(~uint160(bidder)), rho), "bidder");
        assertTrue(r != harness.blinding(AuctionId.wrap(id), bidder, ~rho), "rho");
    }

    function testFuzz_value_holds_price_and_quantity(uint32 price, uint32 quantity) public view {
        uint64 v = harness.value(Opening(price, quantity, 0));
        assertEq(v, uint256(price) * 2 ** 32 + quantity, "value");
    }

    function test_second_generator_is_the_one_of_the_protocol() public view {
        assertEq(Openings.H_X, 0xa59360590c9db5fc794c17a8e7e52454e4b93aa90202ff89ef22fb8d83e21d75, "x");
        assertTrue(Points.onCurve(Openings.H_X, Curve.hY()), "on the curve");
        assertEq(Curve.hY() & 1, 0, "even, as the prefix 02 says");
    }

    function nonzero(uint64 v) private pure returns (uint64) {
        return v == 0 ? 1 : v;
    }
}
