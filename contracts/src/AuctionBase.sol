// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IEnclaveRegistry} from "./interfaces/IEnclaveRegistry.sol";
import {ISealedAuctions} from "./interfaces/ISealedAuctions.sol";
import {Leaves} from "./libraries/Leaves.sol";
import {
    Auction, AuctionId, AuctionParams, AuctionSettlement, Bid, BidSlot, Status
} from "./types/AuctionTypes.sol";
import {Vault} from "./Vault.sol";

/// @title What bidding, settling and claiming share: storage, hashes and the life of an auction.
abstract contract AuctionBase is ISealedAuctions, Vault, EIP712 {
    /// @notice Which enclaves may settle.
    IEnclaveRegistry public immutable REGISTRY;

    /// @inheritdoc ISealedAuctions
    uint256 public immutable CHAIN_ID;

    /// @inheritdoc ISealedAuctions
    uint256 public immutable MIN_SETTLE_PERIOD;

    /// @inheritdoc ISealedAuctions
    uint256 public immutable MIN_CHALLENGE_WINDOW;

    mapping(AuctionId => Auction) internal _auctions;
    mapping(AuctionId => mapping(address bidder => mapping(uint16 slot => BidSlot))) internal _slots;
    mapping(address seller => uint256) internal _sellerNonces;

    constructor(IEnclaveRegistry registry, uint256 minSettlePeriod, uint256 minChallengeWindow) EIP712("Subrosa", "1") {
        if (minSettlePeriod == 0) revert InvalidParameter("minSettlePeriod");
        if (minChallengeWindow == 0) revert InvalidParameter("minChallengeWindow");
        REGISTRY = registry;
        CHAIN_ID = block.chainid;
        MIN_SETTLE_PERIOD = minSettlePeriod;
        MIN_CHALLENGE_WINDOW = minChallengeWindow;
    }

    /// @inheritdoc ISealedAuctions
    function getAuction(AuctionId id) external view returns (Auction memory) {
        return _auctions[id];
    }

    /// @inheritdoc ISealedAuctions
    function getBidSlot(AuctionId id, address bidder, uint16 slot) external view returns (BidSlot memory) {
        return _slots[id][bidder][slot];
    }

    /// @inheritdoc ISealedAuctions
    function sellerNonce(address seller) external view returns (uint256) {
        return _sellerNonces[seller];
    }

    /// @inheritdoc ISealedAuctions
    function auctionIdOf(address seller, uint256 nonce) external view returns (AuctionId) {
        return Leaves.auctionId(CHAIN_ID, seller, nonce);
    }

    /// @inheritdoc ISealedAuctions
    function hashParams(AuctionId id, AuctionParams calldata params) external view returns (bytes32) {
        return Leaves.params(CHAIN_ID, id, params);
    }

    /// @inheritdoc ISealedAuctions
    function hashSettlement(AuctionSettlement calldata settlement) public view returns (bytes32) {
        return _hashTypedDataV4(Leaves.settlement(settlement));
    }

    /// @dev The slot that holds exactly this bid. Every field is checked, since all but `slot` are in the leaf.
    function _liveSlot(AuctionId id, Bid calldata bid) internal view returns (BidSlot storage slot, bytes32 leaf) {
        slot = _slots[id][bid.bidder][bid.slot];
        leaf = Leaves.bid(CHAIN_ID, id, bid);
        if (slot.leaf != leaf) revert NotLiveBid(id, bid.seq);
    }

    /// @dev An auction whose settlement nothing can undo any more.
    function _requireFinal(AuctionId id) internal view returns (Auction storage a) {
        a = _auctions[id];
        if (!_isFinal(a)) revert AuctionNotFinal(id);
    }

    function _isFinal(Auction storage a) internal view returns (bool) {
        return a.status == Status.SETTLED && block.timestamp >= a.challengeUntil;
    }

    /// @dev Whether the slot carries a mark of the settlement in force.
    function _isMarked(Auction storage a, BidSlot storage slot) internal view returns (bool) {
        return slot.round == a.round;
    }
}
