// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IEnclaveRegistry} from "./interfaces/IEnclaveRegistry.sol";
import {IHiddenBook} from "./interfaces/IHiddenBook.sol";
import {BookLeaves} from "./libraries/BookLeaves.sol";
import {KeyId} from "./types/AuctionTypes.sol";
import {
    Batch,
    BatchSettlement,
    CancelledAll,
    Margin,
    Market,
    MarketId,
    Move,
    OrderSlot,
    Withdrawal
} from "./types/BookTypes.sol";
import {Vault} from "./Vault.sol";

/// @title What orders, margins and batches share: storage, keys and the clock. PROTOCOL.md section 11.
abstract contract BookBase is IHiddenBook, Vault, EIP712 {
    IEnclaveRegistry public immutable REGISTRY;

    /// @notice The chain's id at deployment: what leaves and ids name.
    uint256 public immutable CHAIN_ID;

    /// @notice The most fills that a batch may have, so that its settlement fits into a transaction, and making it final too.
    uint32 public immutable MAX_FILLS;

    mapping(MarketId => Market) internal _markets;
    mapping(MarketId => mapping(uint64 batchId => Batch)) internal _batches;
    mapping(MarketId => mapping(bytes32 leaf => OrderSlot)) internal _orders;
    mapping(MarketId => mapping(address trader => CancelledAll)) internal _cancelledAll;
    mapping(MarketId => mapping(address trader => Margin)) internal _margins;
    mapping(MarketId => mapping(address trader => Withdrawal)) internal _withdrawals;
    /// @dev Signers whose settlements were struck: they settle no batch of the market any more.
    mapping(MarketId => mapping(address signer => bool)) internal _barred;
    mapping(MarketId => mapping(uint256 index => Move)) internal _moves;
    mapping(address creator => uint256) internal _creatorNonces;
    /// @dev The sum of a market's margins, which one margin can therefore never exceed.
    mapping(MarketId => Margin) internal _held;

    constructor(IEnclaveRegistry registry, uint32 maxFills) EIP712("Subrosa", "1") {
        REGISTRY = registry;
        CHAIN_ID = block.chainid;
        MAX_FILLS = maxFills;
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
    function cancelledAllBy(MarketId id, address trader) external view returns (CancelledAll memory) {
        return _cancelledAll[id][trader];
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
    function isBarred(MarketId id, address signer) external view returns (bool) {
        return _barred[id][signer];
    }

    /// @inheritdoc IHiddenBook
    function currentBatch(MarketId id) external view returns (uint64) {
        return _currentBatch(_market(id));
    }

    /// @inheritdoc IHiddenBook
    function keyOfBatch(MarketId id, uint64 batchId) external view returns (KeyId) {
        return _keyOf(_market(id), batchId);
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

    function _currentBatch(Market storage m) internal view returns (uint32) {
        return uint32((block.timestamp - m.startsAt) / m.batchLength + 1);
    }

    /// @dev The first second that is no longer part of the batch.
    function _endOf(Market storage m, uint64 batchId) internal view returns (uint256) {
        return m.startsAt + uint256(batchId) * m.batchLength;
    }

    /// @dev The same whenever it is asked: what is registered, retired or revoked once the batch runs changes nothing.
    function _keyOf(Market storage m, uint64 batchId) internal view returns (KeyId) {
        if (batchId == 0) return KeyId.wrap(0);
        uint256 end = _endOf(m, batchId);
        return REGISTRY.keyAt(m.operator, end - m.batchLength, end);
    }
}
