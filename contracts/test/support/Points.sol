// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {Secp256k1} from "../../src/libraries/Secp256k1.sol";

/// @notice Points of secp256k1 at the edges of what a commitment may be.
library Points {
    /// @notice The group's base point.
    uint256 internal constant G_X = 0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798;
    uint256 internal constant G_Y = 0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8;

    /// @notice The point with y = 1: y + p fits in a word too.
    function smallY() internal pure returns (uint256 x, uint256 y) {
        return (0x1fe1e5ef3fceb5c135ab7741333ce5a6e80d68167653f6b2b24bcbcfaaaff507, 1);
    }

    /// @notice A point with x = n, which ecrecover cannot take as r.
    function largeX() internal pure returns (uint256 x, uint256 y) {
        return (Secp256k1.N, 0x98f66641cb0ae1776b463ebdee3d77fe2658f021db48e2c8ac7ab4c92f83621e);
    }

    function onCurve(uint256 x, uint256 y) internal pure returns (bool) {
        uint256 p = Secp256k1.P;
        return mulmod(y, y, p) == addmod(mulmod(x, mulmod(x, x, p), p), 7, p);
    }
}
