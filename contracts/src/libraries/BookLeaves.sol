// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {KeyId} from "../types/AuctionTypes.sol";
import {BatchSettlement, Fill, MarketId, MarketParams} from "../types/BookTypes.sol";
import {Leaves} from "./Leaves.sol";

/// @title Every hash of a market, written once. PROTOCOL.md section 11.
/// @dev `chainId` is the one at the contract's deployment, so that a chain that changes its id locks nothing.
library BookLeaves {
    bytes32 internal constant ORDER = keccak256("subrosa/v1/order");

    bytes32 internal constant SETTLEMENT_TYPEHASH = keccak256(
        "BatchSettlement(bytes32 marketId,uint64 batchId,bytes32 acc,uint32 count,uint32 round,uint32 price,bytes32 fillsHash,bytes32 carriedHash,bytes32 proofHash)"
    );

    uint256 private constant FILL_BYTES = 128;

    /// @dev Covers the terms: whoever names a market by its id cannot be given another one, whatever is reorganised.
    function marketId(uint256 chainId, address creator, uint256 nonce, MarketParams calldata p)
        internal
        view
        returns (MarketId)
    {
        return MarketId.wrap(keccak256(abi.encode(chainId, address(this), creator, nonce, p)));
    }

    function order(
        uint256 chainId,
        MarketId id,
        uint64 batchId,
        uint32 seq,
        address trader,
        KeyId keyId,
        uint256 x,
        uint256 y,
        bytes32 sealedHash
    ) internal view returns (bytes32) {
        return keccak256(abi.encode(ORDER, chainId, address(this), id, batchId, seq, trader, keyId, x, y, sealedHash));
    }

    /// @dev Names the cancelled order by its leaf, since it may be of an earlier batch; zero for all of the trader's.
    function cancel(uint256 chainId, MarketId id, uint64 batchId, uint32 seq, address trader, bytes32 leaf)
        internal
        view
        returns (bytes32)
    {
        return keccak256(abi.encode(Leaves.CANCEL, chainId, address(this), id, batchId, seq, trader, leaf));
    }

    function settlement(BatchSettlement calldata s) internal pure returns (bytes32) {
        return keccak256(abi.encode(SETTLEMENT_TYPEHASH, s));
    }

    /// @notice keccak256(abi.encode(fills)).
    /// @dev They are laid out so already: copied whole, where the encoder would read and check word by word what is checked
    /// where it is used.
    function fillsHash(Fill[] calldata fills) internal pure returns (bytes32 hash) {
        assembly ("memory-safe") {
            let start := mload(0x40)
            let size := mul(fills.length, FILL_BYTES)
            mstore(start, 0x20)
            mstore(add(start, 0x20), fills.length)
            calldatacopy(add(start, 0x40), fills.offset, size)
            hash := keccak256(start, add(size, 0x40))
        }
    }
}
