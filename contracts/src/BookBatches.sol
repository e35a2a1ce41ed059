// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {IHiddenBook} from "./interfaces/IHiddenBook.sol";
import {BookLeaves} from "./libraries/BookLeaves.sol";
import {BookRules} from "./libraries/BookRules.sol";
import {Batch, BatchSettlement, CancelledAll, Fill, Market, MarketId, OrderSlot} from "./types/BookTypes.sol";
import {BookStrikes} from "./BookStrikes.sol";

/// @title Settling batches by an enclave's signature. PROTOCOL.md section 11.
/// @notice A settlement moves nothing. It can be taken back until it is final, and only then are margins changed.
abstract contract BookBatches is BookStrikes {
    /// @inheritdoc IHiddenBook
    function settleBatch(BatchSettlement calldata s, bytes calldata signature, Fill[] calldata fills)
        external
        nonReentrant
    {
        MarketId id = s.marketId;
        Market storage m = _market(id);
        _voidLate(id, m, STEPS_IN_PASSING);
        if (s.batchId == 0 || s.batchId != m.toSettle) revert BatchNotNext(s.batchId, m.toSettle);
        if (block.timestamp < _endOf(m, s.batchId)) revert BatchNotOver(s.batchId);
        // With more late ones than are voided in passing, it may be late itself.
        if (block.timestamp >= _deadlineOf(id, m, s.batchId)) revert BatchTooLate(s.batchId);
        if (fills.length > MAX_FILLS) revert TooManyFills(fills.length);
        Batch storage batch = _batches[id][s.batchId];
        if (s.acc != batch.acc) revert BatchMismatch("acc");
        if (s.count != batch.count) revert BatchMismatch("count");
        if (s.round != m.strikes + 1) revert BatchMismatch("round");
        if (s.fillsHash != BookLeaves.fillsHash(fills)) revert BatchMismatch("fillsHash");
        bytes32 digest = hashSettlement(s);
        address signer = _requireSigner(id, batch, digest, signature);
        uint32 last = m.lastPrice;
        _requirePrice(m, last, s.price, fills.length);
        _requireFills(id, s.batchId, m.maxOrderAge, fills);

        uint40 challengeUntil = uint40(block.timestamp + m.challengeWindow);
        batch.settlementHash = digest;
        batch.signer = signer;
        (batch.challengeUntil, batch.price, batch.priceBefore) = (challengeUntil, s.price, last);
        (m.lastPrice, m.toSettle) = (s.price, batch.next);
        emit BatchSettled(id, s.batchId, signer, challengeUntil, s, fills);
    }

    function _requireSigner(MarketId id, Batch storage batch, bytes32 digest, bytes calldata signature)
        private
        view
        returns (address signer)
    {
        (signer,,) = ECDSA.tryRecoverCalldata(digest, signature);
        if (REGISTRY.signerIndexOf(batch.keyId, signer) == 0) revert UnknownSigner(signer);
        if (_barred[id][signer]) revert BarredSigner(signer);
    }

    /// @dev A price is 0 before any trade, and at no other time. After the first trade it stays or moves within the band,
    /// whether anything trades or not.
    function _requirePrice(Market storage m, uint32 last, uint32 price, uint256 fills) private view {
        bool isBeforeTrade = last == 0 && fills == 0;
        if ((price == 0) != isBeforeTrade) revert BatchMismatch("price");
        if (last == 0) return;
        (uint32 low, uint32 high) = BookRules.band(last, m.bandBps);
        if (price < low || price > high) revert PriceOutsideBand(price, low, high);
    }

    /// @dev Every fill is of a live order, none twice, and what is bought is sold.
    function _requireFills(MarketId id, uint64 batchId, uint256 maxAge, Fill[] calldata fills) private view {
        bytes32 previous;
        uint256 bought;
        uint256 sold;
        for (uint256 i; i < fills.length; ++i) {
            Fill calldata fill = fills[i];
            bytes32 leaf = fill.leaf;
            if (leaf <= previous) revert BatchMismatch("leaf");
            previous = leaf;
            OrderSlot memory order = _orders[id][leaf];
            if (!_isLive(id, order, batchId)) revert OrderNotLive(leaf);
            if (batchId - order.placedIn > maxAge) revert OrderTooOld(leaf);
            if (fill.trader != order.trader) revert BatchMismatch("trader");
            uint32 lots = fill.lots;
            if (lots == 0) revert BatchMismatch("lots");
            if (fill.sell) sold += lots;
            else bought += lots;
        }
        if (bought != sold) revert BatchMismatch("lots");
    }

    /// @dev Placed by then, and not cancelled by then: neither by its leaf, nor with all of its trader's.
    function _isLive(MarketId id, OrderSlot memory order, uint64 batchId) private view returns (bool) {
        uint32 placedIn = order.placedIn;
        if (placedIn == 0 || placedIn > batchId) return false;
        if (order.cancelledIn != 0 && order.cancelledIn <= batchId) return false;
        CancelledAll memory calls = _cancelledAll[id][order.trader];
        return
            !(placedIn < calls.before && calls.before <= batchId) && !(placedIn < calls.last && calls.last <= batchId);
    }
}
