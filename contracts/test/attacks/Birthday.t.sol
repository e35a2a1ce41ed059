// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {Openings} from "../../src/libraries/Openings.sol";
import {Secp256k1} from "../../src/libraries/Secp256k1.sol";
import {Curve} from "../support/Curve.sol";
import {Harnessed} from "../support/Harnessed.sol";

/// @notice Commitments compared as 20-byte addresses fall to a birthday attack of 2^80: one finds two openings whose
/// A(v*H + r*G) collide. So both sides are multiplied by a hash of the whole statement, and move with all of it.
contract BirthdayTest is Harnessed {
    uint256 internal constant N = Secp256k1.N;

    function test_what_is_compared_is_multiplied_by_a_hash_of_the_statement() public {
        (uint256 x, uint256 y) = Curve.commit(77, 5);
        uint256 e = statementHash(x, y, 77, 5);
        vm.expectCall(address(1), recovery(x, y & 1, e, N - mulmod(e, 5, N)));
        vm.expectCall(address(1), recovery(Openings.H_X, 0, mulmod(e, 77, N), 0));
        assertTrue(harness.opens(x, y, 77, 5), "right opening refused");
    }

    function testFuzz_both_sides_move_with_every_part_of_the_statement(uint64 v, uint256 r) public {
        (v, r) = (uint64(bound(v, 1, type(uint64).max - 1)), bound(r, 1, N - 2));
        (uint256 x, uint256 y) = Curve.commit(v, r);
        vm.assume(x < N);
        (address left, address right) = sides(x, y, v, r);
        assertEq(left, right, "right opening");
        (address otherLeft, address otherRight) = sides(x, y, v + 1, r);
        assertTrue(otherLeft != left && otherRight != right && otherLeft != otherRight, "value");
        (otherLeft, otherRight) = sides(x, y, v, r + 1);
        assertTrue(otherLeft != left && otherRight != right && otherLeft != otherRight, "blinding");
        (otherLeft, otherRight) = sides(x, Secp256k1.P - y, v, r);
        assertTrue(otherLeft != left && otherRight != right && otherLeft != otherRight, "point");
    }

    function sides(uint256 x, uint256 y, uint64 v, uint256 r) private pure returns (address left, address right) {
        uint256 e = statementHash(x, y, v, r);
        left = harness.combination(x, y & 1, e, N - mulmod(e, r, N));
        right = harness.combination(Openings.H_X, 0, mulmod(e, v, N), 0);
    }

    function statementHash(uint256 x, uint256 y, uint64 v, uint256 r) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(keccak256("subrosa/v1/opening"), x, y, v, r))) % N;
    }

    /// @dev ecrecover's input for a*Q + b*G. PROTOCOL.md section 3.
    function recovery(uint256 qx, uint256 parity, uint256 a, uint256 b) private pure returns (bytes memory) {
        return abi.encode(mulmod(N - b % N, qx, N), 27 + parity, qx, mulmod(a, qx, N));
    }
}
