// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IEnclaveRegistry} from "./interfaces/IEnclaveRegistry.sol";
import {IHiddenBook} from "./interfaces/IHiddenBook.sol";
import {BookLeaves} from "./libraries/BookLeaves.sol";
import {
    Batch, BatchSettlement, BatchStatus, Margin, Market, MarketId, OrderSlot, Withdrawal
} from "./types/BookTypes.sol";
import {Vault} from "./Vault.sol";

/// @title What orders, margins and batches share: storage and the clock. PROTOCOL.md section 11.
abstract contract BookBase is IHiddenBook, Vault, EIP712 {
    IEnclaveRegistry public immutable REGISTRY;

    mapping(MarketId => Market) internal _markets;
    mapping(MarketId => mapping(uint64 batchId => Batch)) internal _batches;
    mapping(MarketId => mapping(bytes32 leaf => OrderSlot)) internal _orders;
    mapping(MarketId => mapping(address trader => Margin)) internal _margins;
    mapping(MarketId => mapping(address trader => Withdrawal)) internal _withdrawals;
    mapping(MarketId => mapping(uint64 batchId => mapping(uint16 signerIndex => bool))) internal _struck;
    mapping(address creator => uint256) internal _creatorNonces;
    /// @dev The sum of a market's margins, which one margin can therefore never exceed.
    mapping(MarketId => Margin) internal _held;

    constructor(IEnclaveRegistry registry) EIP712("Subrosa", "1") {
        REGISTRY = registry;
    }

    /// @inheritdoc IHiddenBook
    function getMarket(MarketId id) external view returns (Market memory) {
        return _markets[id];
    }

    /// @inheritdoc IHiddenBook
    function getBatch(MarketId id, uint64 batchId) external view returns (Batch memory) {
        return _batches[id][batchId];
    }

    /// @inheritdoc IHiddenBook
    function getOrder(MarketId id, bytes32 leaf) external view returns (OrderSlot memory) {
        return _orders[id][leaf];
    }

    /// @inheritdoc IHiddenBook
    function marginOf(MarketId id, address trader) external view returns (Margin memory) {
        return _margins[id][trader];
    }

    /// @inheritdoc IHiddenBook
    function withdrawalOf(MarketId id, address trader) external view returns (Withdrawal memory) {
        return _withdrawals[id][trader];
    }

    /// @inheritdoc IHiddenBook
    function currentBatch(MarketId id) external view returns (uint64) {
        return _currentBatch(_market(id));
    }

    /// @inheritdoc IHiddenBook
    function roundOf(MarketId id) external view returns (uint32) {
        return _market(id).strikes + 1;
    }

    /// @inheritdoc IHiddenBook
    function creatorNonce(address creator) external view returns (uint256) {
        return _creatorNonces[creator];
    }

    /// @inheritdoc IHiddenBook
    function hashSettlement(BatchSettlement calldata settlement) public view returns (bytes32) {
        return _hashTypedDataV4(BookLeaves.settlement(settlement));
    }

    function _market(MarketId id) internal view returns (Market storage m) {
        m = _markets[id];
        if (m.creator == address(0)) revert UnknownMarket(id);
    }

    function _currentBatch(Market storage m) internal view returns (uint48) {
        return uint48((block.timestamp - m.startsAt) / m.batchLength + 1);
    }

    /// @dev The first second that is no longer part of the batch.
    function _endOf(Market storage m, uint64 batchId) internal view returns (uint256) {
        return m.startsAt + uint256(batchId) * m.batchLength;
    }

    /// @dev Until then a batch may be settled. After a strike, what it unsettled gets its time anew.
    function _deadlineOf(Market storage m, uint64 batchId) internal view returns (uint256) {
        uint256 deadline = _endOf(m, batchId) + m.batchSettleBy;
        return deadline < m.extendedUntil ? m.extendedUntil : deadline;
    }

    /// @dev Voids used batches from the front that are past their deadline, at most `limit`.
    function _voidLate(MarketId id, Market storage m, uint256 limit) internal returns (uint256 count) {
        uint48 batchId = m.toSettle;
        uint48 head = m.head;
        for (; count < limit && batchId != 0; ++count) {
            Batch storage batch = _batches[id][batchId];
            // Behind a strike there may be batches that were void before it: they stay so, and are only stepped over.
            if (batch.status != BatchStatus.VOIDED) {
                if (block.timestamp < _deadlineOf(m, batchId)) break;
                batch.status = BatchStatus.VOIDED;
                if (m.voids < type(uint16).max) m.voids += 1;
                emit BatchVoided(id, batchId);
            }
            if (head == batchId) head = batch.next;
            batchId = batch.next;
        }
        m.head = head;
        m.toSettle = batchId;
    }

    /// @dev Steps over void batches at the front of those that wait to be final.
    function _skipVoid(MarketId id, Market storage m) internal {
        uint48 head = m.head;
        while (head != m.toSettle && _batches[id][head].status == BatchStatus.VOIDED) head = _batches[id][head].next;
        m.head = head;
    }
}
