// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {IHiddenBook} from "./interfaces/IHiddenBook.sol";
import {BookRules} from "./libraries/BookRules.sol";
import {
    Batch, BatchSettlement, BatchStatus, Fill, Margin, Market, MarketId, OrderSlot
} from "./types/BookTypes.sol";
import {BookMargins} from "./BookMargins.sol";

/// @title Settling batches by an enclave's signature, and applying them once nobody can challenge. PROTOCOL.md section 11.
/// @notice A settlement moves nothing. It can be taken back until it is final, and only then are margins changed.
abstract contract BookBatches is BookMargins {
    /// @notice Who may strike a settlement: the contract that judges challenges, or nobody.
    address public immutable CHALLENGER;

    /// @dev A margin would fall below zero: caught by `finalizeBatch`, which strikes the batch.
    error NegativeMargin(address trader);
    error OnlySelf();

    /// @inheritdoc IHiddenBook
    function settleBatch(BatchSettlement calldata s, bytes calldata signature, Fill[] calldata fills)
        external
        nonReentrant
    {
        Market storage m = _market(s.marketId);
        _voidLate(s.marketId, m, VOIDS_IN_PASSING);
        if (s.batchId == 0 || s.batchId != m.toSettle) revert BatchNotNext(s.batchId, m.toSettle);
        if (block.timestamp < _endOf(m, s.batchId)) revert BatchNotOver(s.batchId);
        Batch storage batch = _batches[s.marketId][s.batchId];
        if (s.acc != batch.acc) revert BatchMismatch("acc");
        if (s.count != batch.count) revert BatchMismatch("count");
        if (s.round != m.strikes + 1) revert BatchMismatch("round");
        if (s.fillsHash != keccak256(abi.encode(fills))) revert BatchMismatch("fillsHash");
        address signer = _requireSigner(s, batch, signature);
        _requirePrice(m, s, fills.length);
        _requireFills(s, fills);

        batch.priceBefore = m.lastPrice;
        batch.hadTraded = m.hasTraded;
        batch.price = s.price;
        batch.fillsHash = s.fillsHash;
        uint256 challengeUntil = block.timestamp + m.challengeWindow;
        batch.challengeUntil = uint40(challengeUntil);
        m.lastPrice = s.price;
        if (fills.length != 0) m.hasTraded = true;
        m.toSettle = batch.next;
        m.voids = 0;
        emit BatchSettled(s.marketId, s.batchId, signer, uint64(challengeUntil), s, fills);
    }

    /// @inheritdoc IHiddenBook
    function finalizeBatch(MarketId id, uint64 batchId, Fill[] calldata fills) external nonReentrant {
        Market storage m = _market(id);
        _skipVoid(id, m);
        Batch storage batch = _batches[id][batchId];
        if (batchId == 0 || batchId != m.head || batchId == m.toSettle || block.timestamp < batch.challengeUntil) {
            revert BatchNotFinal(batchId);
        }
        if (batch.fillsHash != keccak256(abi.encode(fills))) revert BatchMismatch("fillsHash");
        try this.applyFills(id, batch.price, fills) returns (uint256 fees) {
            batch.status = BatchStatus.FINAL;
            m.head = batch.next;
            if (fees != 0) _held[id].quote -= uint128(fees);
            _credit(m.quote, m.creator, fees);
            emit BatchFinalized(id, batchId, fees);
        } catch (bytes memory reason) {
            // Anything else, such as too little gas, must not cost a batch.
            if (bytes4(reason) != NegativeMargin.selector) revert BatchNotFinal(batchId);
            // Its signer may have been right when signing, if somebody left before it was settled: then nobody is to blame.
            // Once for an exit, since all that was signed before is of an older round afterwards.
            bool isExcused = batchId <= m.exitedAt;
            m.exitedAt = 0;
            _strike(id, m, batchId, isExcused ? 0 : batch.signerIndex);
        }
    }

    /// @notice The fills' changes to margins, all or none: only this contract calls it, so as to be able to catch a failure.
    /// @return fees Base units of the quote token.
    function applyFills(MarketId id, uint32 price, Fill[] calldata fills) external returns (uint256 fees) {
        if (msg.sender != address(this)) revert OnlySelf();
        Market storage m = _markets[id];
        uint256 unitPrice = uint256(price) * m.tickSize;
        uint256 lotSize = m.lotSize;
        uint256 feeBps = m.feeBps;
        for (uint256 i; i < fills.length; ++i) {
            Fill calldata fill = fills[i];
            uint256 payment = unitPrice * fill.lots;
            uint256 fee = BookRules.feeOf(payment, feeBps);
            Margin storage margin = _margins[id][fill.trader];
            (uint128 base, uint128 quote) = (margin.base, margin.quote);
            if (fill.sell) {
                base = _less(base, lotSize * fill.lots, fill.trader);
                // The fee comes out of what the sale brings, and may exceed it only where nothing is paid.
                quote = _less(_more(quote, payment, fill.trader), fee, fill.trader);
            } else {
                quote = _less(quote, payment + fee, fill.trader);
                base = _more(base, lotSize * fill.lots, fill.trader);
            }
            (margin.base, margin.quote) = (base, quote);
            fees += fee;
        }
    }

    /// @inheritdoc IHiddenBook
    function voidLateBatches(MarketId id, uint256 limit) external nonReentrant returns (uint256) {
        return _voidLate(id, _market(id), limit);
    }

    /// @inheritdoc IHiddenBook
    function strike(MarketId id, uint64 batchId) external nonReentrant {
        if (msg.sender != CHALLENGER) revert NotChallenger(msg.sender);
        Market storage m = _market(id);
        Batch storage batch = _batches[id][batchId];
        // Settled, and not final: behind the first final one, before the first unsettled one.
        bool isSettled = batch.challengeUntil != 0 && batch.status == BatchStatus.OPEN && batchId >= m.head
            && (m.toSettle == 0 || batchId < m.toSettle) && m.head != 0;
        if (!isSettled || block.timestamp >= batch.challengeUntil) revert BatchNotFinal(batchId);
        _strike(id, m, batchId, batch.signerIndex);
    }

    /// @param blamed Whose settlement the batch takes no more; 0 for nobody's, since places among signers begin at 1.
    function _strike(MarketId id, Market storage m, uint64 batchId, uint16 blamed) private {
        Batch storage batch = _batches[id][batchId];
        if (blamed != 0) _struck[id][batchId][blamed] = true;
        m.lastPrice = batch.priceBefore;
        m.hasTraded = batch.hadTraded;
        m.strikes += 1;
        m.toSettle = uint48(batchId);
        m.extendedUntil = uint40(block.timestamp + m.batchSettleBy);
        emit BatchStruck(id, batchId, blamed, m.strikes);
    }

    function _requireSigner(BatchSettlement calldata s, Batch storage batch, bytes calldata signature)
        private
        returns (address signer)
    {
        (signer,,) = ECDSA.tryRecoverCalldata(hashSettlement(s), signature);
        uint16 index = REGISTRY.signerIndexOf(batch.keyId, signer);
        if (index == 0) revert UnknownSigner(signer);
        if (_struck[s.marketId][s.batchId][index]) revert StruckSigner(signer);
        batch.signerIndex = index;
    }

    /// @dev Without fills the last price stays or moves within the band; before any trade there is neither. Nobody's limit
    /// is 0, so nothing trades there.
    function _requirePrice(Market storage m, BatchSettlement calldata s, uint256 fills) private view {
        if (fills != 0 && s.price == 0) revert BatchMismatch("price");
        if (m.hasTraded) {
            (uint32 low, uint32 high) = BookRules.band(m.lastPrice, m.bandBps);
            if (s.price < low || s.price > high) revert PriceOutsideBand(s.price, low, high);
        } else if (fills == 0 && s.price != 0) {
            revert BatchMismatch("price");
        }
    }

    /// @dev Every fill is of a live order, none twice, and what is bought is sold.
    function _requireFills(BatchSettlement calldata s, Fill[] calldata fills) private view {
        bytes32 previous;
        uint256 bought;
        uint256 sold;
        for (uint256 i; i < fills.length; ++i) {
            Fill calldata fill = fills[i];
            if (fill.leaf <= previous) revert BatchMismatch("leaf");
            previous = fill.leaf;
            OrderSlot storage order = _orders[s.marketId][fill.leaf];
            bool isLive = order.placedIn != 0 && order.placedIn <= s.batchId
                && (order.cancelledIn == 0 || order.cancelledIn > s.batchId);
            if (!isLive) revert OrderNotLive(fill.leaf);
            if (fill.trader != order.trader) revert BatchMismatch("trader");
            if (fill.lots == 0) revert BatchMismatch("lots");
            if (fill.sell) sold += fill.lots;
            else bought += fill.lots;
        }
        if (bought != sold) revert BatchMismatch("lots");
    }

    function _less(uint128 margin, uint256 amount, address trader) private pure returns (uint128) {
        if (amount > margin) revert NegativeMargin(trader);
        return margin - uint128(amount);
    }

    /// @dev All margins of a market together fit, so with honest fills each does: nobody is paid what the others do not have.
    function _more(uint128 margin, uint256 amount, address trader) private pure returns (uint128) {
        if (amount > type(uint128).max - margin) revert NegativeMargin(trader);
        return margin + uint128(amount);
    }
}
