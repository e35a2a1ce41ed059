// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {ISealedAuctions} from "./interfaces/ISealedAuctions.sol";
import {Leaves} from "./libraries/Leaves.sol";
import {Openings} from "./libraries/Openings.sol";
import {
    Auction,
    AuctionId,
    AuctionSettlement,
    Bid,
    BidSlot,
    Opening,
    PricingRule,
    SettlementWitness,
    Status,
    Winner
} from "./types/AuctionTypes.sol";
import {AuctionBase} from "./AuctionBase.sol";

/// @title Recording what the enclave signed, after checking all that can be checked. PROTOCOL.md section 7.
abstract contract AuctionSettlements is AuctionBase {
    /// @notice The clearing price of an auction that sold nothing.
    uint32 internal constant NO_SALE_PRICE = type(uint32).max;

    /// @notice The marginal winner's seq where supply did not run out.
    uint32 internal constant NO_MARGINAL_SEQ = type(uint32).max;

    /// @inheritdoc ISealedAuctions
    function settle(AuctionSettlement calldata s, bytes calldata signature, SettlementWitness calldata witness)
        external
        nonReentrant
    {
        Auction storage a = _auctions[s.id];
        _requireSettleable(s.id, a);
        _requireSameInput(a, s);
        (address signer, uint16 signerIndex) = _requireSigner(a, s, signature);
        // The outcome is written before the winners are marked, since nothing external is called from here on.
        uint32 marginalSeq = s.totalFilled == 0 ? NO_MARGINAL_SEQ : _oneLotMarginalSeq(witness);
        uint64 challengeUntil = uint64(block.timestamp) + a.challengeWindow;
        a.status = Status.SETTLED;
        a.challengeUntil = uint32(challengeUntil);
        a.signerIndex = signerIndex;
        a.clearingPrice = s.clearingPrice;
        a.totalFilled = s.totalFilled;
        a.marginalSeq = marginalSeq;
        _markWinners(a, s, witness.winners);
        _requirePrice(a, s, witness);
        emit AuctionSettled(s.id, signer, marginalSeq, challengeUntil, s);
    }

    /// @inheritdoc ISealedAuctions
    function voidAuction(AuctionId id) external nonReentrant {
        Auction storage a = _auctions[id];
        if (a.status == Status.NONE) revert UnknownAuction(id);
        if (a.status != Status.OPEN) revert AuctionNotOpen(id);
        bool closedEmpty = block.timestamp >= a.closesAt && a.live == 0;
        bool late = block.timestamp >= a.settleBy;
        if (!closedEmpty && !late && REGISTRY.isKnownKey(a.keyId)) revert AuctionNotVoidable(id);
        a.status = Status.VOIDED;
        emit AuctionVoided(id);
    }

    function _requireSettleable(AuctionId id, Auction storage a) private view {
        if (a.status == Status.NONE) revert UnknownAuction(id);
        if (a.status != Status.OPEN) revert AuctionNotOpen(id);
        if (block.timestamp < a.closesAt) revert AuctionNotClosed(id, a.closesAt);
        if (block.timestamp >= a.settleBy) revert SettlementTooLate(a.settleBy);
    }

    /// @dev The enclave must have read this very auction: these terms, these bids, this round.
    function _requireSameInput(Auction storage a, AuctionSettlement calldata s) private view {
        if (s.paramsHash != a.paramsHash) revert SettlementMismatch("paramsHash");
        if (s.acc != a.acc) revert SettlementMismatch("acc");
        if (s.count != a.count) revert SettlementMismatch("count");
        if (s.round != a.round) revert SettlementMismatch("round");
        if (s.reserve != a.reserve) revert SettlementMismatch("reserve");
        // A public reserve cannot be invalid.
        if (s.reserveInvalid) revert SettlementMismatch("reserveInvalid");
    }

    function _requireSigner(Auction storage a, AuctionSettlement calldata s, bytes calldata signature)
        private
        view
        returns (address signer, uint16 index)
    {
        (signer,,) = ECDSA.tryRecoverCalldata(hashSettlement(s), signature);
        index = REGISTRY.signerIndexOf(a.keyId, signer);
        if (index == 0) revert UnknownSigner(signer);
    }

    /// @dev The single winner of a one-lot auction is its marginal winner.
    function _oneLotMarginalSeq(SettlementWitness calldata witness) private pure returns (uint32) {
        if (witness.winners.length != 1) revert SettlementMismatch("winners");
        return witness.winners[0].bid.seq;
    }

    function _markWinners(Auction storage a, AuctionSettlement calldata s, Winner[] calldata winners) private {
        bytes32 w;
        uint256 filled;
        uint256 unitPrice = uint256(s.clearingPrice) * a.tickSize;
        for (uint256 i; i < winners.length; ++i) {
            Bid calldata bid = winners[i].bid;
            uint32 fill = winners[i].fill;
            (BidSlot storage slot, bytes32 leaf) = _liveSlot(s.id, bid);
            if (fill == 0 || _isMarked(a, slot)) revert SettlementMismatch("winners");
            uint256 payment = unitPrice * fill;
            if (payment > bid.collateral) revert NotCovered(bid.seq);
            w = Leaves.foldWinner(w, leaf, fill);
            filled += fill;
            slot.round = s.round;
            slot.fill = fill;
            slot.payment = uint160(payment);
            emit BidWon(s.id, bid.bidder, bid.seq, bid.slot, fill, payment);
        }
        if (w != s.winnersHash) revert SettlementMismatch("winnersHash");
        if (filled != s.totalFilled || filled > a.supply) revert SettlementMismatch("totalFilled");
    }

    /// @dev The clearing price follows from what the rule has opened on chain. PROTOCOL.md sections 6 and 7.
    function _requirePrice(Auction storage a, AuctionSettlement calldata s, SettlementWitness calldata witness) private {
        if (s.totalFilled == 0) {
            if (s.clearingPrice != NO_SALE_PRICE) revert SettlementMismatch("clearingPrice");
            _requireOpenings(witness, 0, 0);
            return;
        }
        uint32 price;
        if (a.rule == PricingRule.FIRST_PRICE) {
            _requireOpenings(witness, 1, 0);
            price = _open(a, s.id, witness.winners[0].bid, witness.openings[0]);
        } else if (witness.runnersUp.length == 0) {
            _requireOpenings(witness, 0, 0);
            price = a.reserve;
        } else {
            _requireOpenings(witness, 1, 1);
            (BidSlot storage slot,) = _liveSlot(s.id, witness.runnersUp[0]);
            if (_isMarked(a, slot)) revert SettlementMismatch("runnersUp");
            price = _open(a, s.id, witness.runnersUp[0], witness.openings[0]);
        }
        if (s.clearingPrice != price) revert SettlementMismatch("clearingPrice");
    }

    function _requireOpenings(SettlementWitness calldata witness, uint256 openings, uint256 runnersUp) private pure {
        if (witness.openings.length != openings) revert SettlementMismatch("openings");
        if (witness.runnersUp.length != runnersUp) revert SettlementMismatch("runnersUp");
    }

    /// @dev Opens a one-lot bid: eligible, so one lot, at least the reserve and covered.
    function _open(Auction storage a, AuctionId id, Bid calldata bid, Opening calldata opening)
        private
        returns (uint32 price)
    {
        price = opening.price;
        uint256 blinding = Openings.blinding(CHAIN_ID, id, bid.bidder, opening.rho);
        if (!Openings.opens(bid.x, bid.y, Openings.value(opening), blinding)) revert OpeningMismatch(bid.seq);
        if (opening.quantity != 1) revert SettlementMismatch("quantity");
        if (price == 0 || price < a.reserve) revert SettlementMismatch("reserve");
        if (uint256(price) * a.tickSize > bid.collateral) revert NotCovered(bid.seq);
        emit BidOpened(id, bid.seq, price, opening.quantity, opening.rho);
    }
}
