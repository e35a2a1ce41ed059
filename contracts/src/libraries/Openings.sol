// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {Secp256k1} from "./Secp256k1.sol";
import {AuctionId, Opening} from "../types/AuctionTypes.sol";

/// @title Opening Pedersen commitments C = v*H + r*G. PROTOCOL.md section 3.
library Openings {
    bytes32 internal constant OPEN = keccak256("subrosa/v1/open");
    bytes32 internal constant OPENING = keccak256("subrosa/v1/opening");

    /// @notice A bid's kind, bound into its blinding factor. PROTOCOL.md section 4.
    uint8 internal constant KIND_AUCTION = 1;

    /// @notice H = RFC 9380 hash_to_curve("subrosa/v1/H"); its y is even.
    uint256 internal constant H_X = 0xa59360590c9db5fc794c17a8e7e52454e4b93aa90202ff89ef22fb8d83e21d75;
    uint256 internal constant H_Y_PARITY = 0;

    /// @notice v = price * 2^32 + quantity.
    function value(Opening memory opening) internal pure returns (uint64) {
        return (uint64(opening.price) << 32) | opening.quantity;
    }

    /// @notice The blinding factor of an auction's bid: bound to its trader and to every field, so that a copied
    /// or shifted commitment cannot be opened by another. Flags, minFill and expiryBatch are 0 in an auction. `chainId` is the
    /// one at deployment.
    function blinding(uint256 chainId, AuctionId id, address bidder, bytes32 rho) internal view returns (uint256) {
        bytes32 digest = keccak256(
            abi.encode(OPEN, chainId, address(this), KIND_AUCTION, id, bidder, uint16(0), uint32(0), uint32(0), rho)
        );
        return uint256(digest) % Secp256k1.N;
    }

    /// @notice Whether (x, y), a point checked when it was placed, equals v*H + r*G.
    /// @dev One comparison of addresses binds 160 bits and falls to a birthday attack of 2^80, so both sides are
    /// multiplied by a hash of the whole statement.
    function opens(uint256 x, uint256 y, uint64 v, uint256 r) internal pure returns (bool) {
        uint256 e = uint256(keccak256(abi.encode(OPENING, x, y, v, r))) % Secp256k1.N;
        if (e == 0) return false;
        // e*C - e*r*G against e*v*H.
        uint256 minusEr = Secp256k1.N - mulmod(e, r, Secp256k1.N);
        address left = Secp256k1.combination(x, y & 1, e, minusEr);
        address right = Secp256k1.combination(H_X, H_Y_PARITY, mulmod(e, v, Secp256k1.N), 0);
        return left != address(0) && left == right;
    }
}
