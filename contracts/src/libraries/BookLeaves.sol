// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {KeyId} from "../types/AuctionTypes.sol";
import {BatchSettlement, MarketId} from "../types/BookTypes.sol";
import {Leaves} from "./Leaves.sol";

/// @title Every hash of a market, written once. PROTOCOL.md section 11.
library BookLeaves {
    bytes32 internal constant ORDER = keccak256("subrosa/v1/order");

    bytes32 internal constant SETTLEMENT_TYPEHASH = keccak256(
        "BatchSettlement(bytes32 marketId,uint64 batchId,bytes32 acc,uint32 count,uint32 round,uint32 price,bytes32 fillsHash,bytes32 carriedHash,bytes32 proofHash)"
    );

    function marketId(address creator, uint256 nonce) internal view returns (MarketId) {
        return MarketId.wrap(keccak256(abi.encode(block.chainid, address(this), creator, nonce)));
    }

    function order(
        MarketId id,
        uint64 batchId,
        uint32 seq,
        address trader,
        KeyId keyId,
        uint256 x,
        uint256 y,
        bytes32 sealedHash
    ) internal view returns (bytes32) {
        return keccak256(
            abi.encode(ORDER, block.chainid, address(this), id, batchId, seq, trader, keyId, x, y, sealedHash)
        );
    }

    /// @dev Names the cancelled order by its leaf, since it may be of an earlier batch.
    function cancel(MarketId id, uint64 batchId, uint32 seq, address trader, bytes32 leaf)
        internal
        view
        returns (bytes32)
    {
        return keccak256(abi.encode(Leaves.CANCEL, block.chainid, address(this), id, batchId, seq, trader, leaf));
    }

    function settlement(BatchSettlement calldata s) internal pure returns (bytes32) {
        return keccak256(abi.encode(SETTLEMENT_TYPEHASH, s));
    }
}
