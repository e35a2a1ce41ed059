// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {ISealedAuctions} from "./interfaces/ISealedAuctions.sol";
import {Leaves} from "./libraries/Leaves.sol";
import {Secp256k1} from "./libraries/Secp256k1.sol";
import {Auction, AuctionId, Bid, BidInput, BidSlot, CollateralPolicy, Status} from "./types/AuctionTypes.sol";
import {AuctionBase} from "./AuctionBase.sol";

/// @title Placing, replacing and cancelling sealed bids. PROTOCOL.md section 5.
abstract contract AuctionBids is AuctionBase {
    /// @notice salt(16) | enc(65) | pok(64) | ciphertext(96 + 16). PROTOCOL.md section 4.
    uint256 internal constant SEALED_LENGTH = 257;

    /// @notice Where the encapsulated point begins in a sealed bid.
    uint256 internal constant ENC_OFFSET = 16;

    /// @inheritdoc ISealedAuctions
    function placeBid(BidInput calldata input) external nonReentrant returns (uint32) {
        return _placeBid(input, 0);
    }

    /// @inheritdoc ISealedAuctions
    function depositAndBid(BidInput calldata input, uint256 amount) external payable nonReentrant returns (uint32) {
        _pull(_auctions[input.id].paymentToken, amount);
        return _placeBid(input, amount);
    }

    /// @inheritdoc ISealedAuctions
    function depositAndBidWithPermit(
        BidInput calldata input,
        uint256 amount,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external nonReentrant returns (uint32) {
        address token = _auctions[input.id].paymentToken;
        _permit(token, amount, deadline, v, r, s);
        _pull(token, amount);
        return _placeBid(input, amount);
    }

    /// @inheritdoc ISealedAuctions
    function replaceBid(Bid calldata old, BidInput calldata input, uint256 amount)
        external
        payable
        nonReentrant
        returns (uint32 seq)
    {
        Auction storage a = _openAuction(input);
        _pull(a.paymentToken, amount);
        BidSlot storage slot = _removeBid(a, input.id, old);
        if (input.slot != old.slot) revert NoSuchSlot(input.slot);
        seq = _appendBid(a, slot, input);
        _lock(a, input.collateral, amount + old.collateral);
    }

    /// @inheritdoc ISealedAuctions
    function cancelBid(AuctionId id, Bid calldata bid) external nonReentrant {
        Auction storage a = _biddable(id);
        _removeBid(a, id, bid);
        a.live -= 1;
        _credit(a.paymentToken, msg.sender, bid.collateral);
    }

    function _placeBid(BidInput calldata input, uint256 deposited) private returns (uint32 seq) {
        Auction storage a = _openAuction(input);
        if (input.slot >= a.bidsPerAddress) revert NoSuchSlot(input.slot);
        BidSlot storage slot = _slots[input.id][msg.sender][input.slot];
        if (slot.leaf != 0) revert BidExists(input.id, msg.sender);
        uint32 live = a.live;
        if (a.maxBids != 0 && live >= a.maxBids) revert TooManyBids(a.maxBids);
        a.live = live + 1;
        seq = _appendBid(a, slot, input);
        _lock(a, input.collateral, deposited);
    }

    function _openAuction(BidInput calldata input) private view returns (Auction storage a) {
        a = _biddable(input.id);
        if (a.paramsHash != input.paramsHash) revert WrongParamsHash(a.paramsHash, input.paramsHash);
    }

    /// @dev Bids come, change and go strictly before `closesAt`: at that second the set is already fixed.
    function _biddable(AuctionId id) private view returns (Auction storage a) {
        a = _auctions[id];
        if (a.status == Status.NONE) revert UnknownAuction(id);
        if (block.timestamp >= a.closesAt) revert AuctionClosed(id, a.closesAt);
        if (a.status != Status.OPEN) revert AuctionNotOpen(id);
    }

    function _appendBid(Auction storage a, BidSlot storage slot, BidInput calldata input) private returns (uint32 seq) {
        uint128 required = a.collateral;
        bool enough = a.collateralPolicy == CollateralPolicy.UNIFORM
            ? input.collateral == required
            : input.collateral >= required;
        if (!enough) revert WrongCollateral(required, input.collateral);
        if (!Secp256k1.isUsablePoint(input.x, input.y)) revert InvalidCommitment(input.x, input.y);
        if (input.sealedBid.length != SEALED_LENGTH || input.sealedBid[ENC_OFFSET] != 0x04) {
            revert InvalidSealedBid(input.sealedBid.length);
        }
        seq = a.count;
        bytes32 leaf = Leaves.bid(
            CHAIN_ID,
            input.id,
            Bid(seq, input.slot, msg.sender, input.collateral, 0, 0, input.x, input.y, keccak256(input.sealedBid))
        );
        slot.leaf = leaf;
        _append(a, seq, leaf);
        emit BidPlaced(
            input.id, msg.sender, seq, input.slot, input.collateral, 0, 0, input.x, input.y, input.sealedBid
        );
    }

    /// @dev Appends the cancelling leaf and empties the slot. The caller settles the collateral.
    function _removeBid(Auction storage a, AuctionId id, Bid calldata bid) private returns (BidSlot storage slot) {
        if (bid.bidder != msg.sender) revert NotBidder(bid.bidder);
        (slot,) = _liveSlot(id, bid);
        slot.leaf = 0;
        uint32 seq = a.count;
        _append(a, seq, Leaves.cancel(CHAIN_ID, id, seq, msg.sender, bid.seq));
        emit BidCancelled(id, msg.sender, seq, bid.slot, bid.seq);
    }

    function _append(Auction storage a, uint32 seq, bytes32 leaf) private {
        a.acc = Leaves.fold(a.acc, leaf);
        a.count = seq + 1;
    }

    /// @dev Locks `collateral` out of `available` fresh or freed units; the balance takes or gives the difference.
    function _lock(Auction storage a, uint256 collateral, uint256 available) private {
        if (available > collateral) _credit(a.paymentToken, msg.sender, available - collateral);
        else if (available < collateral) _debit(a.paymentToken, msg.sender, collateral - available);
    }
}
