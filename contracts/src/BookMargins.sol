// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {IHiddenBook} from "./interfaces/IHiddenBook.sol";
import {Margin, Market, MarketId, Withdrawal} from "./types/BookTypes.sol";
import {BookClock} from "./BookClock.sol";

/// @title Money going into a market and out of it. PROTOCOL.md section 11.
/// @notice A deposit says nothing of any order. Leaving waits for the batches that may have counted on the money, and for
/// nothing else: a batch that no one settles is void after its deadline, and void is as good as final.
abstract contract BookMargins is BookClock {
    /// @inheritdoc IHiddenBook
    function fundMargin(MarketId id, address token, uint256 amount) external nonReentrant {
        _debit(token, msg.sender, amount);
        _fund(id, token, amount);
    }

    /// @inheritdoc IHiddenBook
    function depositMargin(MarketId id, address token, uint256 amount) external payable nonReentrant {
        _requireDepositable(token, amount);
        _pull(token, amount);
        _fund(id, token, amount);
    }

    /// @inheritdoc IHiddenBook
    function requestWithdrawal(MarketId id, uint128 base, uint128 quote) external nonReentrant {
        if (base == 0 && quote == 0) revert ZeroAmount();
        Market storage m = _market(id);
        Margin storage margin = _margins[id][msg.sender];
        Withdrawal storage w = _withdrawals[id][msg.sender];
        w.base += base;
        w.quote += quote;
        if (w.base > margin.base) revert InsufficientBalance(m.base, msg.sender, margin.base, w.base);
        if (w.quote > margin.quote) revert InsufficientBalance(m.quote, msg.sender, margin.quote, w.quote);
        w.batchId = _currentBatch(m);
        emit WithdrawalRequested(id, msg.sender, w.batchId, base, quote);
    }

    /// @inheritdoc IHiddenBook
    function executeWithdrawal(MarketId id, address trader) external nonReentrant {
        Market storage m = _market(id);
        Withdrawal memory w = _withdrawals[id][trader];
        if (w.batchId == 0) revert NothingRequested(id, trader);
        _voidLate(id, m, STEPS_IN_PASSING);
        _skipVoid(id, m, STEPS_IN_PASSING);
        bool isPast = block.timestamp >= _endOf(m, w.batchId);
        if (!isPast || (m.head != 0 && m.head <= w.batchId)) revert WithdrawalNotDue(id, trader, w.batchId);
        delete _withdrawals[id][trader];
        Margin memory margin = _margins[id][trader];
        // A batch before may have spent some of it, on orders that it was still there for.
        _pay(
            id, m, trader, w.base < margin.base ? w.base : margin.base, w.quote < margin.quote ? w.quote : margin.quote
        );
    }

    function _fund(MarketId id, address token, uint256 amount) private {
        if (amount == 0) revert ZeroAmount();
        Market storage m = _market(id);
        Margin storage margin = _margins[id][msg.sender];
        Margin storage held = _held[id];
        if (token == m.base) {
            held.base = _sum(held.base, amount, token);
            margin.base += uint128(amount);
        } else if (token == m.quote) {
            held.quote = _sum(held.quote, amount, token);
            margin.quote += uint128(amount);
        } else {
            revert UnknownToken(token);
        }
        emit MarginDeposited(id, msg.sender, _currentBatch(m), token, amount);
    }

    function _pay(MarketId id, Market storage m, address trader, uint128 base, uint128 quote) private {
        Margin storage margin = _margins[id][trader];
        Margin storage held = _held[id];
        margin.base -= base;
        margin.quote -= quote;
        held.base -= base;
        held.quote -= quote;
        _credit(m.base, trader, base);
        _credit(m.quote, trader, quote);
        emit MarginWithdrawn(id, trader, base, quote);
    }

    function _sum(uint128 held, uint256 amount, address token) private pure returns (uint128) {
        if (amount > type(uint128).max - held) revert MarginTooLarge(token);
        return held + uint128(amount);
    }
}
