// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {IHiddenBook} from "./interfaces/IHiddenBook.sol";
import {Batch, BatchStatus, Market, MarketId, Move} from "./types/BookTypes.sol";
import {BookBase} from "./BookBase.sol";

/// @title Until when a batch may be settled, and moving on past those that nobody settled. docs/market-states.md.
/// @notice Nothing here, or behind it, goes through batches without a limit: what one transaction does not reach,
/// `voidLateBatches` does in parts.
abstract contract BookClock is BookBase {
    /// @dev Batches stepped over in passing; more are by `voidLateBatches`.
    uint256 internal constant STEPS_IN_PASSING = 8;

    /// @notice Strikes that may have moved deadlines of batches that are not final yet. One more moves none.
    uint256 public constant MAX_MOVES = 8;

    /// @inheritdoc IHiddenBook
    function voidLateBatches(MarketId id, uint256 limit) external nonReentrant returns (uint256 count) {
        Market storage m = _market(id);
        count = _voidLate(id, m, limit);
        count += _skipVoid(id, m, limit - count);
    }

    /// @inheritdoc IHiddenBook
    function deadlineOf(MarketId id, uint64 batchId) external view returns (uint256) {
        return _deadlineOf(id, _market(id), batchId);
    }

    /// @dev The first second in which a batch that is not settled is void. A batch without a key, or whose key was revoked, is
    /// at its end: nobody can settle it. A strike moves the deadline of each batch once: the first one that reached it counts.
    function _deadlineOf(MarketId id, Market storage m, uint64 batchId) internal view returns (uint256 deadline) {
        deadline = _endOf(m, batchId);
        if (!REGISTRY.isKnownKey(_batches[id][batchId].keyId)) return deadline;
        deadline += m.batchSettleBy;
        uint256 moves = m.moves;
        for (uint256 i = moves < MAX_MOVES ? 0 : moves - MAX_MOVES; i < moves; ++i) {
            Move memory move = _moves[id][i];
            if (batchId < move.from || batchId > move.to) continue;
            // What was late when the strike came is void, whether somebody had said so by then or not.
            bool wasLate = batchId >= move.unsettled && deadline <= move.until - m.batchSettleBy;
            return wasLate || deadline > move.until ? deadline : move.until;
        }
    }

    /// @dev Gives what a strike unsettles its time anew: the batches that have ended, from the struck one on.
    /// @param unsettled The first batch that was not settled before the strike; 0 for none.
    /// @return until 0 where as many strikes as are looked back at still hold deadlines: then none moves.
    function _moveDeadlines(MarketId id, Market storage m, uint64 batchId, uint32 unsettled)
        internal
        returns (uint40 until)
    {
        uint256 moves = m.moves;
        if (moves >= MAX_MOVES && _moves[id][moves - MAX_MOVES].to >= m.head) return 0;
        until = uint40(block.timestamp + m.batchSettleBy);
        if (unsettled == 0) unsettled = type(uint32).max;
        _moves[id][moves] = Move(uint32(batchId), unsettled, _currentBatch(m) - 1, until);
        m.moves = uint32(moves + 1);
    }

    /// @dev Voids used batches from the front that are past their deadline; takes at most `limit` steps.
    function _voidLate(MarketId id, Market storage m, uint256 limit) internal returns (uint256 count) {
        uint32 batchId = m.toSettle;
        uint32 head = m.head;
        for (; count < limit && batchId != 0; ++count) {
            Batch storage batch = _batches[id][batchId];
            // Behind a strike there may be batches that were void before it: they stay so, and are only stepped over.
            if (batch.status != BatchStatus.VOIDED) {
                if (block.timestamp < _deadlineOf(id, m, batchId)) break;
                batch.status = BatchStatus.VOIDED;
                emit BatchVoided(id, batchId);
            }
            if (head == batchId) head = batch.next;
            batchId = batch.next;
        }
        m.head = head;
        m.toSettle = batchId;
    }

    /// @dev Steps over void batches at the front of those that wait to be final; takes at most `limit` steps.
    function _skipVoid(MarketId id, Market storage m, uint256 limit) internal returns (uint256 count) {
        uint32 head = m.head;
        uint32 toSettle = m.toSettle;
        for (; count < limit && head != toSettle; ++count) {
            Batch storage batch = _batches[id][head];
            if (batch.status != BatchStatus.VOIDED) break;
            head = batch.next;
        }
        m.head = head;
    }
}
