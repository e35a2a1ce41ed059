// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

/// @title secp256k1 with nothing but `ecrecover`. PROTOCOL.md section 3.
library Secp256k1 {
    /// @notice The field's prime.
    uint256 internal constant P = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFC2F;

    /// @notice The group's order.
    uint256 internal constant N = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;

    /// @notice Whether (x, y) is a point of the curve whose x ecrecover can take: x < n, y < p.
    function isUsablePoint(uint256 x, uint256 y) internal pure returns (bool) {
        if (x >= N || y >= P) return false;
        // y^2 = x^3 + 7. No point has x = 0 (7 is not a square), and infinity has no affine coordinates.
        return mulmod(y, y, P) == addmod(mulmod(mulmod(x, x, P), x, P), 7, P);
    }

    /// @notice The Ethereum address of a*Q + b*G for Q = (qx, y of parity `yParity`), qx < n.
    /// @return combined The zero address where the precompile gives no answer: a = 0, or the sum is infinity.
    function combination(uint256 qx, uint256 yParity, uint256 a, uint256 b) internal pure returns (address combined) {
        // ecrecover(h, v, r, s) is the address of (s*R - h*G) / r; with r = qx: s = a*qx, h = -b*qx.
        uint256 h = mulmod(N - (b % N), qx, N);
        combined = ecrecover(bytes32(h), uint8(27 + yParity), bytes32(qx), bytes32(mulmod(a, qx, N)));
    }
}
