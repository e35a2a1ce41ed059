// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {Secp256k1} from "../../src/libraries/Secp256k1.sol";
import {Curve} from "../support/Curve.sol";
import {Harnessed} from "../support/Harnessed.sol";
import {Points} from "../support/Points.sol";

contract Secp256k1Test is Harnessed {
    uint256 internal constant N = Secp256k1.N;
    uint256 internal constant P = Secp256k1.P;

    function testFuzz_combination_is_the_address_of_the_sum(uint256 q, uint256 a, uint256 b) public {
        (q, a, b) = (bound(q, 1, N - 1), bound(a, 1, N - 1), bound(b, 0, N - 1));
        (uint256 x, uint256 y) = (vm.createWallet(q).publicKeyX, vm.createWallet(q).publicKeyY);
        uint256 sum = addmod(mulmod(a, q, N), b, N);
        vm.assume(sum != 0 && x < N);
        assertEq(harness.combination(x, y & 1, a, b), vm.addr(sum), "a*Q + b*G");
    }

    function test_combination_of_nothing_or_infinity_has_no_address() public view {
        assertEq(harness.combination(Points.G_X, 0, 0, 1), address(0), "a = 0");
        assertEq(harness.combination(Points.G_X, 0, 1, N - 1), address(0), "G - G");
        assertEq(harness.combination(N, 0, 1, 0), address(0), "x = n");
        assertEq(harness.combination(0, 0, 1, 0), address(0), "x = 0");
    }

    function testFuzz_public_keys_are_usable_points(uint256 q) public {
        q = bound(q, 1, N - 1);
        (uint256 x, uint256 y) = (vm.createWallet(q).publicKeyX, vm.createWallet(q).publicKeyY);
        vm.assume(x < N);
        assertTrue(harness.isUsablePoint(x, y), "point");
        assertTrue(harness.isUsablePoint(x, P - y), "negative point");
        assertTrue(!harness.isUsablePoint(x, addmod(y, 1, P)), "off the curve");
        assertTrue(!harness.isUsablePoint(addmod(x, 1, N), y), "off the curve");
    }

    function testFuzz_usable_point_satisfies_the_equation(uint256 x, uint256 y) public view {
        assertTrue(
            harness.isUsablePoint(x, y) == (x < N && y < P && Points.onCurve(x, y)), "usable and on the curve differ"
        );
    }

    function test_points_at_the_edges() public view {
        (uint256 x, uint256 y) = Points.smallY();
        assertTrue(harness.isUsablePoint(x, y), "y = 1");
        assertTrue(!harness.isUsablePoint(x, y + P), "y + p");
        (x, y) = Points.largeX();
        assertTrue(!harness.isUsablePoint(x, y), "x = n");
        assertTrue(!harness.isUsablePoint(0, 0), "infinity");
    }

    function test_point_arithmetic_of_these_tests_agrees_with_the_cheatcodes() public {
        (uint256 x, uint256 y) = Curve.multiply(Points.G_X, Points.G_Y, 0xdeadbeef);
        assertEq(x, vm.createWallet(0xdeadbeef).publicKeyX, "x");
        assertEq(y, vm.createWallet(0xdeadbeef).publicKeyY, "y");
    }
}
