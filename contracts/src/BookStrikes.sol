// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {IHiddenBook} from "./interfaces/IHiddenBook.sol";
import {BookLeaves} from "./libraries/BookLeaves.sol";
import {BookRules} from "./libraries/BookRules.sol";
import {Batch, BatchSettlement, BatchStatus, Fill, Margin, Market, MarketId, OrderSlot} from "./types/BookTypes.sol";
import {BookMargins} from "./BookMargins.sol";

/// @title What becomes of a settled batch: final, and applied to margins, or struck. PROTOCOL.md sections 9 and 11.
abstract contract BookStrikes is BookMargins {
    /// @notice Who may strike a settlement: the contract that judges challenges, or nobody.
    address public immutable CHALLENGER;

    constructor(address challenger) {
        CHALLENGER = challenger;
    }

    /// @inheritdoc IHiddenBook
    function finalizeBatch(BatchSettlement calldata s, Fill[] calldata fills) external nonReentrant {
        MarketId id = s.marketId;
        Market storage m = _market(id);
        Batch storage batch = _requireHead(id, m, s.batchId);
        if (block.timestamp < batch.challengeUntil) revert BatchNotFinal(s.batchId);
        if (batch.settlementHash != hashSettlement(s)) revert BatchMismatch("settlement");
        if (s.fillsHash != BookLeaves.fillsHash(fills)) revert BatchMismatch("fillsHash");
        // The same arguments, as they came: encoding them anew costs hundreds of gas a fill.
        (bool isApplied, bytes memory answer) = address(this).call(bytes.concat(this.applyFills.selector, msg.data[4:]));
        if (isApplied) {
            uint256 fees = abi.decode(answer, (uint256));
            batch.status = BatchStatus.FINAL;
            m.head = batch.next;
            if (fees != 0) _held[id].quote -= uint128(fees);
            _credit(m.quote, m.creator, fees);
            emit BatchFinalized(id, s.batchId, fees);
            _skipVoid(id, m, STEPS_IN_PASSING);
        } else {
            // Anything else, such as too little gas, must not cost a batch.
            bytes4 reason = bytes4(answer);
            if (reason != NegativeMargin.selector && reason != Overfilled.selector) revert BatchNotFinal(s.batchId);
            _strike(id, m, s.batchId, batch.signer);
        }
    }

    /// @notice The fills' changes to margins and orders, all or none: only this contract calls it, with what it was called
    /// with, so as to be able to catch a failure.
    /// @return fees Base units of the quote token.
    function applyFills(BatchSettlement calldata s, Fill[] calldata fills) external returns (uint256 fees) {
        if (msg.sender != address(this)) revert OnlySelf();
        MarketId id = s.marketId;
        Market storage m = _markets[id];
        uint256 unitPrice = uint256(s.price) * m.tickSize;
        uint256 lotSize = m.lotSize;
        uint256 feeBps = m.feeBps;
        for (uint256 i; i < fills.length; ++i) {
            Fill calldata fill = fills[i];
            address trader = fill.trader;
            uint32 lots = fill.lots;
            OrderSlot storage order = _orders[id][fill.leaf];
            uint256 filled = uint256(order.filled) + lots;
            if (filled > type(uint32).max) revert Overfilled(fill.leaf);
            order.filled = uint32(filled);
            uint256 payment = unitPrice * lots;
            uint256 fee = BookRules.feeOf(payment, feeBps);
            Margin storage margin = _margins[id][trader];
            (uint128 base, uint128 quote) = (margin.base, margin.quote);
            if (fill.sell) {
                base = _less(base, lotSize * lots, trader);
                // The fee comes out of what the sale brings, and may exceed it only where nothing is paid.
                quote = _less(_more(quote, payment, trader), fee, trader);
            } else {
                quote = _less(quote, payment + fee, trader);
                base = _more(base, lotSize * lots, trader);
            }
            (margin.base, margin.quote) = (base, quote);
            fees += fee;
        }
    }

    /// @inheritdoc IHiddenBook
    function strike(MarketId id, uint64 batchId, bytes32 settlementHash) external nonReentrant {
        if (msg.sender != CHALLENGER) revert NotChallenger(msg.sender);
        Market storage m = _market(id);
        Batch storage batch = _batches[id][batchId];
        // Settled, and not final: behind the first final one, before the first unsettled one.
        bool isSettled = batch.challengeUntil != 0 && batch.status == BatchStatus.OPEN && batchId >= m.head
            && (m.toSettle == 0 || batchId < m.toSettle) && m.head != 0;
        if (!isSettled || block.timestamp >= batch.challengeUntil) revert BatchNotFinal(batchId);
        if (batch.settlementHash != settlementHash) revert BatchMismatch("settlement");
        _strike(id, m, batchId, batch.signer);
    }

    /// @inheritdoc IHiddenBook
    function strikeUnfinal(MarketId id, uint64 batchId) external nonReentrant {
        Market storage m = _market(id);
        Batch storage batch = _requireHead(id, m, batchId);
        if (block.timestamp < uint256(batch.challengeUntil) + m.batchSettleBy) revert BatchNotStale(batchId);
        _strike(id, m, batchId, address(0));
    }

    /// @dev The first batch that is neither final nor void, where it is settled.
    function _requireHead(MarketId id, Market storage m, uint64 batchId) private returns (Batch storage batch) {
        _skipVoid(id, m, STEPS_IN_PASSING);
        batch = _batches[id][batchId];
        // Behind more void ones than are stepped over in passing, the head may be void itself, and have been settled before.
        bool isSettled = batchId != 0 && batchId == m.head && batchId != m.toSettle && batch.status == BatchStatus.OPEN;
        if (!isSettled) revert BatchNotFinal(batchId);
    }

    /// @dev Unsettles the batch and every later one that is not final. Struck twice, or with nobody to blame, it is void.
    /// @param blamed Whose settlement it was; zero for nobody, and then no deadline moves.
    function _strike(MarketId id, Market storage m, uint64 batchId, address blamed) private {
        Batch storage batch = _batches[id][batchId];
        uint40 movedUntil;
        if (blamed != address(0)) {
            _barred[id][blamed] = true;
            movedUntil = _moveDeadlines(id, m, batchId, m.toSettle);
        }
        m.lastPrice = batch.priceBefore;
        m.strikes += 1;
        m.toSettle = uint32(batchId);
        emit BatchStruck(id, batchId, blamed, m.strikes, movedUntil);
        if (blamed != address(0) && !batch.isStruck) {
            batch.isStruck = true;
            return;
        }
        batch.status = BatchStatus.VOIDED;
        emit BatchVoided(id, batchId);
        if (m.head == batchId) m.head = batch.next;
        m.toSettle = batch.next;
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
