// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {ISealedAuctions} from "./interfaces/ISealedAuctions.sol";
import {Lots} from "./libraries/Lots.sol";
import {Auction, AuctionId, Bid, BidSlot, LotKind, PricingRule, Status} from "./types/AuctionTypes.sol";
import {AuctionBase} from "./AuctionBase.sol";

/// @title Everyone takes what is his, in any order, none waiting for another. PROTOCOL.md section 7.
abstract contract AuctionClaims is AuctionBase {
    /// @dev A mark's payment once the winner's money has been claimed and his lots not yet: no payment is that high,
    /// since collateral has 128 bits. So the mark alone tells when it has served, and clearing it gives gas back.
    uint160 internal constant TAKEN = type(uint160).max;

    /// @inheritdoc ISealedAuctions
    function claim(AuctionId id, Bid calldata bid) external nonReentrant {
        Auction storage a = _auctions[id];
        bool voided = a.status == Status.VOIDED;
        if (!voided && !_isFinal(a)) revert AuctionNotFinal(id);
        (BidSlot storage slot,) = _liveSlot(id, bid);
        uint256 payment;
        if (!voided && _isMarked(a, slot)) {
            payment = slot.payment;
            if (slot.fill == 0) _clearMark(slot);
            else slot.payment = TAKEN;
        }
        slot.leaf = 0;
        uint256 refund = bid.collateral - payment;
        _credit(a.paymentToken, bid.bidder, refund);
        emit BidClaimed(id, bid.bidder, bid.seq, refund, payment);
    }

    /// @inheritdoc ISealedAuctions
    function claimLot(AuctionId id, address bidder, uint16 bidderSlot, address to) external nonReentrant {
        Auction storage a = _requireFinal(id);
        BidSlot storage slot = _slots[id][bidder][bidderSlot];
        uint32 fill = slot.fill;
        if (!_isMarked(a, slot) || fill == 0) revert NothingToClaim();
        _requireReceiver(to);
        if (to != bidder && msg.sender != bidder) revert NotBidder(bidder);
        if (slot.payment == TAKEN) _clearMark(slot);
        else slot.fill = 0;
        emit LotClaimed(id, bidder, to, fill);
        _sendLots(a, fill, to);
    }

    /// @inheritdoc ISealedAuctions
    function claimProceeds(AuctionId id) external nonReentrant {
        Auction storage a = _requireFinal(id);
        // One price for all, so the sum need not be stored; PAY_AS_BID keeps its own.
        uint256 amount = a.rule == PricingRule.PAY_AS_BID
            ? a.proceeds
            : uint256(a.clearingPrice) * a.totalFilled * a.tickSize;
        if (amount == 0 || a.proceedsClaimed) revert NothingToClaim();
        a.proceedsClaimed = true;
        _credit(a.paymentToken, a.seller, amount);
        emit ProceedsClaimed(id, a.seller, amount);
    }

    /// @inheritdoc ISealedAuctions
    function reclaimLot(AuctionId id, address to) external nonReentrant {
        Auction storage a = _auctions[id];
        uint32 sold;
        if (a.status != Status.VOIDED) {
            if (!_isFinal(a)) revert AuctionNotFinal(id);
            sold = a.totalFilled;
        }
        uint32 lots = a.supply - sold - a.lotsReclaimed;
        if (lots == 0) revert NothingToClaim();
        _requireReceiver(to);
        if (to != a.seller && msg.sender != a.seller) revert NotSeller(a.seller);
        a.lotsReclaimed += lots;
        emit LotReclaimed(id, a.seller, to, lots);
        _sendLots(a, lots, to);
    }

    function _clearMark(BidSlot storage slot) private {
        slot.round = 0;
        slot.fill = 0;
        slot.payment = 0;
    }

    function _sendLots(Auction storage a, uint256 lots, address to) private {
        LotKind kind = a.lotKind;
        // A single token is one lot: its size is not worth a read.
        uint256 amount = kind == LotKind.ERC721 ? 1 : a.lotSize * lots;
        Lots.send(kind, a.lotToken, a.lotTokenId, amount, to);
    }
}
