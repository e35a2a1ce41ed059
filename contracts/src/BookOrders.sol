// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {IHiddenBook} from "./interfaces/IHiddenBook.sol";
import {BookLeaves} from "./libraries/BookLeaves.sol";
import {Leaves} from "./libraries/Leaves.sol";
import {Secp256k1} from "./libraries/Secp256k1.sol";
import {KeyId} from "./types/AuctionTypes.sol";
import {Batch, CancelledAll, Market, MarketId, OrderSlot} from "./types/BookTypes.sol";
import {BookClock} from "./BookClock.sol";

/// @title Placing and cancelling sealed orders. PROTOCOL.md section 11.
abstract contract BookOrders is BookClock {
    /// @notice salt(16) | enc(65) | pok(64) | ciphertext(96 + 16). PROTOCOL.md section 4.
    uint256 internal constant SEALED_LENGTH = 257;
    uint256 internal constant ENC_OFFSET = 16;

    /// @inheritdoc IHiddenBook
    function placeOrder(MarketId id, KeyId keyId, uint256 x, uint256 y, bytes calldata sealedOrder)
        external
        returns (uint64, uint32)
    {
        if (!Secp256k1.isUsablePoint(x, y)) revert InvalidCommitment(x, y);
        if (sealedOrder.length != SEALED_LENGTH || sealedOrder[ENC_OFFSET] != 0x04) {
            revert InvalidSealedOrder(sealedOrder.length);
        }
        Market storage m = _market(id);
        (uint32 batchId, Batch storage batch) = _use(id, m);
        KeyId key = batch.keyId;
        if (!REGISTRY.isKnownKey(key)) revert UnusableKey(key);
        if (KeyId.unwrap(key) != KeyId.unwrap(keyId)) revert OtherKeyInBatch(key);
        uint32 seq = batch.count;
        bytes32 leaf = BookLeaves.order(CHAIN_ID, id, batchId, seq, msg.sender, keyId, x, y, keccak256(sealedOrder));
        _orders[id][leaf] = OrderSlot(msg.sender, batchId, 0, 0);
        _append(batch, seq, leaf);
        emit OrderPlaced(id, msg.sender, batchId, seq, keyId, x, y, sealedOrder);
        return (batchId, seq);
    }

    /// @inheritdoc IHiddenBook
    function cancelOrder(MarketId id, bytes32 leaf) external {
        Market storage m = _market(id);
        OrderSlot storage order = _orders[id][leaf];
        if (order.trader != msg.sender) revert NotTrader(order.trader);
        if (order.cancelledIn != 0) revert OrderNotLive(leaf);
        (uint32 batchId, Batch storage batch) = _use(id, m);
        order.cancelledIn = batchId;
        uint32 seq = batch.count;
        _append(batch, seq, BookLeaves.cancel(CHAIN_ID, id, batchId, seq, msg.sender, leaf));
        emit OrderCancelled(id, msg.sender, batchId, seq, leaf);
    }

    /// @inheritdoc IHiddenBook
    function cancelAll(MarketId id) external nonReentrant {
        Market storage m = _market(id);
        _voidLate(id, m, STEPS_IN_PASSING);
        _skipVoid(id, m, STEPS_IN_PASSING);
        CancelledAll storage calls = _cancelledAll[id][msg.sender];
        (uint32 before, uint32 last) = (calls.before, calls.last);
        uint32 batchId = _currentBatch(m);
        // Two are remembered: an older one must have nothing left to say to a batch that can still be settled.
        bool mustWait = last == batchId || (before != 0 && m.head != 0 && m.head <= last);
        if (mustWait) revert CancelledAlready(id, msg.sender, last);
        (, Batch storage batch) = _use(id, m);
        (calls.before, calls.last) = (last, batchId);
        uint32 seq = batch.count;
        _append(batch, seq, BookLeaves.cancel(CHAIN_ID, id, batchId, seq, msg.sender, 0));
        emit AllCancelled(id, msg.sender, batchId, seq);
    }

    /// @dev The batch of this block, entered behind the last used one where it is new. Behind batch 0, which is none, comes
    /// the first one ever: from there whoever proves storage can tell that no used batch was kept from him.
    function _use(MarketId id, Market storage m) private returns (uint32 batchId, Batch storage batch) {
        batchId = _currentBatch(m);
        batch = _batches[id][batchId];
        uint32 tail = m.tail;
        if (tail == batchId) return (batchId, batch);
        _batches[id][tail].next = batchId;
        batch.keyId = _keyOf(m, batchId);
        if (m.head == 0) m.head = batchId;
        if (m.toSettle == 0) m.toSettle = batchId;
        m.tail = batchId;
    }

    function _append(Batch storage batch, uint32 seq, bytes32 leaf) private {
        batch.acc = Leaves.fold(batch.acc, leaf);
        batch.count = seq + 1;
    }
}
