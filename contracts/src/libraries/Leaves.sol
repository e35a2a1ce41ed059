// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {AuctionId, AuctionParams, AuctionSettlement, Bid} from "../types/AuctionTypes.sol";

/// @title Every hash of an auction, written once. PROTOCOL.md sections 5 and 7.
/// @dev `chainId` is the one at deployment: leaves that were stored under it must be found again whatever the chain calls
/// itself later. EIP-712 alone has the present one.
library Leaves {
    bytes32 internal constant BID = keccak256("subrosa/v1/bid");
    bytes32 internal constant CANCEL = keccak256("subrosa/v1/cancel");
    bytes32 internal constant PARAMS = keccak256("subrosa/v1/params");

    /// @notice EIP-712 type of a settlement.
    bytes32 internal constant SETTLEMENT_TYPEHASH = keccak256(
        "AuctionSettlement(bytes32 id,bytes32 paramsHash,bytes32 acc,uint32 count,uint32 round,uint32 reserve,bool reserveInvalid,uint32 clearingPrice,uint32 totalFilled,bytes32 winnersHash,bytes32 proofHash)"
    );

    function auctionId(uint256 chainId, address seller, uint256 nonce) internal view returns (AuctionId) {
        return AuctionId.wrap(keccak256(abi.encode(chainId, address(this), seller, nonce)));
    }

    function params(uint256 chainId, AuctionId id, AuctionParams memory p) internal view returns (bytes32) {
        return keccak256(abi.encode(PARAMS, chainId, address(this), id, p));
    }

    /// @dev The slot is left out: `seq` already tells one bid from another.
    function bid(uint256 chainId, AuctionId id, Bid memory b) internal view returns (bytes32) {
        return keccak256(
            abi.encode(
                BID,
                chainId,
                address(this),
                id,
                b.seq,
                b.bidder,
                b.collateral,
                b.points,
                b.creditBps,
                b.x,
                b.y,
                b.sealedHash
            )
        );
    }

    function cancel(uint256 chainId, AuctionId id, uint32 seq, address bidder, uint32 cancelledSeq)
        internal
        view
        returns (bytes32)
    {
        return keccak256(abi.encode(CANCEL, chainId, address(this), id, seq, bidder, cancelledSeq));
    }

    /// @notice One step of the accumulator over leaves, in order of arrival.
    function fold(bytes32 acc, bytes32 leaf) internal pure returns (bytes32) {
        return keccak256(abi.encode(acc, leaf));
    }

    /// @notice One step of the chain over winners.
    function foldWinner(bytes32 w, bytes32 leaf, uint32 fill) internal pure returns (bytes32) {
        return keccak256(abi.encode(w, leaf, fill));
    }

    function settlement(AuctionSettlement calldata s) internal pure returns (bytes32) {
        return keccak256(abi.encode(SETTLEMENT_TYPEHASH, s));
    }
}
