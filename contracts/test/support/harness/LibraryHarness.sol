// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {Leaves} from "../../../src/libraries/Leaves.sol";
import {Openings} from "../../../src/libraries/Openings.sol";
import {Secp256k1} from "../../../src/libraries/Secp256k1.sol";
import {AuctionId, Bid, Opening} from "../../../src/types/AuctionTypes.sol";

/// @notice The libraries' functions, callable: compiled like the deployed contracts, and put at any address.
contract LibraryHarness {
    function value(Opening calldata opening) external pure returns (uint64) {
        return Openings.value(opening);
    }

    function blinding(AuctionId id, address bidder, bytes32 rho) external view returns (uint256) {
        return Openings.blinding(block.chainid, id, bidder, rho);
    }

    function opens(uint256 x, uint256 y, uint64 v, uint256 r) external pure returns (bool) {
        return Openings.opens(x, y, v, r);
    }

    function isUsablePoint(uint256 x, uint256 y) external pure returns (bool) {
        return Secp256k1.isUsablePoint(x, y);
    }

    function combination(uint256 qx, uint256 yParity, uint256 a, uint256 b) external pure returns (address) {
        return Secp256k1.combination(qx, yParity, a, b);
    }

    function bidLeaf(AuctionId id, Bid calldata bid) external view returns (bytes32) {
        return Leaves.bid(block.chainid, id, bid);
    }

    function cancelLeaf(AuctionId id, uint32 seq, address bidder, uint32 cancelledSeq) external view returns (bytes32) {
        return Leaves.cancel(block.chainid, id, seq, bidder, cancelledSeq);
    }

    function fold(bytes32 acc, bytes32 leaf) external pure returns (bytes32) {
        return Leaves.fold(acc, leaf);
    }

    function foldWinner(bytes32 w, bytes32 leaf, uint32 fill) external pure returns (bytes32) {
        return Leaves.foldWinner(w, leaf, fill);
    }
}
