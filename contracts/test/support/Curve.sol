// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {Openings} from "../../src/libraries/Openings.sol";
import {Secp256k1} from "../../src/libraries/Secp256k1.sol";
import {Vm} from "./Vm.sol";

/// @notice Commitments computed by affine point arithmetic: slow, and independent of the contract's ecrecover.
library Curve {
    Vm private constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));
    uint256 private constant P = Secp256k1.P;

    /// @notice v*H + r*G.
    function commit(uint256 v, uint256 r) internal returns (uint256 x, uint256 y) {
        Vm.Wallet memory rG = vm.createWallet(r);
        (uint256 vx, uint256 vy) = multiply(Openings.H_X, hY(), v);
        return add(vx, vy, rG.publicKeyX, rG.publicKeyY);
    }

    /// @notice The even square root of H_X^3 + 7.
    function hY() internal view returns (uint256 y) {
        uint256 x = Openings.H_X;
        y = power(addmod(mulmod(mulmod(x, x, P), x, P), 7, P), (P + 1) / 4);
        if (y & 1 != Openings.H_Y_PARITY) y = P - y;
    }

    function multiply(uint256 x, uint256 y, uint256 k) internal view returns (uint256 rx, uint256 ry) {
        for (; k != 0; k >>= 1) {
            if (k & 1 == 1) (rx, ry) = add(rx, ry, x, y);
            (x, y) = add(x, y, x, y);
        }
    }

    /// @dev (0, 0) stands for infinity. Opposite points do not occur here.
    function add(uint256 x1, uint256 y1, uint256 x2, uint256 y2) internal view returns (uint256 x3, uint256 y3) {
        if (x1 == 0 && y1 == 0) return (x2, y2);
        uint256 slope = x1 == x2
            ? mulmod(mulmod(3, mulmod(x1, x1, P), P), power(mulmod(2, y1, P), P - 2), P)
            : mulmod(addmod(y2, P - y1, P), power(addmod(x2, P - x1, P), P - 2), P);
        x3 = addmod(mulmod(slope, slope, P), addmod(P - x1, P - x2, P), P);
        y3 = addmod(mulmod(slope, addmod(x1, P - x3, P), P), P - y1, P);
    }

    function power(uint256 b, uint256 e) internal view returns (uint256) {
        (bool ok, bytes memory out) = address(5).staticcall(abi.encode(32, 32, 32, b, e, P));
        require(ok, "modexp");
        return abi.decode(out, (uint256));
    }
}
